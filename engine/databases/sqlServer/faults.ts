import { RetryableError, TerminalError } from '../../errors.ts';
import { featureOf } from './editionFeatures.ts';
import type { ServerFault } from './serverFault.ts';

/** A statement of the engine that the server refused. One class per thing that somebody can do about it. */
abstract class ServerRefusal extends TerminalError {
  readonly number: number;

  constructor(fault: ServerFault, what: string, remedy: string) {
    super(`${what} ${tail(fault)}`, { remedy });
    this.number = fault.number;
  }
}

abstract class ServerHesitation extends RetryableError {
  readonly number: number;

  constructor(fault: ServerFault, what: string, remedy: string) {
    super(`${what} ${tail(fault)}`, { remedy });
    this.number = fault.number;
  }
}

/** The server has answered, and its answer is no. */
export const isRefusal = (error: unknown): error is ServerRefusal => error instanceof ServerRefusal;

const tail = ({ number, doing, server }: ServerFault) =>
  `(SQL Server error ${String(number)} while ${doing} on ${server})`;
const named = ({ objects }: ServerFault, otherwise: string) => objects[0] ?? otherwise;

export class DatabaseInUseError extends ServerHesitation {
  override readonly code = 'database-in-use';
  constructor(fault: ServerFault) {
    super(
      fault,
      `${named(fault, 'The database')} is held by another session`,
      'It is tried again. A service that reconnects at once has to be stopped first.',
    );
  }
}

export class ChosenAsDeadlockVictimError extends ServerHesitation {
  override readonly code = 'deadlock-victim';
  constructor(fault: ServerFault) {
    super(fault, 'The server ended the statement to resolve a deadlock', 'It is tried again.');
  }
}

export class BackupUnreadableError extends ServerRefusal {
  override readonly code = 'backup-unreadable';
  constructor(fault: ServerFault) {
    const why = fault.osError === undefined ? '' : `, operating system error ${String(fault.osError)}`;
    super(
      fault,
      `The server cannot read ${named(fault, 'a backup')}${why}`,
      'Let the service account of SQL Server read the file: it must exist, and its share and folder must admit that account.',
    );
  }
}

export class BackupCorruptError extends ServerRefusal {
  override readonly code = 'backup-corrupt';
  constructor(fault: ServerFault) {
    super(
      fault,
      `${named(fault, 'A backup')} is damaged or incomplete`,
      'Put an intact copy of the file back, or choose a moment that needs another backup.',
    );
  }
}

export class NotABackupError extends ServerRefusal {
  override readonly code = 'not-a-backup';
  constructor(fault: ServerFault) {
    super(fault, `${named(fault, 'A file')} is no backup of SQL Server`, 'Put the backup back in its place.');
  }
}

export class StripeMissingError extends ServerRefusal {
  override readonly code = 'backup-stripe-missing';
  constructor(fault: ServerFault) {
    super(
      fault,
      'The backup has more files than are there',
      'Put all files of the striped backup back, and export the history again.',
    );
  }
}

export class ServerTooOldError extends ServerRefusal {
  override readonly code = 'server-too-old';
  constructor(fault: ServerFault) {
    super(
      fault,
      'The backup comes from a newer version of SQL Server than this server has',
      'Use a target server of at least production’s version.',
    );
  }
}

export class EditionLacksFeatureError extends ServerRefusal {
  override readonly code = 'edition-lacks-feature';
  constructor(fault: ServerFault) {
    const { feature, remedy } = featureOf(fault.number);
    const [database = 'The database', object] = fault.objects;
    super(
      fault,
      `${database} has ${feature}${object === undefined ? '' : ` (${object})`}, which this edition does not take`,
      remedy,
    );
  }
}

export class FilestreamOffError extends ServerRefusal {
  override readonly code = 'filestream-off';
  constructor(fault: ServerFault) {
    super(
      fault,
      'The database has FILESTREAM files, and FILESTREAM is off on this server',
      'Switch it on in SQL Server Configuration Manager and with sp_configure (filestream access level).',
    );
  }
}

export class CertificateAbsentError extends ServerRefusal {
  override readonly code = 'certificate-absent';
  constructor(fault: ServerFault) {
    super(
      fault,
      `The server lacks the certificate or key with thumbprint ${named(fault, '(not named)')}, or its private key`,
      'Create it in master of the target server with CREATE CERTIFICATE … FROM FILE … WITH PRIVATE KEY.',
    );
  }
}

export class NoSpaceError extends ServerRefusal {
  override readonly code = 'disk-full';
  constructor(fault: ServerFault) {
    super(
      fault,
      `Volume ${named(fault, 'of the copy')} has too little free space`,
      'Free space there, drop an older previous database, or name other folders in the settings of the target.',
    );
  }
}

export class PermissionMissingError extends ServerRefusal {
  override readonly code = 'permission-missing';
  constructor(fault: ServerFault) {
    super(
      fault,
      'The service lacks a right',
      'Run `rewind doctor`; it names the right and the statement that gives it.',
    );
  }
}

export class WrongBackupError extends ServerRefusal {
  override readonly code = 'backup-of-another-database';
  constructor(fault: ServerFault) {
    super(
      fault,
      'The backup belongs to another database',
      'Export the history again; two databases may share their backup files.',
    );
  }
}

export class ChainRefusedError extends ServerRefusal {
  override readonly code = 'restore-chain-refused';
  constructor(fault: ServerFault) {
    super(
      fault,
      'The backups do not join: one is missing, or it is on another recovery path',
      'Put the missing log backup back, export the history again, and plan again.',
    );
  }
}

export class StopPointRefusedError extends ServerRefusal {
  override readonly code = 'stop-point-refused';
  constructor(fault: ServerFault) {
    super(
      fault,
      'The backups cannot be stopped at the recovery point',
      'Choose another moment: a little later, or outside a bulk-logged backup.',
    );
  }
}

export class SimpleRecoveryError extends ServerRefusal {
  override readonly code = 'simple-recovery-model';
  constructor(fault: ServerFault) {
    super(
      fault,
      'The source is in the simple recovery model, which has no moments between backups',
      'Choose the end of a full or differential backup, or set the source to the full recovery model.',
    );
  }
}

export class FilePlacementError extends ServerRefusal {
  override readonly code = 'file-not-placed';
  constructor(fault: ServerFault) {
    super(
      fault,
      `A file of the copy cannot be placed at ${named(fault, 'its folder')}`,
      'Remove the left-over file, or name other folders in the settings of the target.',
    );
  }
}

export class DatabaseNameTakenError extends ServerRefusal {
  override readonly code = 'database-name-taken';
  constructor(fault: ServerFault) {
    super(
      fault,
      `A database ${named(fault, 'of that name')} exists already`,
      'Look whose it is; rename or drop it by hand.',
    );
  }
}

export class DatabaseUnavailableError extends ServerRefusal {
  override readonly code = 'database-unavailable';
  constructor(fault: ServerFault) {
    super(
      fault,
      `${named(fault, 'The database')} does not exist or cannot be opened`,
      'Look at its state on the server (sys.databases).',
    );
  }
}

export class SourceNotBackedUpError extends ServerRefusal {
  override readonly code = 'source-not-backed-up';
  constructor(fault: ServerFault) {
    super(fault, 'The database has no full backup that its log could follow', 'Take a full backup.');
  }
}

export class StatementRefusedError extends ServerRefusal {
  override readonly code = 'statement-refused';
  constructor(fault: ServerFault) {
    super(fault, 'The server refused a statement', 'Look the number up and read the error log of the server.');
  }
}
