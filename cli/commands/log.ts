import { parseArgs } from 'node:util';
import { shownLines, shownText } from '../../engine/shownText.ts';
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
    for (const { at, step, text } of lines) {
      const [first = '', ...more] = shownLines(text);
      io.out([`${at}  ${shownText(step, 22)}  ${first}`, ...more.map((line) => `    ${line}`)].join('\n'));
    }
    return 0;
  },
};
