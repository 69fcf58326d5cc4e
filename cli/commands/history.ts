import { parseArgs } from 'node:util';
import { shownJson } from '../../engine/shownText.ts';
import { findRuns, named, type RunSearch } from '../../engine/journal/findRuns.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { openCommandContext } from '../commandContext.ts';
import { oneLine } from '../describeRun.ts';

const PAGE = 20;

export const history: CliCommand = {
  name: 'history',
  summary: 'Requests of a sandbox, or of all, newest first; days are in UTC',
  usage: 'history [SANDBOX] [--failed] [--drafts] [--by NAME] [--since DAY] [--until DAY] [--page N] [--json]',
  async run(args, io) {
    const {
      values: { json: isJson, page, failed: hasFailed, drafts, by, since, until },
      positionals: [name],
    } = parseArgs({
      args,
      options: {
        failed: { type: 'boolean', default: false },
        drafts: { type: 'boolean', default: false },
        by: { type: 'string' },
        since: { type: 'string' },
        until: { type: 'string' },
        page: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const isUsable = /^[1-9]\d{0,3}$/.test(page) && [since, until].every((day) => day === undefined || isDay(day));
    if (!isUsable) throw new UsageError(this.usage);
    await using context = await openCommandContext();
    const { people, sandboxes } = context.installation;
    const targets = name === undefined ? sandboxes.map((one) => one.name) : [context.desk.sandbox(name).name];
    const search: RunSearch = {
      hasFailed,
      drafts: drafts ? 'all' : 'none',
      ...(by === undefined ? {} : { by: named(people, by) }),
      ...(since === undefined ? {} : { since: `${since}T00:00:00.000Z` }),
      ...(until === undefined ? {} : { until: dayAfter(until) }),
    };
    const from = (Number(page) - 1) * PAGE;
    const { runs, hasMore, isCut } = await findRuns(context.journal, search, { targets, from, count: PAGE });
    if (isJson) {
      io.out(shownJson(runs));
      return 0;
    }
    io.out(runs.map(oneLine).join('\n') || (from === 0 ? 'No run fits.' : 'There are no more runs.'));
    if (hasMore) io.out(`More: --page ${String(Number(page) + 1)}`);
    if (isCut) io.out('Only the newest 500 runs of each sandbox were looked at; older ones may fit as well.');
    return 0;
  },
};

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && dayAfter(text) !== '';

/** When that day is over; empty where there is no such day. */
function dayAfter(day: string): string {
  const start = new Date(`${day}T00:00:00.000Z`);
  if (Number.isNaN(start.getTime()) || !start.toISOString().startsWith(day)) return '';
  return new Date(start.getTime() + 86_400_000).toISOString();
}
