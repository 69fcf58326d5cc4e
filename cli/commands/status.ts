import { parseArgs } from 'node:util';
import { shownJson } from '../../engine/shownText.ts';
import type { CliCommand } from '../command.ts';
import { openCommandContext } from '../commandContext.ts';
import { findRun } from '../runCommand.ts';
import { describeRun, oneLine } from '../describeRun.ts';

export const status: CliCommand = {
  name: 'status',
  summary: 'What runs and what stands; with a run, everything about it',
  usage: 'status [RUN] [--json]',
  async run(args, io) {
    const {
      values: { json: isJson },
      positionals: [runId],
    } = parseArgs({ args, options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
    await using context = await openCommandContext();
    if (runId !== undefined) {
      const run = await findRun(context, runId);
      io.out(isJson ? shownJson(run) : describeRun(run));
      return 0;
    }
    const runs = await context.journal.runs({ limit: 20 });
    io.out(isJson ? shownJson(runs) : runs.map(oneLine).join('\n') || 'There is no run yet.');
    return 0;
  },
};
