import type { BackupSet } from './backupSet.ts';
import type { BackupTimes } from './backupTimes.ts';
import { doubtTimes } from './clockJumps.ts';
import { findReplicaLogs } from './replicas.ts';
import { boundUndatedLogs } from './undatedLogs.ts';

const hourMs = 60 * 60_000;
const furthestZoneMs = 14 * hourMs;
/** No backup runs longer: how far back the end of one is doubted after a change of the clock. */
const longestRunMs = 7 * 24 * hourMs;

/** `sets` ascend by `lastLsn`: that is their order where they began at the same time. */
export function timeBackups(sets: readonly BackupSet[]): ReadonlyMap<BackupSet, BackupTimes> {
  const times = new Map<BackupSet, BackupTimes>();
  for (const set of sets) times.set(set, timeOne(set));
  for (const [set, { zoneMinutes }] of findReplicaLogs(sets)) {
    const own = times.get(set);
    if (own !== undefined) Object.assign(own, { isFromReplica: true, logZoneMinutes: zoneMinutes });
  }
  doubtTimes(times);
  const zone = sets[0]?.zoneMinutes;
  if (sets.some(({ zoneMinutes }) => zoneMinutes !== zone)) correctForClockChanges(times);
  boundUndatedLogs(times);
  return times;
}

/** What a log backup without a zone is whole from, boundUndatedLogs tells. Called for every backup: no copies of objects. */
function timeOne(set: BackupSet): BackupTimes {
  const times: BackupTimes = {
    startedAt: set.startedLocal - furthestZoneMs,
    finishedAt: Math.max(set.startedLocal, set.finishedLocal) + furthestZoneMs,
    coveredUntil: -Infinity,
    wholeUntil: -Infinity,
    crossesClockChange: false,
    logZoneMinutes: null,
    isFromReplica: false,
  };
  if (set.zoneMinutes === null) return times;
  const offsetMs = set.zoneMinutes * 60_000;
  times.startedAt = set.startedLocal - offsetMs;
  // A backup that ends "before" its start ran through the end of summer time.
  const finishedLocal = set.finishedLocal < set.startedLocal ? set.finishedLocal + hourMs : set.finishedLocal;
  times.finishedAt = finishedLocal - offsetMs;
  if (set.type !== 'log') return times;
  const validUntil = set.lastValidRestoreLocal === null ? null : set.lastValidRestoreLocal - offsetMs;
  times.coveredUntil = Math.max(times.startedAt, validUntil ?? -Infinity);
  if (set.hasBulkLoggedData) times.wholeUntil = validUntil ?? times.finishedAt;
  times.logZoneMinutes = set.zoneMinutes;
  return times;
}

type Dated = readonly [BackupSet, BackupTimes];

/**
 * `time_zone` is the offset at the *start* of a backup, and the log carries wall times: where the offset changes from
 * one backup to the next, ends are uncertain by the difference and no STOPAT can be placed in between.
 */
function correctForClockChanges(times: ReadonlyMap<BackupSet, BackupTimes>): void {
  const dated = [...times].filter(
    ([set, own]) => set.zoneMinutes !== null && set.type !== 'file-or-partial' && own.startedAt > -Infinity,
  );
  dated.sort(([, one], [, other]) => one.startedAt - other.startedAt);
  const firstLog = dated.find(([{ type }]) => type === 'log')?.[0];
  // Behind a backup without a zone a change may hide.
  let isSettled = [...times.keys()].every(
    ({ zoneMinutes, lastLsn }) => zoneMinutes !== null || lastLsn >= (firstLog?.lastLsn ?? 0n),
  );
  let lastZone: number | undefined;
  /** Since the offset changed: per recovery fork the first LSN that is certainly later. */
  let laterFrom = new Map<string, bigint>();

  for (const [index, [set, own]] of dated.entries()) {
    const previous = dated[index - 1];
    const hasChanged = previous !== undefined && previous[0].zoneMinutes !== set.zoneMinutes;
    if (hasChanged) doubtEnds(dated, index, previous);
    if (set.type !== 'log') {
      if (lastZone === undefined && hasChanged) isSettled = false;
      continue;
    }
    // Replicas in different zones may take turns with backups; what counts is who writes the log.
    const zone = own.logZoneMinutes;
    if (zone === null) {
      // Behind it a change may hide.
      isSettled = false;
      laterFrom = new Map();
      own.wholeUntil = Math.max(own.wholeUntil, own.finishedAt);
      continue;
    }
    const reference = lastZone ?? previous?.[0].zoneMinutes ?? zone;
    lastZone = zone;
    if (reference !== zone) {
      isSettled = false;
      laterFrom = new Map();
    }
    if (isSettled) continue;

    // A log backup tells its whole content by wall time only if one before it was already taken by the new clock.
    const later = laterFrom.get(set.firstFork);
    if (later === undefined || later > set.firstLsn) {
      own.crossesClockChange = true;
      own.wholeUntil = Math.max(own.wholeUntil, own.finishedAt);
    }
    const known = laterFrom.get(set.lastFork);
    if (known === undefined || set.lastLsn < known) laterFrom.set(set.lastFork, set.lastLsn);
  }
}

/** Backups that may have been running when the clock changed, some time between `last` and the backup at `index`. */
function doubtEnds(dated: readonly Dated[], index: number, [last, { startedAt: changedAfter }]: Dated): void {
  const [changed] = dated[index] ?? [last];
  const shiftMs = ((last.zoneMinutes ?? 0) - (changed.zoneMinutes ?? 0)) * 60_000;
  // Further apart than summer time are only servers in different places.
  if (last.serverName !== changed.serverName && Math.abs(shiftMs) > hourMs) return;
  for (let back = index - 1; back >= 0; back -= 1) {
    const earlier = dated[back];
    if (earlier === undefined || earlier[1].startedAt < changedAfter - longestRunMs) break;
    const [set, times] = earlier;
    if (set.zoneMinutes !== last.zoneMinutes) continue;
    if (times.finishedAt > changedAfter - Math.abs(shiftMs)) doubtEnd(earlier, shiftMs, findNextLog(dated, back));
  }
}

/** It may have ended later than its wall time says, but log backups are taken one after the other. */
function doubtEnd([set, times]: Dated, shiftMs: number, nextLogAt: number): void {
  // One that ended "before" it started has its hour already.
  if (set.finishedLocal >= set.startedLocal) {
    const latest = set.type === 'log' ? Math.min(times.finishedAt + shiftMs, nextLogAt) : times.finishedAt + shiftMs;
    times.finishedAt = Math.max(times.finishedAt, latest);
  }
  if (set.type !== 'log') return;
  times.coveredUntil = times.startedAt;
  if (set.hasBulkLoggedData) times.wholeUntil = times.finishedAt;
}

function findNextLog(dated: readonly Dated[], index: number): number {
  for (let next = index + 1; next < dated.length; next += 1) {
    const [set, times] = dated[next] ?? [];
    if (set?.type === 'log') return times?.startedAt ?? Infinity;
  }
  return Infinity;
}
