import type { Arrangement } from './arrangement.ts';
import { describeBackup } from './backupSet.ts';
import type { BackupDefect, BackupSet } from './backupSet.ts';
import {
  BackupDamagedError,
  BackupMediaIncompleteError,
  BackupNotRestorableError,
  FullBackupMissingError,
  RecoveryPathAmbiguousError,
  RecoveryPathUnknownError,
  RecoveryPointInBulkLoggedBackupError,
  RecoveryPointInClockChangeError,
  RecoveryPointTooEarlyError,
  RecoveryPointTooLateError,
  RecoveryPointZoneUnknownError,
  RestoreChainGapError,
} from './errors.ts';
import type { Refusal, RestoreChainRefusal } from './errors.ts';
import { createGapExplainer, describeDefect, describeGap, whyUnusable } from './gapReasons.ts';
import type { GapReason } from './gapReasons.ts';
import { lowerBound } from './lsnOrder.ts';
import { findRecoveryWindows } from './recoveryWindows.ts';
import type { ReachableWindow } from './recoveryWindows.ts';
import { formatInstant } from './serverTime.ts';

/** The refusal of a moment that no chain reaches: its cause, and the reachable moments on both sides. */
export function refuseRecoveryPoint(arrangement: Arrangement, at: number): RestoreChainRefusal {
  const windows = findRecoveryWindows(arrangement);
  const later = lowerBound(windows.length, (place) => (windows[place]?.from ?? Infinity) <= at);
  const [before, after] = [windows[later - 1], windows[later]];
  const refusal = (detail: string): Refusal => ({
    database: arrangement.history.databaseName,
    at: formatInstant(at),
    detail,
    nearest: [before?.to, after?.from].flatMap((moment) => (moment === undefined ? [] : [formatInstant(moment)])),
  });

  if (before === undefined) return refuseWithoutBase(arrangement, at, after, refusal);
  const reason = createGapExplainer(arrangement)(before.lastBackup, at);
  const span = `between ${formatInstant(before.to)} and ${after === undefined ? 'the moment' : formatInstant(after.from)}`;
  return refuseFor(
    reason,
    after !== undefined,
    refusal(`${span} ${describeGap(reason)}${alsoUnusable(arrangement, before, at)}`),
  );
}

function refuseWithoutBase(
  arrangement: Arrangement,
  at: number,
  after: ReachableWindow | undefined,
  refusal: (detail: string) => Refusal,
): RestoreChainRefusal {
  const broken = findUnusable(arrangement, notWhole, -Infinity, at);
  if (broken?.defect) {
    return refuseDefect(
      broken.defect,
      refusal(`${describeBackup(broken)} cannot be used: ${describeDefect(broken.defect)}`),
    );
  }
  if (after !== undefined) {
    const first = `the first usable full backup ended at ${formatInstant(after.from)}`;
    return new RecoveryPointTooEarlyError(refusal(first));
  }
  const any = findUnusable(arrangement, notWhole, -Infinity, Infinity);
  if (any?.defect) {
    return refuseDefect(any.defect, refusal(`${describeBackup(any)} cannot be used: ${describeDefect(any.defect)}`));
  }
  return new FullBackupMissingError(refusal('the history holds no full backup'));
}

const notWhole: readonly BackupSet['type'][] = ['full', 'file-or-partial'];
const bridging: readonly BackupSet['type'][] = ['full', 'differential'];

/** The newest that ended in (since, at] and cannot be used. */
function findUnusable(
  { unusable, timesOf }: Arrangement,
  types: readonly BackupSet['type'][],
  since: number,
  at: number,
): BackupSet | undefined {
  return unusable
    .filter((set) => types.includes(set.type) && timesOf(set).finishedAt > since && timesOf(set).finishedAt <= at)
    .sort((left, right) => timesOf(right).finishedAt - timesOf(left).finishedAt)[0];
}

/** The newest full or differential backup since the last reachable moment that could have bridged it, and cannot be used. */
function alsoUnusable(arrangement: Arrangement, before: ReachableWindow, at: number): string {
  const newest = findUnusable(arrangement, bridging, before.to, at);
  return newest === undefined ? '' : `; ${describeBackup(newest)} cannot be used either: ${whyUnusable(newest)}`;
}

function refuseFor(reason: GapReason, goesOnLater: boolean, refusal: Refusal): RestoreChainRefusal {
  switch (reason.kind) {
    case 'missing-log':
    case 'simple-recovery':
      return new RestoreChainGapError(refusal);
    case 'no-later-log':
      return goesOnLater ? new RestoreChainGapError(refusal) : new RecoveryPointTooLateError(refusal);
    case 'defect':
      return refuseDefect(reason.defect, refusal);
    case 'bulk-logged':
      return new RecoveryPointInBulkLoggedBackupError(refusal);
    case 'clock-change':
      return new RecoveryPointInClockChangeError(refusal);
    case 'time-zone-unknown':
    case 'primary-zone-unknown':
      return new RecoveryPointZoneUnknownError(refusal);
    case 'other-path':
      return new RecoveryPathUnknownError(refusal);
    case 'two-paths':
      return new RecoveryPathAmbiguousError(refusal);
  }
}

function refuseDefect(defect: BackupDefect, refusal: Refusal): RestoreChainRefusal {
  switch (defect.kind) {
    case 'damaged':
      return new BackupDamagedError(refusal);
    case 'overwritten':
    case 'family-count':
    case 'media-incomplete':
      return new BackupMediaIncompleteError(refusal);
    case 'snapshot':
    case 'device':
    case 'file-or-partial':
      return new BackupNotRestorableError(refusal);
  }
}
