import type { BackupSet } from './backupSet.ts';
import type { BackupTimes } from './timing.ts';

/**
 * Nothing can be stopped inside a log backup whose server did not know its time zone: it is restored as a whole.
 * It certainly ended before the next log backup of its recovery fork started, which its LSNs tell.
 */
export function boundUndatedLogs(times: ReadonlyMap<BackupSet, BackupTimes>): void {
  const undated = [...times].filter(([set]) => set.type === 'log' && set.zoneMinutes === null);
  if (undated.length === 0) return;
  const dated = [...times].filter(([set]) => set.type === 'log' && set.zoneMinutes !== null);
  dated.sort(([left], [right]) => (left.lastLsn < right.lastLsn ? -1 : left.lastLsn > right.lastLsn ? 1 : 0));
  const byFork = Map.groupBy(dated, ([set]) => set.firstFork);

  for (const [set, own] of undated) {
    const onFork = byFork.get(set.lastFork) ?? [];
    let low = 0;
    let high = onFork.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((onFork[middle]?.[0].lastLsn ?? 0n) < set.lastLsn) low = middle + 1;
      else high = middle;
    }
    // At the same LSN only an empty log backup is certainly the later one.
    while (low < onFork.length && !isLater(onFork[low]?.[0], set)) low += 1;
    own.finishedAt = Math.min(own.finishedAt, onFork[low]?.[1].startedAt ?? Infinity);
    own.wholeUntil = own.finishedAt;
  }
}

function isLater(other: BackupSet | undefined, set: BackupSet): boolean {
  return other !== undefined && (other.lastLsn > set.lastLsn || other.firstLsn >= set.lastLsn);
}
