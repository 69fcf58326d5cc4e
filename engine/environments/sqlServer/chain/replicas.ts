import type { BackupSet } from './backupSet.ts';
import { compareEnds } from './lsnOrder.ts';

const summerTime = 60;

/** Of a log backup that a secondary replica took: whose wall time its log carries; null when that cannot be told. */
export interface LogOrigin {
  readonly server: string;
  readonly zoneMinutes: number | null;
}

/**
 * Log backups of an availability group that were taken on a secondary. The primary wrote the log: its wall times are the
 * primary's, and a secondary that lags has not got all that the primary had committed when the backup started.
 *
 * Differentials and full backups that are not copy-only come from the primary. Between two of them a log backup of another server
 * is a secondary's, unless that server took over: then the former primary took log backups before, and nothing afterwards.
 */
export function findReplicaLogs(sets: readonly BackupSet[]): ReadonlyMap<BackupSet, LogOrigin> {
  const found = new Map<BackupSet, LogOrigin>();
  const server = sets[0]?.serverName;
  if (sets.every(({ serverName }) => serverName === server)) return found;
  const ascending = sets.toSorted(compareEnds);
  for (const [path, own] of Map.groupBy(ascending, ({ lastPath }) => lastPath)) {
    const shared = ascending.filter(({ lastPath, lastFork }) => lastPath === own[0]?.lastFork && lastFork !== path);
    // Who leads over to the next fork is known to have been there after the last log backup of this one.
    const leaving = ascending.filter(
      ({ firstPath, firstFork, lastFork }) => firstPath === path && firstFork !== lastFork,
    );
    for (const [log, origin] of spansOf([...shared, ...own, ...leaving]).flatMap(originsIn))
      if (!leaving.includes(log)) found.set(log, origin);
  }
  return found;
}

/** What was taken from one backup of a primary to the next. */
interface Span {
  readonly from: BackupSet;
  readonly logs: BackupSet[];
  to?: BackupSet;
}

function spansOf(ascending: readonly BackupSet[]): readonly Span[] {
  const first = ascending.find(isFromPrimary);
  // Before the first of them nothing is known but who is the primary then.
  const spans: Span[] = first === undefined ? [] : [{ from: first, logs: [], to: first }];
  for (const set of ascending) {
    const last = spans.at(-1);
    if (isFromPrimary(set)) {
      if (last !== undefined) last.to = set;
      spans.push({ from: set, logs: [] });
    } else if (set.type === 'log') last?.logs.push(set);
  }
  return spans;
}

const isFromPrimary = ({ type, isCopyOnly }: BackupSet): boolean =>
  type === 'differential' || (type === 'full' && !isCopyOnly);

function originsIn({ from, logs, to }: Span): readonly (readonly [BackupSet, LogOrigin])[] {
  const isPrimary = (set: BackupSet) => hostOf(set) === hostOf(from);
  const last = logs.findLastIndex(isPrimary);
  const isTakenOver = last >= 0 && (to === undefined || !isPrimary(to));
  const shipped = (isTakenOver ? logs.slice(0, last) : logs).filter((log) => !isPrimary(log));
  return shipped.map((log) => {
    const others = logs.filter((other) => hostOf(other) === hostOf(log));
    return [log, { server: from.serverName, zoneMinutes: zoneOf(log, others, from, to) }];
  });
}

/** The primary's offset, kept at the distance that the two servers had at the nearest backups of the primary. */
function zoneOf(log: BackupSet, others: readonly BackupSet[], from: BackupSet, to: BackupSet | undefined) {
  const before = distance(from, others[0]);
  const after = to === undefined ? before : distance(to, others.at(-1));
  if (log.zoneMinutes === null || before === null || before !== after) return null;
  // As far apart as summer time: the primary's clock may have been changed since.
  if (before !== 0 && Math.abs(before) <= summerTime) return null;
  // Whichever of the two was the primary.
  if (to !== undefined && hostOf(to) !== hostOf(from) && before !== 0) return null;
  return log.zoneMinutes + before;
}

function distance(primary: BackupSet, replica: BackupSet | undefined): number | null {
  const [one, other] = [primary.zoneMinutes, replica?.zoneMinutes ?? null];
  return one === null || other === null ? null : one - other;
}

const hostOf = ({ serverName }: BackupSet): string => serverName.toLowerCase();
