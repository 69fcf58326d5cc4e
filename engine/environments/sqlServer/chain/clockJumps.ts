import type { BackupSet } from './backupSet.ts';
import { compareEnds, lowerBound } from './lsnOrder.ts';
import type { BackupTimes } from './backupTimes.ts';

/** Clocks of replicas differ by less. */
const skewMs = 5 * 60_000;
/** LSNs and times of a full backup contradict each other when they differ by more. */
const doubtfulMs = 3 * 60 * 60_000;

type Timed = readonly [BackupSet, BackupTimes];

/**
 * On one path LSNs grow with time. Where a clock was wrong for a while, or a date is, the fewest log backups are doubted that leave
 * the others in order: they are walked over as a whole, and so is the next one, into which the clock was set right.
 * A data backup that is dated before its own content ended when that was in a log backup for certain. One that is dated after its
 * content is of another database, or of a clock that was wrong: it is not used.
 */
export function doubtTimes(times: ReadonlyMap<BackupSet, BackupTimes>): void {
  if (isInOrder(times)) return;
  const timed = [...times].sort(
    ([left, one], [right, other]) => compareEnds(left, right) || one.startedAt - other.startedAt,
  );
  for (const onPath of Map.groupBy(timed, ([{ lastPath }]) => lastPath).values()) {
    const dated = onPath.filter(([{ zoneMinutes }]) => zoneMinutes !== null);
    const logs = dated.filter(([{ type }]) => type === 'log');
    if (logs.some(([, own], index) => own.startedAt < (logs[index - 1]?.[1].startedAt ?? -Infinity) - skewMs))
      doubtLogs(dated);
    doubtBases(
      onPath.filter(([{ type }]) => type !== 'log'),
      logs.filter(([, own]) => own.startedAt > -Infinity),
    );
  }
}

/** Nothing to doubt, as in almost every history: seen in one pass over backups that ascend by their LSNs. */
function isInOrder(times: ReadonlyMap<BackupSet, BackupTimes>): boolean {
  const latest = new Map<string, { at: number }>();
  for (const [{ type, lastPath, zoneMinutes }, { startedAt, finishedAt }] of times) {
    if (type === 'log' && zoneMinutes === null) continue;
    let before = latest.get(lastPath);
    if (before === undefined) latest.set(lastPath, (before = { at: startedAt }));
    if (finishedAt === Infinity || (type === 'log' ? startedAt : finishedAt) < before.at) return false;
    before.at = Math.max(before.at, startedAt);
  }
  return true;
}

function doubtLogs(dated: readonly Timed[]): void {
  // What a data backup holds reaches to its end, what a log backup holds to its start.
  const kept = longestAscending(dated.map(([{ type }, own]) => (type === 'log' ? own.startedAt : own.finishedAt)));
  let isSetRight = false;
  for (const [index, [{ type }, own]] of dated.entries()) {
    if (type !== 'log') continue;
    if (kept.has(index)) {
      if (isSetRight) {
        own.crossesClockChange = true;
        own.wholeUntil = Math.max(own.wholeUntil, own.finishedAt);
      }
      isSetRight = false;
      continue;
    }
    isSetRight = true;
    own.crossesClockChange = true;
    own.startedAt = -Infinity;
    own.coveredUntil = -Infinity;
    own.finishedAt = Infinity;
  }
}

/** What was written at the LSN that a data backup ends with, may have been written before it or after. */
function doubtBases(bases: readonly Timed[], logs: readonly Timed[]): void {
  for (const [{ lastLsn }, own] of bases) {
    const first = lowerBound(logs.length, (place) => (logs[place]?.[0].lastLsn ?? 0n) < lastLsn);
    const next = lowerBound(logs.length, (place) => (logs[place]?.[0].lastLsn ?? 0n) <= lastLsn);
    const endedAfter = logs[first - 1]?.[1].startedAt ?? -Infinity;
    const endedBefore = logs[next]?.[1].startedAt ?? Infinity;
    if (own.startedAt > endedBefore + doubtfulMs) own.finishedAt = Infinity;
    else if (own.finishedAt === Infinity || own.finishedAt < endedAfter - doubtfulMs) own.finishedAt = endedBefore;
  }
}

/** The places of a longest sequence that never descends. */
function longestAscending(values: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const before: number[] = [];
  for (const [place, value] of values.entries()) {
    const length = lowerBound(ends.length, (shorter) => (values[ends[shorter] ?? 0] ?? 0) <= value);
    before.push(ends[length - 1] ?? -1);
    ends[length] = place;
  }
  const kept = new Set<number>();
  for (let place = ends.at(-1) ?? -1; place >= 0; place = before[place] ?? -1) kept.add(place);
  return kept;
}
