import { parseArgs } from 'node:util';
import { shownJson } from '../../engine/shownText.ts';
import { runsByAttention } from '../../engine/journal/attention.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { openCommandContext } from '../commandContext.ts';
import { findRun } from '../runCommand.ts';
import { describeRun, oneLine } from '../describeRun.ts';

const PAGE = 20;

export const status: CliCommand = {
  name: 'status',
  summary: 'What runs and what stands; with a run, everything about it',
  usage: 'status [RUN] [--page N] [--json]',
  async run(args, io) {
    const {
      values: { json: isJson, page },
      positionals: [runId],
    } = parseArgs({
      args,
      options: { json: { type: 'boolean', default: false }, page: { type: 'string', default: '1' } },
      allowPositionals: true,
    });
    if (!/^[1-9]\d{0,3}$/.test(page)) throw new UsageError(this.usage);
    await using context = await openCommandContext();
    if (runId !== undefined) {
      const run = await findRun(context, runId);
      io.out(isJson ? shownJson(run) : describeRun(run));
      return 0;
    }
    const from = (Number(page) - 1) * PAGE;
    const { runs, hasMore } = await runsByAttention(context.journal, { from, count: PAGE });
    if (isJson) io.out(shownJson(runs));
    else io.out(runs.map(oneLine).join('\n') || (from === 0 ? 'There is no run yet.' : 'There are no more runs.'));
    if (!isJson && hasMore) io.out(`More: rewind status --page ${String(Number(page) + 1)}`);
    return 0;
  },
};
