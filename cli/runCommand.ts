import { parseArgs } from 'node:util';
import type { Actor, Run } from '../engine/contracts.ts';
import { whyNot, type Deed } from '../engine/contracts/mayBeDone/index.ts';
import { RunNotFoundError } from '../engine/journal/errors.ts';
import { errorOf } from '../engine/journal/rule/refusals.ts';
import type { CliCommand, CommandIo } from './command.ts';
import { UsageError } from './errors.ts';
import { openCommandContext, type CommandContext } from './commandContext.ts';

interface Asked {
  readonly context: CommandContext;
  readonly run: Run;
  readonly person: Actor;
  readonly reason: string;
}

interface RunCommand {
  readonly name: string;
  readonly summary: string;
  /** Of the usage, beside what every such command takes. */
  readonly more?: string;
  deed(asked: Pick<Asked, 'context' | 'run'>): Deed;
  /** What is lost for good, as the button of the card says it; undefined where nothing is. */
  question(asked: Omit<Asked, 'person'>): string | undefined;
  ask(asked: Asked): Promise<Run>;
  say(run: Run): string;
}

/**
 * A command that a person asks for about one run: `rewind stop R-1042 --as "Mira Okafor"`. What cannot be undone is asked for
 * first; `--yes` answers in advance.
 */
export function defineRunCommand(command: RunCommand): CliCommand {
  const { name, summary, more = '' } = command;
  const usage = `${name} RUN ${more === '' ? '' : `${more} `}[--as NAME] [--yes]`;
  return {
    name,
    summary,
    usage,
    async run(args, io) {
      const { values, positionals } = parseArgs({
        args,
        options: {
          as: { type: 'string' },
          reason: { type: 'string', default: '' },
          yes: { type: 'boolean', default: false },
        },
        allowPositionals: true,
      });
      const [runId] = positionals;
      if (runId === undefined) throw new UsageError(usage);
      await using context = await openCommandContext();
      const run = await findRun(context, runId);
      const house = context.desk.house(run.target);
      const person = context.person(house.sandbox, values.as);
      const asked = { context, run, person, reason: values.reason };
      const deed = command.deed(asked);
      // Said before anybody is asked a question whose answer would be refused.
      const situation = { now: context.now(), actor: person, house, hold: await context.journal.hold(run.target) };
      const refusal = whyNot(run, deed, situation);
      if (refusal) throw errorOf(refusal, run, deed, house.sandbox.title);
      const question = command.question(asked);
      if (question !== undefined && !values.yes && !(await isMeant(io, run, question, name))) {
        io.out(`${run.runId} is as it was; nothing has changed.`);
        return 1;
      }
      io.out(command.say(await command.ask(asked)));
      return 0;
    },
  };
}

/** This sandbox is meant: its name is typed, as whoever confirmed the plan did. */
async function isMeant(io: CommandIo, { runId, target }: Run, question: string, name: string): Promise<boolean> {
  io.out(question);
  const typed = await io.ask(`Type ${target} to ${name} ${runId}: `);
  return typed.trim().toLowerCase() === target.toLowerCase();
}

export async function findRun({ journal }: CommandContext, runId: string): Promise<Run> {
  const run = await journal.run(runId.toUpperCase());
  if (!run) throw new RunNotFoundError(runId);
  return run;
}
