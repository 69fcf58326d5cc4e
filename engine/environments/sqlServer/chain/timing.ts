import type { BackupSet } from './backupSet.ts';

/** Instants, milliseconds since 1970. Where the truth is not in the history, the side is taken that cannot lead too far. */
export interface BackupTimes {
  /** No later than the start. */
  startedAt: number;
  /** No earlier than the end. */
  finishedAt: number;
  /** Log backups: every transaction up to here is certainly inside or before; -Infinity when nothing is certain. */
  coveredUntil: number;
  /** Log backups that can only be restored as a whole: the first moment that is certainly past them; else -Infinity. */
  wholeUntil: number;
  /** The server's clock changed its offset among the transactions of this log backup: a wall time names no moment in it. */
  crossesClockChange: boolean;
}

const hourMs = 60 * 60_000;
const furthestZoneMs = 14 * hourMs;
/** No backup runs longer: how far back the end of one is doubted after a change of the clock. */
const longestRunMs = 7 * 24 * hourMs;

export function timeBackups(sets: readonly BackupSet[]): ReadonlyMap<BackupSet, BackupTimes> {
  const times = new Map<BackupSet, BackupTimes>();
  let hasSeveralZones = false;
  for (const set of sets) {
    times.set(set, timeOne(set));
    hasSeveralZones ||= set.zoneMinutes !== sets[0]?.zoneMinutes;
  }
  if (hasSeveralZones) correctForClockChanges(times);
  return times;
}

function timeOne(set: BackupSet): BackupTimes {
  const isLog = set.type === 'log';
  if (set.zoneMinutes === null) {
    const finishedAt = Math.max(set.startedLocal, set.finishedLocal) + furthestZoneMs;
    return {
      startedAt: set.startedLocal - furthestZoneMs,
      finishedAt,
      coveredUntil: -Infinity,
      wholeUntil: isLog && set.hasBulkLoggedData ? finishedAt : -Infinity,
      crossesClockChange: false,
    };
  }
  const offsetMs = set.zoneMinutes * 60_000;
  const startedAt = set.startedLocal - offsetMs;
  // A backup that ends "before" its start ran through the end of summer time.
  const finishedLocal = set.finishedLocal < set.startedLocal ? set.finishedLocal + hourMs : set.finishedLocal;
  const finishedAt = finishedLocal - offsetMs;
  const validUntil = set.lastValidRestoreLocal === null ? null : set.lastValidRestoreLocal - offsetMs;
  return {
    startedAt,
    finishedAt,
    coveredUntil: isLog ? Math.max(startedAt, validUntil ?? -Infinity) : -Infinity,
    wholeUntil: isLog && set.hasBulkLoggedData ? (validUntil ?? finishedAt) : -Infinity,
    crossesClockChange: false,
  };
}

interface Server {
  last: BackupSet;
  lastLog: BackupSet | undefined;
}

interface LsnRange {
  readonly after: bigint;
  readonly until: bigint;
}

/**
 * `time_zone` is the offset at the *start* of a backup, and the log carries wall times: where the offset of one server
 * changes from one backup to the next, ends are uncertain by the difference and no STOPAT can be placed in between.
 */
function correctForClockChanges(times: ReadonlyMap<BackupSet, BackupTimes>): void {
  const dated = [...times].filter(([set]) => set.zoneMinutes !== null && set.type !== 'file-or-partial');
  dated.sort(([, left], [, right]) => left.startedAt - right.startedAt);
  const servers = new Map<string, Server>();
  const changes: LsnRange[] = [];

  for (const [index, [set, { startedAt }]] of dated.entries()) {
    const server = servers.get(set.serverName);
    if (server === undefined) {
      servers.set(set.serverName, { last: set, lastLog: set.type === 'log' ? set : undefined });
      continue;
    }
    const shiftMs = ((server.last.zoneMinutes ?? 0) - (set.zoneMinutes ?? 0)) * 60_000;
    if (shiftMs !== 0) {
      const changedAfter = times.get(server.last)?.startedAt ?? startedAt;
      for (let back = index - 1; back >= 0; back -= 1) {
        const [earlier, earlierTimes] = dated[back] ?? [set, undefined];
        if (earlierTimes === undefined || earlierTimes.startedAt < changedAfter - longestRunMs) break;
        if (earlier.serverName !== set.serverName || earlier.zoneMinutes !== server.last.zoneMinutes) continue;
        const isNext = ([next]: readonly [BackupSet, BackupTimes]) =>
          next.type === 'log' && next.serverName === set.serverName && next !== earlier;
        // A server takes one log backup after the other.
        const limit = earlier.type === 'log' ? dated.slice(back + 1).find(isNext)?.[1].startedAt : undefined;
        doubtEnd(earlier, earlierTimes, shiftMs, changedAfter, limit ?? Infinity);
      }
    }
    server.last = set;
    if (set.type === 'log') {
      const hasOtherZone = ([earlier]: readonly [BackupSet, BackupTimes]) =>
        earlier.serverName === set.serverName && earlier.zoneMinutes !== set.zoneMinutes;
      // Without an earlier log backup every transaction since the first backup may stand on either side.
      const { lastLog } = server;
      const isChanged = lastLog ? lastLog.zoneMinutes !== set.zoneMinutes : dated.slice(0, index).some(hasOtherZone);
      if (isChanged)
        changes.push({ after: lastLog ? smaller(lastLog.lastLsn, set.firstLsn) : -1n, until: set.lastLsn });
      server.lastLog = set;
    }
  }

  for (const [set, own] of changes.length === 0 ? [] : times) {
    if (set.type === 'log' && changes.some(({ after, until }) => set.firstLsn < until && set.lastLsn > after)) {
      own.crossesClockChange = true;
      own.wholeUntil = Math.max(own.wholeUntil, own.finishedAt);
    }
  }
}

/** A backup that may have been running when the clock changed: it may have ended later than its wall time says. */
function doubtEnd(set: BackupSet, times: BackupTimes, shiftMs: number, changedAfter: number, latestEnd: number): void {
  if (times.finishedAt <= changedAfter - Math.abs(shiftMs)) return;
  if (shiftMs > 0 && set.finishedLocal >= set.startedLocal) {
    times.finishedAt = Math.max(times.finishedAt, Math.min(times.finishedAt + shiftMs, latestEnd));
  }
  if (set.type !== 'log') return;
  times.coveredUntil = times.startedAt;
  if (set.hasBulkLoggedData) times.wholeUntil = times.finishedAt;
}

/** After a restore of the source its LSNs begin again at an earlier one. */
function smaller(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
