import { RetryableError, TerminalError } from '../../errors.ts';
import { quoteName } from '../../databases/sqlServer/quote.ts';
import type { ServerFault } from '../../databases/sqlServer/serverFault.ts';

/** What the server said, as far as it may be shown: numbers and names of objects, never its text. */
const said = ({ doing, number, state }: ServerFault) =>
  `${doing} (SQL Server error ${String(number)}, state ${String(state)})`;

export class NameTooLongError extends TerminalError {
  override readonly code = 'name-too-long';

  constructor(database: string, length: number, most: number) {
    super(
      `The copies beside ${database} would have names of ${String(length)} characters; SQL Server has ${String(most)}`,
      {
        remedy: 'Give the target database a shorter name.',
      },
    );
  }
}

export class SourceLoginTooPowerfulError extends TerminalError {
  override readonly code = 'source-login-too-powerful';

  constructor(source: string) {
    super(`The login for ${source} is a member of sysadmin on production`, {
      remedy:
        'Use a login that may only read the backup tables of msdb; docs/providers/sql-server.md has the statements.',
    });
  }
}

export class ReadOnlySessionError extends TerminalError {
  override readonly code = 'source-is-read-only';

  constructor(source: string) {
    super(`${source} is read-only: nothing but SELECT may be asked of it`, {
      remedy: 'Nothing was sent. Report this: it must not be possible.',
    });
  }
}

export class SourceHistoryError extends TerminalError {
  override readonly code = 'source-history-unclear';

  constructor(source: string, why: string, remedy: string) {
    super(`The backup history of ${source} does not say what to restore: ${why}`, { remedy });
  }
}

export class BackupMismatchError extends TerminalError {
  override readonly code = 'backup-mismatch';

  constructor(device: string, expected: string, found: string) {
    super(`${device} holds another backup than the history says: expected ${expected}, found ${found}`, {
      remedy: 'Put the right file back, or export the history again, and start the refresh again.',
    });
  }
}

export class BackupPathRefusedError extends TerminalError {
  override readonly code = 'backup-path-refused';

  constructor(device: string, why: string) {
    super(`Backup ${device} is not read: ${why}`, {
      remedy: 'Name the folder under `backupFolders` of the source if backups really lie there.',
    });
  }
}

export class BackupLocationUnreadableError extends TerminalError {
  override readonly code = 'backup-location-unreadable';

  constructor(server: string, folder: string) {
    super(
      `${server} lists nothing in ${folder}: it is not there, or the service account of SQL Server may not read it`,
      {
        remedy: 'Let that account read share and folder, or correct `backupFolders` of the source.',
      },
    );
  }
}

export class TargetObstacleError extends TerminalError {
  override readonly code = 'target-cannot-be-swapped';

  constructor(target: string, obstacles: readonly { readonly what: string; readonly remedy: string }[]) {
    super(`${target} cannot be swapped: ${obstacles.map(({ what }) => what).join('; ')}`, {
      remedy: obstacles.map(({ remedy }) => remedy).join(' '),
    });
  }
}

export class CopyAbsentError extends TerminalError {
  override readonly code = 'database-of-run-missing';

  constructor(target: string, runId: string, what: string) {
    super(`${target} and run ${runId}: ${what}`, {
      remedy: 'Look at the databases of the server; the log of the run names them. Refresh again if the copy is gone.',
    });
  }
}

export class NewDatabaseDownError extends TerminalError {
  override readonly code = 'new-database-down';

  constructor(database: string, state: string, previous: string) {
    super(`${database} is ${state} and cannot be renamed, so ${previous}, which lies beside it, cannot take its name`, {
      remedy: `Bring it online (ALTER DATABASE ${quoteName(database)} SET ONLINE), or drop it if it is the copy (DROP DATABASE ${quoteName(database)}); then roll back again.`,
    });
  }
}

export class CopyOpenError extends TerminalError {
  override readonly code = 'copy-open';

  constructor(database: string, users: readonly string[]) {
    super(`Others than the service may still enter ${database}: ${users.join(', ')}`, {
      remedy: 'Drop the copy and report this: it must not be possible.',
    });
  }
}

export class SwapIncompleteError extends RetryableError {
  override readonly code = 'swap-incomplete';

  constructor(target: string, found: string) {
    super(`The databases of ${target} are not where the swap should have put them: ${found}`, {
      remedy: 'It is tried again. By hand: the statements stand in the log of the run.',
    });
  }
}

export class IntegrityError extends TerminalError {
  override readonly code = 'integrity-check-failed';

  constructor(fault: ServerFault) {
    super(said(fault), {
      remedy: 'Choose a recovery point with another full backup, and have production checked with DBCC CHECKDB.',
    });
  }
}
