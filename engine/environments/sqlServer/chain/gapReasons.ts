import type { Arrangement } from './arrangement.ts';
import { describeBackup } from './backupSet.ts';
import type { BackupDefect, BackupSet } from './backupSet.ts';
import { compareEnds, lowerBound } from './lsnOrder.ts';

/** Why the log backups do not lead on from a backup. */
export type GapReason =
  | { readonly kind: 'missing-log'; readonly before: BackupSet; readonly after: BackupSet }
  | { readonly kind: 'no-later-log'; readonly before: BackupSet }
  | { readonly kind: 'simple-recovery'; readonly before: BackupSet }
  | { readonly kind: 'defect'; readonly backup: BackupSet; readonly defect: BackupDefect }
  | { readonly kind: 'bulk-logged' | 'clock-change' | 'time-zone-unknown'; readonly backup: BackupSet }
  | { readonly kind: 'other-path'; readonly before: BackupSet; readonly backup: BackupSet }
  | { readonly kind: 'two-paths' };

/** How many overlapping log backups (copy-only, several replicas) are looked at for an explanation. */
const mostOverlapping = 16;

/** Explains why nothing after backup `lastBackup` reaches `at`. Made once per history: it sorts the log backups by fork. */
export function createGapExplainer(arrangement: Arrangement): (lastBackup: number, at: number) => GapReason {
  const { sets } = arrangement;
  const logs = [...sets, ...arrangement.unusable].filter(({ type }) => type === 'log');
  logs.sort(compareEnds);
  const byFork = Map.groupBy(logs, ({ firstFork }) => firstFork);

  const after = (onFork: readonly BackupSet[], lsn: bigint) => {
    const start = lowerBound(onFork.length, (place) => (onFork[place]?.lastLsn ?? 0n) <= lsn);
    return onFork.slice(start, start + mostOverlapping);
  };

  return (lastBackup, at) => {
    const before = sets[lastBackup];
    if (before === undefined) return { kind: 'two-paths' };
    if (before.isSimpleRecovery) return { kind: 'simple-recovery', before };

    let { lastLsn, lastFork } = before;
    let reached = before;
    let undated: BackupSet | undefined;
    for (;;) {
      const next = after(byFork.get(lastFork) ?? [], lastLsn);
      const joining = next.filter((log) => log.firstLsn <= lastLsn && (log.forkPointLsn ?? lastLsn) >= lastLsn);
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
      const { wholeUntil, crossesClockChange } = arrangement.timesOf(usable);
      if (wholeUntil > at) {
        const undatedKind = usable.zoneMinutes === null ? 'time-zone-unknown' : 'bulk-logged';
        return { kind: crossesClockChange ? 'clock-change' : undatedKind, backup: usable };
      }
      if (usable.zoneMinutes === null) undated = usable;
      reached = usable;
      ({ lastLsn, lastFork } = usable);
    }
  };
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
      return `the time zone of ${describeBackup(reason.backup)} is unknown`;
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
      return 'it is a snapshot';
    case 'file-or-partial':
      return 'it holds only a part of the database';
    case 'device':
      return `${defect.name} is no disk file and no URL`;
    case 'media-incomplete':
      return `file ${defect.missing.join(', ')} of its ${String(defect.familyCount)} is missing`;
  }
}
