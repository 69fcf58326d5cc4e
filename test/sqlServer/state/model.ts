import type { EntraTrust } from '../logins/entra.ts';
import type { WindowsAccount } from '../logins/ntlm.ts';
import type { Value, Values } from '../sql/types.ts';
import type { ServerMessage } from '../tds/reply.ts';
import type { BackupShare } from './backups.ts';
import type { Connection } from './connection.ts';
import type { TemporaryTables } from './temporaryTables.ts';
import type { Turns } from './turns.ts';

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

export interface Database {
  name: string;
  readonly id: number;
  readonly createdAt: number;
  guid: string;
  familyGuid: string;
  forkGuid: string;
  /** The name of a login. */
  owner: string;
  state: 'ONLINE' | 'RESTORING' | 'OFFLINE' | 'SUSPECT' | 'RECOVERY_PENDING';
  userAccess: 'MULTI_USER' | 'SINGLE_USER' | 'RESTRICTED_USER';
  /** The session that holds the only place of SINGLE_USER. */
  holder: number | undefined;
  /** Whoever sets SINGLE_USER keeps the place from anywhere; whoever entered leaves it by leaving. */
  isHeldBySetter: boolean;
  options: DatabaseOptions;
  readonly files: DatabaseFile[];
  /** The SQLite file with the tables; undefined before the first data backup is restored. */
  path: string;
  /** Every commit, oldest first. */
  log: Commit[];
  /** Where the log stands: the number of the next record. */
  position: number;
  /** Where the next log backup begins; undefined before the first full backup. */
  logStart: number | undefined;
  differentialBase: { readonly uuid: string; readonly checkpoint: number } | undefined;
  restoring: Restoring | undefined;
  /** Where the present recovery fork left the one before, until a log backup has told so. */
  fork: { readonly point: number; readonly before: string } | undefined;
  principals: Principal[];
  properties: ExtendedProperty[];
  /** Rows of catalogue views that come along with a backup: `sys.synonyms`, `sys.external_data_sources`, … */
  ownRows: Map<string, Values[]>;
  /** Members of availability groups, published, … and whatever else forbids a rename. */
  readonly isSystem: boolean;
  /** One session at a time changes the tables. */
  readonly turns: Turns;
}

export interface DatabaseOptions {
  recoveryModel: 'FULL' | 'SIMPLE' | 'BULK_LOGGED';
  compatibilityLevel: number;
  brokerGuid: string;
  collation: string;
  pageVerify: string;
  /** DISABLED without it. */
  delayedDurability?: string;
  /** 60 without it. */
  recoverySeconds?: number;
  /** Settings of the query store that are not the default, by the columns of sys.database_query_store_options. */
  queryStore?: Readonly<Record<string, Value>>;
  /** `is_read_committed_snapshot_on` and its like, by the names of sys.databases. */
  flags: Record<string, 0 | 1>;
  /** `MAXDOP`, `LEGACY_CARDINALITY_ESTIMATION`, … as sys.database_scoped_configurations has them. */
  scoped: Record<string, Value>;
  changeTracking: { readonly retentionDays: number; readonly autoCleanup: boolean } | undefined;
  /** Thumbprint of the certificate that protects the encryption key; undefined without TDE. */
  encryptor: string | undefined;
  /** ENCRYPTION OFF was set: until when the scan goes on in real time, milliseconds. The key stays behind it. */
  decryption: { readonly from: number; readonly until: number } | undefined;
  /** Rows in the query store: texts of production's queries. */
  queryStoreRows: number;
}

export interface DatabaseFile {
  readonly id: number;
  readonly logicalName: string;
  readonly physicalName: string;
  readonly type: 'ROWS' | 'LOG' | 'FILESTREAM';
  readonly sizeBytes: number;
}

export interface Commit {
  readonly position: number;
  /** UTC, milliseconds. */
  readonly at: number;
  /** The statements as SQLite ran them, to be run again. */
  readonly statements: readonly { readonly text: string; readonly parameters: Readonly<Record<string, Value>> }[];
}

/** How far a restore has come. */
export interface Restoring {
  position: number;
  forkGuid: string;
  /** The full backup that a differential needs. */
  readonly baseUuid: string;
  /** Of the last commit that was rolled forward. */
  at: number;
  /** A log backup was stopped in: nothing more may follow. */
  isHalted: boolean;
  stopAt: number | undefined;
  /** The log that is still to be backed up after the recovery: from here on, and what of it was applied. */
  logFrom: number;
  applied: Commit[];
  /** Rolled forward in the log, so that a differential no longer fits. */
  hasLogs: boolean;
}

export interface Principal {
  readonly name: string;
  readonly id: number;
  /** As in sys.database_principals: S user, U user of Windows, R role. */
  readonly type: 'S' | 'U' | 'R';
  /** The login's sid in hex; undefined for roles. */
  sid: string | undefined;
  readonly roles: Set<string>;
  /** Made WITHOUT LOGIN: never to be given one. */
  readonly isWithoutLogin?: true;
  /** Schemas that it owns, besides those that every database has. */
  ownedSchemas?: readonly string[];
  /** Of a role: the name of its owner, when that is not dbo. */
  owner?: string;
  /** `DENY CONNECT`, `GRANT SELECT`, … */
  readonly permissions: Permission[];
}

export interface Permission {
  readonly state: 'GRANT' | 'GRANT_WITH_GRANT_OPTION' | 'DENY';
  readonly name: string;
  /** Of the whole database without it. */
  readonly on?: Securable;
}

/** A schema, or with `object` something in it. */
export interface Securable {
  readonly schema: string;
  readonly object?: string;
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

export interface ExtendedProperty {
  readonly name: string;
  value: Value;
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
  readonly restorehistory: Values[];
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
  /** After an error under XACT_ABORT in TRY: only ROLLBACK is left. */
  isDoomed: boolean;
  /** What was changed where, in the order of the changes. */
  readonly changes: Map<Database, { text: string; parameters: Readonly<Record<string, Value>> }[]>;
}

export interface RunningRequest {
  command: string;
  readonly startedAt: number;
  percent: number;
  readonly text: string;
}
