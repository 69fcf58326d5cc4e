import { parseArgs } from 'node:util';
import { whyNot } from '../../engine/contracts/mayBeDone/index.ts';
import { errorOf } from '../../engine/journal/rule/refusals.ts';
import { shownText } from '../../engine/shownText.ts';
import type { CliCommand } from '../command.ts';
import { openCommandContext } from '../commandContext.ts';
import { describeFinding } from '../describeRun.ts';
import { UsageError } from '../errors.ts';
import { findRun } from '../runCommand.ts';

export const acceptFindings: CliCommand = {
  name: 'accept-findings',
  summary: 'Accept exactly what a proof has found in the copy of a run, as whoever answers for the data',
  usage: 'accept-findings RUN --reason TEXT --until DAY [--as NAME] [--yes --digest DIGEST]',
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      options: {
        as: { type: 'string' },
        reason: { type: 'string', default: '' },
        until: { type: 'string' },
        yes: { type: 'boolean', default: false },
        digest: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [runId] = positionals;
    const { reason, until, digest } = values;
    if (runId === undefined || until === undefined || (values.yes && digest === undefined))
      throw new UsageError(this.usage);
    await using context = await openCommandContext();
    const run = await findRun(context, runId);
    const house = context.desk.house(run.target);
    const actor = context.person(house.sandbox, values.as);
    // Said before anybody reads what is not theirs to accept.
    const refusal = whyNot(run, 'accept-findings', { now: context.now(), actor, house });
    const asked = run.askedException;
    if (refusal || asked === undefined)
      throw errorOf(refusal ?? { code: 'outdated-request' }, run, 'accept-findings', house.sandbox.title);
    io.out(asked.findings.map((finding) => shownText(describeFinding(finding))).join('\n'));
    io.out(`Digest ${asked.digest}`);
    io.out(`It comes into ${run.target}, for everybody who works there.`);
    if (!values.yes) {
      const typed = await io.ask(`Type ${run.target} to accept exactly this until ${until}: `);
      if (typed.trim().toLowerCase() !== run.target.toLowerCase()) {
        io.out(`${run.runId} still waits; nothing has changed.`);
        return 1;
      }
    }
    await context.desk.acceptFindings(actor, run.runId, { reason, until, digest: digest ?? asked.digest });
    io.out(`${run.runId} goes on; what was found is accepted by ${shownText(actor.name)} until ${until}.`);
    return 0;
  },
};
