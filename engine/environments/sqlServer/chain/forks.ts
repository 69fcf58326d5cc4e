import type { BackupSet } from './backupSet.ts';
import type { BackupTimes } from './timing.ts';

interface Sight {
  readonly fork: string;
  readonly until: number;
}

/**
 * Per recovery fork, the last moment at which another fork was seen before this one was first seen.
 *
 * A log backup that leads from fork A to fork B holds nothing between the fork point and the restore that made B:
 * stopped at a moment in between, it would yield A as it stood at the fork point, not as it stood then.
 * When the restore took place is in no backup; that every backup of another fork was taken before it, is certain.
 */
export function findBridgeStarts(
  sets: readonly BackupSet[],
  timesOf: (set: BackupSet) => BackupTimes,
): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  // Sorting a long history for nothing is half of the planning time.
  if (sets.every((set) => set.lastFork === sets[0]?.lastFork)) return starts;

  const dated = sets.flatMap((set) => (set.zoneMinutes === null ? [] : [{ fork: set.lastFork, times: timesOf(set) }]));
  dated.sort((left, right) => left.times.startedAt - right.times.startedAt || (left.fork < right.fork ? -1 : 1));

  // The two forks seen latest so far: the latest that is not the one asked about is always among them.
  let latest: Sight | undefined;
  let latestOther: Sight | undefined;
  for (const { fork, times } of dated) {
    if (!starts.has(fork)) {
      const other = latest?.fork === fork ? latestOther : latest;
      starts.set(fork, other?.until ?? -Infinity);
    }
    const sight = { fork, until: Math.max(times.startedAt, times.coveredUntil) };
    if (latest === undefined || latest.fork === fork) {
      latest = latest === undefined || sight.until > latest.until ? sight : latest;
    } else if (sight.until >= latest.until) {
      latestOther = latest;
      latest = sight;
    } else if (latestOther === undefined || sight.until > latestOther.until) {
      latestOther = sight;
    }
  }
  return starts;
}
