import { RetryableError, TerminalError } from '../../errors.ts';

/** What failed, in our words: `restoring uat`. Never a text of the server. */
interface Fault {
  readonly doing: string;
  /** SQLSTATE, or the operating system's name for it: `53100`, `ENOSPC`. */
  readonly code: string;
  readonly path?: string;
}

const said = ({ doing, code, path }: Fault) => `${doing} (${code}${path === undefined ? '' : `, ${path}`})`;

export class PostgresDiskFullError extends TerminalError {
  override readonly code = 'disk-full';

  constructor(fault: Fault) {
    super(`A disk is full, found out while ${said(fault)}`, {
      remedy: 'Free space where the sandbox’s data directories and their temporary files lie, then try again.',
    });
  }
}

export class PostgresConnectionLostError extends RetryableError {
  override readonly code = 'connection-lost';

  constructor(fault: Fault) {
    super(`The connection to PostgreSQL was cut, or not to be had, while ${said(fault)}`, {
      remedy: 'It is tried again. Look whether the server runs, and read the end of its log.',
    });
  }
}

export class PostgresLoginRefusedError extends TerminalError {
  override readonly code = 'login-refused';

  constructor(fault: Fault) {
    super(`PostgreSQL refuses the login of the service, or has no such database, while ${said(fault)}`, {
      remedy: 'Check role, password and database in the settings of the environment.',
    });
  }
}

export class PostgresStatementRefusedError extends TerminalError {
  override readonly code = 'statement-refused';

  constructor(fault: Fault) {
    const why = fault.code.endsWith('25006') ? ', because the session is read-only,' : '';
    super(`PostgreSQL refused a statement${why} while ${said(fault)}`, {
      remedy: 'Look the SQLSTATE up and read the server’s log.',
    });
  }
}

/** Others hold what is needed, or the disk stumbles: may pass. */
export class FilesBusyError extends RetryableError {
  override readonly code = 'files-busy';

  constructor(fault: Fault) {
    super(`The operating system is short of something while ${said(fault)}`, {
      remedy: 'It is tried again. Look at open files, memory and the disk of this machine.',
    });
  }
}

export class FilesRefusedError extends TerminalError {
  override readonly code = 'files-refused';

  constructor(fault: Fault) {
    super(`The operating system refuses a file while ${said(fault)}`, {
      remedy: 'Let the worker’s account read and write there, and put back what somebody has moved or replaced.',
    });
  }
}
