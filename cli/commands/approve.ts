import { parseArgs } from 'node:util';
import type { Run } from '../../engine/contracts.ts';
import { whyNot } from '../../engine/contracts/mayBeDone/index.ts';
import { PlanMissingError } from '../../engine/journal/errors.ts';
import { errorOf } from '../../engine/journal/rule/refusals.ts';
import { shownText } from '../../engine/shownText.ts';
import type { CliCommand, CommandIo } from '../command.ts';
import { openCommandContext } from '../commandContext.ts';
import { describePlan } from '../describePlan.ts';
import { UsageError } from '../errors.ts';
import { findRun } from '../runCommand.ts';

export const approve: CliCommand = {
  name: 'approve',
  summary: 'Read the plan of a run and approve it, as a second person',
  usage: 'approve RUN [--as NAME] [--comment TEXT] [--yes --digest DIGEST]',
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      options: {
        as: { type: 'string' },
        comment: { type: 'string', default: '' },
        yes: { type: 'boolean', default: false },
        digest: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [runId] = positionals;
    if (runId === undefined || (values.yes && values.digest === undefined)) throw new UsageError(this.usage);
    await using context = await openCommandContext();
    const run = await findRun(context, runId);
    if (!run.plan) throw new PlanMissingError(run.runId);
    const house = context.desk.house(run.target);
    const actor = context.person(house.sandbox, values.as);
    // Said before anybody reads a plan that is not theirs to approve.
    const refusal = whyNot(run, 'approve', { now: context.now(), actor, house });
    if (refusal) throw errorOf(refusal, run, 'approve', house.sandbox.title);
    io.out(describePlan(run, run.plan));
    if (!values.yes && !(await isMeant(run, io))) {
      io.out(`${run.runId} is not approved; nothing has changed.`);
      return 1;
    }
    const after = await context.desk.approve(actor, run.runId, values.digest ?? run.plan.digest, values.comment);
    io.out(
      after.state === 'awaiting-approval'
        ? `${run.runId} is approved by ${shownText(actor.name)}, 1 of 2: a second person has to approve it as well.`
        : `${run.runId} is approved by ${shownText(actor.name)} and starts as soon as a worker is free.`,
    );
    return 0;
  },
};

/** The plan was read, and this sandbox is meant: its name is typed, as whoever confirmed the plan did. */
async function isMeant({ target, requestedBy, reason }: Run, io: CommandIo): Promise<boolean> {
  io.out(`${shownText(requestedBy.name)} asks for it${reason ? `: ${shownText(reason)}` : ''}`);
  const typed = await io.ask(`Type ${target} to approve exactly this plan: `);
  return typed.trim().toLowerCase() === target.toLowerCase();
}
