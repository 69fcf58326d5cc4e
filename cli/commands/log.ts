import { parseArgs } from 'node:util';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { openCommandContext } from '../commandContext.ts';
import { findRun } from '../runCommand.ts';

export const log: CliCommand = {
  name: 'log',
  summary: 'The log of a run, step by step, UTC',
  usage: 'log RUN',
  async run(args, io) {
    const [runId] = parseArgs({ args, allowPositionals: true }).positionals;
    if (runId === undefined) throw new UsageError(this.usage);
    await using context = await openCommandContext();
    const run = await findRun(context, runId);
    const lines = await context.journal.log(run.runId);
    if (lines.length === 0) io.out(`${run.runId} is ${run.state}: no worker has written to its log yet.`);
    for (const line of lines) io.out(`${line.at}  ${line.step.padEnd(22)}  ${line.text}`);
    return 0;
  },
};
