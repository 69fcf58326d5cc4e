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
    const { startedAt, coveredUntil } = timesOf(set);
    return set.zoneMinutes === null || startedAt === -Infinity ? [] : [{ fork: set.lastFork, startedAt, coveredUntil }];
  });
  dated.sort((left, right) => left.startedAt - right.startedAt || (left.fork < right.fork ? -1 : 1));

  const starts = new Map<string, number>();
  let seenUntil = -Infinity;
  for (const { fork, startedAt, coveredUntil } of dated) {
    // What was seen before a fork's first backup, was seen of other forks.
    if (!starts.has(fork)) starts.set(fork, seenUntil);
    seenUntil = Math.max(seenUntil, startedAt, coveredUntil);
  }
  // Lines part without a restore (lines.ts): each of them may hold what was committed after what they share.
  const forkOf = new Map(
    sets.flatMap(({ lastPath, lastFork }) => (lastPath === lastFork ? [] : [[lastPath, lastFork]])),
  );
  for (const [line, fork] of forkOf)
    starts.set(line, Math.max(starts.get(fork) ?? Infinity, coveredOn(fork, sets, timesOf)));
  return starts;
}

function coveredOn(path: string, sets: readonly BackupSet[], timesOf: (set: BackupSet) => BackupTimes): number {
  return sets.reduce(
    (most, set) => (set.lastPath === path ? Math.max(most, timesOf(set).coveredUntil) : most),
    -Infinity,
  );
}
