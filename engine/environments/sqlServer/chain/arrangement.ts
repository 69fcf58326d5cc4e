import type { BackupSet, DatabaseHistory } from './backupSet.ts';
import { findBridgeStarts } from './forks.ts';
import { separateLines } from './lines.ts';
import { compareEnds, lowerBound } from './lsnOrder.ts';
import { timeBackups } from './timing.ts';
import type { BackupTimes } from './backupTimes.ts';

/**
 * A history, sorted once: everything that windows and chains need, by index of `sets`.
 * LSNs become positions (the rank of each `last_lsn`), so that walking the logs compares small numbers.
 */
export interface Arrangement {
  readonly history: DatabaseHistory;
  /** What may stand in a chain, ascending by `lastLsn`; empty log backups behind what ends where they do. */
  readonly sets: readonly BackupSet[];
  readonly times: readonly BackupTimes[];
  readonly position: Int32Array;
  /** Position of the first `lastLsn` that is not before `firstLsn`. */
  readonly firstPosition: Int32Array;
  /** Last position before its own that is not after `pathPointLsn`; -1 where the backup stays on one path. */
  readonly forkPosition: Int32Array;
  /** 1 for log backups without a log record (`first_lsn` = `last_lsn`): they move nothing, but prove that nothing happened. */
  readonly isEmpty: Uint8Array;
  readonly fork: Int32Array;
  readonly firstFork: Int32Array;
  /** Per fork: a log backup that leads onto this fork tells nothing about moments up to and including this one. */
  readonly bridgeStart: Float64Array;
  /** Index of a differential's full backup; -1 for others. */
  readonly baseOf: Int32Array;
  /** 0 is the base to prefer: newest full backup, then its newest differential. -1 for log backups. */
  readonly baseRank: Int32Array;
  /** Backups that may never stand in a chain, ascending by `lastLsn`. */
  readonly unusable: readonly BackupSet[];
  readonly timesOf: (set: BackupSet) => BackupTimes;
}

export function arrangeBackups(known: DatabaseHistory): Arrangement {
  const ascending = separateLines([...known.sets].sort(byLastLsn));
  const history = { ...known, sets: ascending };
  const timesBySet = timeBackups(ascending);
  const timesOf = (set: BackupSet): BackupTimes => {
    const times = timesBySet.get(set);
    if (times === undefined) throw new TypeError('a backup of another history');
    return times;
  };

  const fulls = new Map<string, BackupSet>();
  for (const set of ascending) {
    if (set.type === 'full' && set.defect === null && timesOf(set).finishedAt < Infinity)
      fulls.set(set.uuid.toLowerCase(), set);
  }
  const baseFor = (set: BackupSet): BackupSet | undefined => {
    const base = set.differentialBaseGuid === null ? undefined : fulls.get(set.differentialBaseGuid);
    // A copy-only full backup is no differential base (3136), whatever the row says.
    return base === undefined || base.isCopyOnly ? undefined : base;
  };
  const isUsable = (set: BackupSet) =>
    set.defect === null &&
    (set.type !== 'differential' || baseFor(set) !== undefined) &&
    (set.type === 'log' || timesOf(set).finishedAt < Infinity);

  const sets = ascending.filter(isUsable);
  const times = sets.map(timesOf);
  const count = sets.length;
  const indexOf = new Map<BackupSet, number>();
  const position = new Int32Array(count);
  const distinct: bigint[] = [];
  for (const [index, set] of sets.entries()) {
    if (distinct.at(-1) !== set.lastLsn) distinct.push(set.lastLsn);
    position[index] = distinct.length - 1;
    if (set.type === 'full') indexOf.set(set, index);
  }

  const forks = createNumbering();
  const firstPosition = new Int32Array(count);
  const forkPosition = new Int32Array(count).fill(-1);
  const fork = new Int32Array(count);
  const firstFork = new Int32Array(count);
  const baseOf = new Int32Array(count).fill(-1);
  for (const [index, set] of sets.entries()) {
    const own = position[index] ?? 0;
    firstPosition[index] = set.type === 'log' ? firstNotBefore(distinct, set.firstLsn, own) : own;
    fork[index] = forks.numberOf(set.lastPath);
    firstFork[index] = set.type === 'log' ? forks.numberOf(set.firstPath) : forks.numberOf(set.lastPath);
    if (set.firstPath !== set.lastPath) {
      // Without its fork point a bridge could be joined anywhere: it is then joined nowhere.
      forkPosition[index] = set.pathPointLsn === null ? -1 : lastNotAfter(distinct, set.pathPointLsn, own);
    }
    const base = baseFor(set);
    if (base !== undefined) baseOf[index] = indexOf.get(base) ?? -1;
  }

  const bridgeStarts = findBridgeStarts(ascending, timesOf);
  return {
    history,
    sets,
    times,
    position,
    firstPosition,
    forkPosition,
    isEmpty: Uint8Array.from(sets, (set) => Number(isEmptyLog(set))),
    fork,
    firstFork,
    bridgeStart: Float64Array.from(forks.names(), (name) => bridgeStarts.get(name) ?? Infinity),
    baseOf,
    baseRank: rankBases(sets, times, baseOf),
    unusable: ascending.filter((set) => !isUsable(set)),
    timesOf,
  };
}

/** When the backup became whole: a differential not before its full backup. */
export function finishedAt(arrangement: Arrangement, index: number): number {
  const own = arrangement.times[index]?.finishedAt ?? Infinity;
  return Math.max(own, arrangement.times[arrangement.baseOf[index] ?? -1]?.finishedAt ?? own);
}

function rankBases(sets: readonly BackupSet[], times: readonly BackupTimes[], baseOf: Int32Array): Int32Array {
  const fullOf = (index: number) => {
    const base = baseOf[index] ?? -1;
    return base < 0 ? index : base;
  };
  const finished = (index: number) => times[index]?.finishedAt ?? 0;
  const bases = [...sets.keys()].filter((index) => sets[index]?.type !== 'log');
  bases.sort((left, right) => {
    const leftFull = fullOf(left);
    const rightFull = fullOf(right);
    if (leftFull !== rightFull) return finished(rightFull) - finished(leftFull) || rightFull - leftFull;
    if (left === leftFull) return 1;
    if (right === rightFull) return -1;
    return finished(right) - finished(left) || right - left;
  });
  const ranks = new Int32Array(sets.length).fill(-1);
  for (const [rank, index] of bases.entries()) ranks[index] = rank;
  return ranks;
}

function byLastLsn(left: BackupSet, right: BackupSet): number {
  // The answer must not depend on the order of the rows. An empty log backup proves something of what reached its LSN before.
  return (
    compareEnds(left, right) ||
    Number(isEmptyLog(left)) - Number(isEmptyLog(right)) ||
    (left.uuid < right.uuid ? -1 : 1)
  );
}

const isEmptyLog = ({ type, firstLsn, lastLsn }: BackupSet): boolean => type === 'log' && firstLsn === lastLsn;

/** `near` is where the answer usually is: a log backup starts where its predecessor ended. */
function firstNotBefore(distinct: readonly bigint[], lsn: bigint, near: number): number {
  const previous = near - 1;
  if (distinct[previous] === lsn) return previous;
  return lowerBound(distinct.length, (place) => (distinct[place] ?? 0n) < lsn);
}

/** Before `own`: a log backup is joined to what stands before its end. */
function lastNotAfter(distinct: readonly bigint[], lsn: bigint, own: number): number {
  return lowerBound(own, (place) => (distinct[place] ?? 0n) <= lsn) - 1;
}

function createNumbering() {
  const numbers = new Map<string, number>();
  return {
    numberOf(name: string): number {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, numbers.size);
      return numbers.size - 1;
    },
    names: (): readonly string[] => [...numbers.keys()],
  };
}
