import type { Arrangement } from './arrangement.ts';
import { describeBackup } from './backupSet.ts';
import type { BackupDefect, BackupSet, DeviceTrouble } from './backupSet.ts';
import { compareEnds, lowerBound } from './lsnOrder.ts';
import type { BackupTimes } from './backupTimes.ts';

/** Why the log backups do not lead on from a backup. */
export type GapReason =
  | { readonly kind: 'missing-log'; readonly before: BackupSet; readonly after: BackupSet }
  | { readonly kind: 'no-later-log'; readonly before: BackupSet }
  | { readonly kind: 'simple-recovery'; readonly before: BackupSet }
  | { readonly kind: 'defect'; readonly backup: BackupSet; readonly defect: BackupDefect }
  | { readonly kind: WholeKind; readonly backup: BackupSet }
  | { readonly kind: 'other-path'; readonly before: BackupSet; readonly backup: BackupSet }
  | { readonly kind: 'two-paths' };

/** Why a log backup is restored as a whole or not at all. */
type WholeKind = 'bulk-logged' | 'clock-change' | 'time-zone-unknown' | 'primary-zone-unknown';

/** How many overlapping log backups (copy-only, several replicas) are looked at for an explanation. */
const mostOverlapping = 16;

/** Explains why nothing after backup `lastBackup` reaches `at`. Made once per history: it sorts the log backups by fork. */
export function createGapExplainer(arrangement: Arrangement): (lastBackup: number, at: number) => GapReason {
  const { sets } = arrangement;
  const logs = [...sets, ...arrangement.unusable].filter(({ type }) => type === 'log');
  logs.sort(compareEnds);
  const byPath = Map.groupBy(logs, ({ firstPath }) => firstPath);

  const after = (onFork: readonly BackupSet[], lsn: bigint) => {
    const start = lowerBound(onFork.length, (place) => (onFork[place]?.lastLsn ?? 0n) <= lsn);
    return onFork.slice(start, start + mostOverlapping);
  };

  return (lastBackup, at) => {
    const before = sets[lastBackup];
    if (before === undefined) return { kind: 'two-paths' };
    if (before.isSimpleRecovery) return { kind: 'simple-recovery', before };

    let { lastLsn, lastPath } = before;
    let reached = before;
    let undated: BackupSet | undefined;
    for (;;) {
      const next = after(byPath.get(lastPath) ?? [], lastLsn);
      const joining = next.filter((log) => log.firstLsn <= lastLsn && (log.pathPointLsn ?? lastLsn) >= lastLsn);
      const usable = joining.find(({ defect }) => defect === null);
      if (usable === undefined) {
        const [broken] = joining;
        if (broken?.defect) return { kind: 'defect', backup: broken, defect: broken.defect };
        if (undated !== undefined) return { kind: 'time-zone-unknown', backup: undated };
        const [later] = next;
        if (later !== undefined) return { kind: 'missing-log', before: reached, after: later };
        const [elsewhere] = after(logs, lastLsn);
        if (elsewhere !== undefined) return { kind: 'other-path', before: reached, backup: elsewhere };
        return { kind: 'no-later-log', before: reached };
      }
      const times = arrangement.timesOf(usable);
      if (times.wholeUntil > at) return { kind: wholeKindOf(usable, times), backup: usable };
      if (usable.zoneMinutes === null) undated = usable;
      reached = usable;
      ({ lastLsn, lastPath } = usable);
    }
  };
}

function wholeKindOf({ zoneMinutes }: BackupSet, { crossesClockChange, logZoneMinutes }: BackupTimes): WholeKind {
  if (zoneMinutes === null) return 'time-zone-unknown';
  if (logZoneMinutes === null) return 'primary-zone-unknown';
  return crossesClockChange ? 'clock-change' : 'bulk-logged';
}

/** One sentence without a full stop. */
export function describeGap(reason: GapReason): string {
  switch (reason.kind) {
    case 'missing-log': {
      const { before, after } = reason;
      return `a log backup is missing between ${describeBackup(before)} and ${describeBackup(after)}: nothing holds LSN ${String(before.lastLsn)} to ${String(after.firstLsn)}`;
    }
    case 'no-later-log':
      return `no log backup follows ${describeBackup(reason.before)}, which ends at LSN ${String(reason.before.lastLsn)}`;
    case 'simple-recovery':
      return `the database was in the simple recovery model at ${describeBackup(reason.before)}`;
    case 'defect':
      return `${describeBackup(reason.backup)} cannot be used: ${describeDefect(reason.defect)}`;
    case 'bulk-logged':
      return `${describeBackup(reason.backup)} holds bulk-logged changes and can only be restored as a whole`;
    case 'clock-change':
      return `the server's clock was changed within ${describeBackup(reason.backup)}, so that a wall time names no moment in it`;
    case 'time-zone-unknown':
      return reason.backup.doubt === null
        ? `the time zone of ${describeBackup(reason.backup)} is unknown`
        : `when ${describeBackup(reason.backup)} was taken is unknown: ${reason.backup.doubt}`;
    case 'primary-zone-unknown':
      return `${describeBackup(reason.backup)} was taken on ${reason.backup.serverName}, and the time zone of the primary, whose wall time the log carries, is uncertain`;
    case 'other-path':
      return `${describeBackup(reason.backup)} goes on after LSN ${String(reason.before.lastLsn)}, but on recovery fork ${reason.backup.firstFork || '(none)'}`;
    case 'two-paths':
      return 'two databases of this name and family were in use then';
  }
}

export function describeDefect(defect: BackupDefect): string {
  switch (defect.kind) {
    case 'damaged':
      return 'it was found damaged when it was taken';
    case 'snapshot':
      return 'it is a snapshot (VSS or a backup product), which RESTORE cannot read';
    case 'file-or-partial':
      return 'it holds only a part of the database';
    case 'device':
      return describeTrouble(defect.name, defect.trouble);
    case 'overwritten':
      return `${defect.name} was overwritten: ${defect.by} was written to the same file later, from its beginning`;
    case 'family-count':
      return 'the history does not say how many files it has (media_family_count)';
    case 'media-incomplete':
      return `file ${defect.missing.join(', ')} of its ${String(defect.familyCount)} is missing`;
  }
}

function describeTrouble(name: string, trouble: DeviceTrouble): string {
  switch (trouble) {
    case 'nowhere':
      return `it went to ${name}, which keeps nothing`;
    case 'virtual':
      return `${name} is a virtual device (a backup product, VSS or automatic seeding read it), no disk file and no URL`;
    case 'tape':
      return `${name} is a tape, no disk file and no URL`;
    case 'unknown':
      return `the history does not say what kind of device ${name} is (device_type is NULL or unknown)`;
  }
}

/** Why it stands in no chain, for a backup that an arrangement holds to be unusable. */
export function whyUnusable({ defect, type, differentialBaseGuid }: BackupSet): string {
  if (defect !== null) return describeDefect(defect);
  if (type !== 'differential') return 'its time and its LSNs contradict each other';
  return differentialBaseGuid === null
    ? 'it builds on several full backups (a multi-base differential), which the history does not name'
    : `the full backup that it builds on (${differentialBaseGuid}) is not in the history or cannot be used`;
}
