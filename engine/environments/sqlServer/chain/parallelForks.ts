import type { Arrangement } from './arrangement.ts';

/**
 * Says when two databases of one name and family are backed up side by side: a sandbox that came from production and is
 * called like it writes to the same share. Of one database that was restored itself, a fork ends before the next begins.
 */
export function describeParallelForks({ history, sets, timesOf }: Arrangement): string | undefined {
  const spans = new Map<string, { from: number; to: number; readonly server: string }>();
  for (const set of sets) {
    const at = timesOf(set).startedAt;
    if (set.zoneMinutes === null || at === -Infinity) continue;
    const span = spans.get(set.lastPath);
    if (span === undefined) {
      spans.set(set.lastPath, { from: at, to: at, server: set.serverName });
      continue;
    }
    span.from = Math.min(span.from, at);
    span.to = Math.max(span.to, at);
  }
  const ascending = [...spans.values()].toSorted((one, other) => one.from - other.from);
  const parallel = ascending.filter((one) =>
    ascending.some((other) => other !== one && one.from <= other.to && other.from <= one.to),
  );
  if (parallel.length === 0) return undefined;
  const servers = [...new Set(parallel.map(({ server }) => server))].join(' and ');
  return `${String(parallel.length)} databases called ${history.databaseName} and of one family are backed up side by side (on ${servers}): a moment may come from the wrong one, so keep all but production’s backups out`;
}
