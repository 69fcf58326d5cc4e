import type { EntraTrust } from '../logins/entra.ts';
import type { WindowsAccount } from '../logins/ntlm.ts';
import type { Value, Values } from '../sql/types.ts';
import type { ServerMessage } from '../tds/reply.ts';
import type { BackupShare } from './backups.ts';
import type { Connection } from './connection.ts';
import type { TemporaryTables } from './temporaryTables.ts';
import type { Database } from './databaseModel.ts';

/** The state of one emulated server. Tests may look at all of it, and change what they need to. */
export interface Server {
  readonly name: string;
  readonly version: readonly [major: number, minor: number, build: number];
  readonly edition: string;
  readonly collation: string;
  /** 0 is off. */
  filestreamLevel: number;
  /** `sp_configure 'user options'`, what every session begins with. 512: NOCOUNT. */
  userOptions: number;
  /** Quarter hours east of UTC of the server's clock, as `backupset.time_zone` has them. */
  zone: number;
  /** The present in UTC. */
  now: () => number;
  /** Folder of the SQLite files. */
  readonly folder: string;
  readonly databases: Database[];
  readonly sessions: Map<number, Session>;
  readonly logins: Login[];
  /** The Windows domain that the server belongs to, and the accounts that it hears of from there. */
  readonly domain: string;
  readonly windowsAccounts: WindowsAccount[];
  /** Without it, the server knows no Entra authentication. */
  readonly entra: EntraTrust | undefined;
  /** Whom Entra knows by which name; only a session that Entra has let in may make users of them (33159). */
  readonly directory: Map<string, { readonly type: 'E' | 'X'; readonly sid: string }>;
  /** For which service it has its clients fetch a token. */
  entraAudience: string;
  readonly volumes: Volume[];
  readonly share: BackupShare;
  /** Files that lie on the volumes though no database has them: leftovers, other programs' files; folders end with `\\`. */
  readonly strayFiles: Set<string>;
  readonly history: History;
  readonly certificates: Certificate[];
  /** Rows of catalogue views that this double keeps but has no opinion of: `sys.synonyms`, `msdb.dbo.sysjobs`, … */
  readonly otherRows: Map<string, Values[]>;
  readonly applicationLocks: ApplicationLock[];
  /**
   * Databases that an application in a retry loop is waiting for, and how often it comes back: it enters as soon as the
   * single place is free.
   */
  readonly intruders: Map<string, number>;
  /** How long a RESTORE, a BACKUP, a DBCC CHECKDB or the scan of a decryption takes, in real milliseconds. */
  pace: { restoreMs: number; checkMs: number; decryptMs: number };
  /** Statistics that are updated in the background, until a time in real milliseconds. */
  readonly statisticsJobs: StatisticsJob[];
  nextDatabaseId: number;
  nextSessionId: number;
}

export interface StatisticsJob {
  readonly id: number;
  readonly databaseId: number;
  until: number;
}

export interface Login {
  readonly name: string;
  readonly kind: 'sql' | 'windows' | 'entra';
  /** Of a SQL login. */
  password: string;
  /** Of an Entra principal. */
  readonly objectId?: string;
  readonly sid: string;
  /** sysadmin, dbcreator, … */
  readonly roles: Set<string>;
  /** `VIEW SERVER STATE`, … */
  readonly permissions: Set<string>;
  isDisabled: boolean;
  readonly defaultDatabase: string;
}

export interface Volume {
  readonly mountPoint: string;
  readonly totalBytes: number;
  availableBytes: number;
}

export interface Certificate {
  readonly name: string;
  /** Hex, without 0x. */
  readonly thumbprint: string;
  readonly isWithoutPrivateKey?: true;
}

export interface ApplicationLock {
  readonly database: string;
  readonly resource: string;
  readonly session: number;
  readonly owner: 'Session' | 'Transaction';
  mode: string;
}

/** Rows of msdb by the columns of the tables; newest last. */
export interface History {
  readonly backupset: Values[];
  readonly backupmediaset: Values[];
  readonly backupmediafamily: Values[];
  readonly backupfile: Values[];
}

export interface Session {
  readonly id: number;
  readonly login: Login;
  readonly server: Server;
  readonly loginTime: number;
  readonly hostName: string;
  readonly programName: string;
  readonly processId: number;
  readonly isEncrypted: boolean;
  readonly initialDatabase: string;
  database: Database;
  isXactAbort: boolean;
  transaction: Transaction | undefined;
  /** Open SQLite files by the database they belong to. */
  readonly connections: Map<Database, Connection>;
  readonly temporaryTables: TemporaryTables;
  request: RunningRequest | undefined;
  readonly kill: (message: ServerMessage) => void;
  readonly cut: () => void;
}

export interface Transaction {
  readonly descriptor: bigint;
  depth: number;
  /** What was changed where, in the order of the changes. */
  readonly changes: Map<Database, { text: string; parameters: Readonly<Record<string, Value>> }[]>;
  /** What else a rollback takes back, the last one first. */
  readonly undo: (() => void)[];
}

export interface RunningRequest {
  command: string;
  readonly startedAt: number;
  percent: number;
  readonly text: string;
}
