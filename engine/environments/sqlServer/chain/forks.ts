import type { BackupSet } from './backupSet.ts';
import type { BackupTimes } from './backupTimes.ts';

/**
 * Per recovery path, the last moment at which another fork was seen before this one was first seen.
 *
 * A log backup that leads from fork A to fork B holds nothing between the fork point and the restore that made B:
 * stopped at a moment in between, it would yield A as it stood at the fork point, not as it stood then.
 * When the restore took place is in no backup; that every backup of another fork was taken before it, is certain.
 */
export function findBridgeStarts(
  sets: readonly BackupSet[],
  timesOf: (set: BackupSet) => BackupTimes,
): ReadonlyMap<string, number> {
  const dated = sets.flatMap((set) => {
    const times = timesOf(set);
    return set.zoneMinutes === null || times.startedAt === -Infinity ? [] : [{ fork: set.lastPath, times }];
  });
  dated.sort((left, right) => left.times.startedAt - right.times.startedAt || (left.fork < right.fork ? -1 : 1));

  const starts = new Map<string, number>();
  let seenUntil = -Infinity;
  for (const { fork, times } of dated) {
    // What was seen before a fork's first backup, was seen of other forks.
    if (!starts.has(fork)) starts.set(fork, seenUntil);
    seenUntil = Math.max(seenUntil, times.startedAt, times.coveredUntil);
  }
  for (const path of partings(sets)) starts.set(path.line, coveredOn(path.shared, sets, timesOf));
  return starts;
}

/** Lines part without a restore (lines.ts): each of them may hold what was committed after what they share. */
function partings(sets: readonly BackupSet[]) {
  const lines = new Map(
    sets.flatMap(({ lastFork, lastPath }) => (lastFork === lastPath ? [] : [[lastPath, lastFork]])),
  );
  return [...lines].map(([line, shared]) => ({ line, shared }));
}

function coveredOn(path: string, sets: readonly BackupSet[], timesOf: (set: BackupSet) => BackupTimes): number {
  return sets.reduce(
    (most, set) => (set.lastPath === path ? Math.max(most, timesOf(set).coveredUntil) : most),
    -Infinity,
  );
}
