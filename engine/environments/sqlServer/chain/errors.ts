import type { Instant } from '../../../contracts.ts';
import { TerminalError } from '../../../errors.ts';

/** An exported history that cannot be read; `detail` names the rows. */
export class BackupHistoryUnusableError extends TerminalError {
  override readonly code = 'backup-history-unusable';

  constructor(detail: string, cause?: unknown) {
    super(`The backup history cannot be used: ${detail}`, {
      remedy: 'Export it again with the statement of docs/plan-from-history.md.',
      cause,
    });
  }
}

/** What every refusal of a recovery point says. `detail` names the backups, the times and the LSNs. */
export interface Refusal {
  readonly database: string;
  readonly at: Instant;
  readonly detail: string;
  /** The last reachable moment before `at` and the first one after it, as far as they exist. */
  readonly nearest: readonly Instant[];
}

/** No restore chain reaches the moment asked for. */
export abstract class RestoreChainRefusal extends TerminalError {
  readonly nearest: readonly Instant[];

  constructor({ database, at, detail, nearest }: Refusal, remedy: string) {
    const choose =
      nearest.length === 0
        ? 'No other moment is reachable with this history either.'
        : `Or choose another moment; the nearest: ${nearest.join(', ')}.`;
    super(`${database} cannot be restored as of ${at}: ${detail}`, { remedy: `${remedy} ${choose}` });
    this.nearest = nearest;
  }
}

/** Log backups break off before the moment and go on after a hole. */
export class RestoreChainGapError extends RestoreChainRefusal {
  override readonly code = 'restore-chain-gap';

  constructor(refusal: Refusal) {
    super(refusal, 'Put the missing log backup back and export the history again.');
  }
}

export class RecoveryPointTooEarlyError extends RestoreChainRefusal {
  override readonly code = 'recovery-point-too-early';

  constructor(refusal: Refusal) {
    super(refusal, 'Add older backups, if they still exist.');
  }
}

export class RecoveryPointTooLateError extends RestoreChainRefusal {
  override readonly code = 'recovery-point-too-late';

  constructor(refusal: Refusal) {
    super(refusal, 'Wait for the next log backup, or take one now.');
  }
}

export class RecoveryPointInBulkLoggedBackupError extends RestoreChainRefusal {
  override readonly code = 'recovery-point-in-bulk-logged-backup';

  constructor(refusal: Refusal) {
    super(refusal, 'A log backup with bulk-logged changes is restored as a whole or not at all.');
  }
}

/** The server's clock was changed around the moment: the wall time that STOPAT takes names no single moment there. */
export class RecoveryPointInClockChangeError extends RestoreChainRefusal {
  override readonly code = 'recovery-point-in-clock-change';

  constructor(refusal: Refusal) {
    super(refusal, 'Choose a moment before or after the change of the clock.');
  }
}

export class RecoveryPointZoneUnknownError extends RestoreChainRefusal {
  override readonly code = 'recovery-point-zone-unknown';

  constructor(refusal: Refusal) {
    super(
      refusal,
      'Find out in which time zone the server ran, and write it into time_zone of these backups; for a backup location, declare `serverTimeZone`.',
    );
  }
}

/** Two databases of one name and family were in use at the moment; which of them is meant cannot be told. */
export class RecoveryPathAmbiguousError extends RestoreChainRefusal {
  override readonly code = 'recovery-path-ambiguous';

  constructor(refusal: Refusal) {
    super(refusal, 'Export the history of one of them only (by server_name).');
  }
}

/** Log backups go on after the chain, but on a recovery path that nothing in the history leads to. */
export class RecoveryPathUnknownError extends RestoreChainRefusal {
  override readonly code = 'recovery-path-unknown';

  constructor(refusal: Refusal) {
    super(
      refusal,
      'Add the full backup that was taken after the source was restored, or the log backup that leads there.',
    );
  }
}

export class BackupDamagedError extends RestoreChainRefusal {
  override readonly code = 'backup-damaged';

  constructor(refusal: Refusal) {
    super(refusal, 'Check the source database (DBCC CHECKDB) and take a full backup.');
  }
}

export class BackupMediaIncompleteError extends RestoreChainRefusal {
  override readonly code = 'backup-media-incomplete';

  constructor(refusal: Refusal) {
    super(
      refusal,
      'Put the missing files of the backup back and export the history again. What was overwritten is gone, unless somebody kept a copy of the file.',
    );
  }
}

/** Snapshots, tapes, virtual devices, file and partial backups. */
export class BackupNotRestorableError extends RestoreChainRefusal {
  override readonly code = 'backup-not-restorable';

  constructor(refusal: Refusal) {
    super(refusal, 'Take native full and log backups to disk or to a URL, and none to NUL.');
  }
}

export class FullBackupMissingError extends RestoreChainRefusal {
  override readonly code = 'full-backup-missing';

  constructor(refusal: Refusal) {
    super(refusal, 'Take a full backup, or add the one that the other backups build upon.');
  }
}

export class BackupFromNewerServerError extends RestoreChainRefusal {
  override readonly code = 'backup-from-newer-server';

  constructor(refusal: Refusal) {
    super(refusal, 'Restore on a server of at least that version.');
  }
}

export class BackupCertificateMissingError extends RestoreChainRefusal {
  override readonly code = 'backup-certificate-missing';

  constructor(refusal: Refusal) {
    super(
      refusal,
      'Create the certificate with its private key in master of the target server (CREATE CERTIFICATE … FROM FILE).',
    );
  }
}
