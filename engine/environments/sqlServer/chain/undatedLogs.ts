import type { BackupSet } from './backupSet.ts';
import { compareEnds, lowerBound } from './lsnOrder.ts';
import type { BackupTimes } from './backupTimes.ts';

/**
 * Nothing can be stopped inside a log backup whose server did not know its time zone: it is restored as a whole.
 * It certainly ended before the next log backup of its recovery fork started, which its LSNs tell.
 */
export function boundUndatedLogs(times: ReadonlyMap<BackupSet, BackupTimes>): void {
  const undated: (readonly [BackupSet, BackupTimes])[] = [];
  for (const one of times) if (one[0].type === 'log' && one[1].coveredUntil === -Infinity) undated.push(one);
  if (undated.length === 0) return;
  const dated = [...times].filter(([set, own]) => set.type === 'log' && own.coveredUntil > -Infinity);
  dated.sort(([left], [right]) => compareEnds(left, right) || Number(left.firstLsn - right.firstLsn));
  const byFork = Map.groupBy(dated, ([set]) => set.firstPath);

  for (const [set, own] of undated) {
    const onFork = byFork.get(set.lastPath) ?? [];
    const next = onFork[lowerBound(onFork.length, (place) => !isLater(onFork[place]?.[0], set))];
    own.finishedAt = Math.min(own.finishedAt, next?.[1].startedAt ?? Infinity);
    own.wholeUntil = own.finishedAt;
  }
}

/** At the same LSN only an empty log backup is certainly the later one. */
function isLater(other: BackupSet | undefined, set: BackupSet): boolean {
  return other !== undefined && (other.lastLsn > set.lastLsn || other.firstLsn >= set.lastLsn);
}
