import { parseArgs } from 'node:util';
import type { Person, Run } from '../engine/contracts.ts';
import { RunNotFoundError } from '../engine/journal/errors.ts';
import type { CliCommand } from './command.ts';
import { UsageError } from './errors.ts';
import { openCommandContext, type CommandContext } from './commandContext.ts';

interface Asked {
  readonly context: CommandContext;
  readonly run: Run;
  readonly person: Person;
  readonly reason: string;
}

/** A command that a person asks for about one run: `rewind stop R-1042 --as "Mira Okafor"`. */
export function defineRunCommand(
  name: string,
  summary: string,
  ask: (asked: Asked) => Promise<Run>,
  say: (run: Run) => string,
  more = '',
): CliCommand {
  const usage = `${name} RUN ${more === '' ? '' : `${more} `}[--as NAME]`;
  return {
    name,
    summary,
    usage,
    async run(args, io) {
      const { values, positionals } = parseArgs({
        args,
        options: { as: { type: 'string' }, reason: { type: 'string', default: '' } },
        allowPositionals: true,
      });
      const [runId] = positionals;
      if (runId === undefined) throw new UsageError(usage);
      await using context = await openCommandContext();
      const run = await findRun(context, runId);
      const person = context.person(context.desk.sandbox(run.target), values.as);
      io.out(say(await ask({ context, run, person, reason: values.reason })));
      return 0;
    },
  };
}

export async function findRun({ journal }: CommandContext, runId: string): Promise<Run> {
  const run = await journal.run(runId.toUpperCase());
  if (!run) throw new RunNotFoundError(runId);
  return run;
}
