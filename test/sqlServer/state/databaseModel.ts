import type { Value, Values } from '../sql/types.ts';
import type { Turns } from './turns.ts';

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
  /** As in sys.database_principals: S user, U user of Windows, E account of Entra, X group of Entra, R role. */
  readonly type: 'S' | 'U' | 'E' | 'X' | 'R';
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

export interface ExtendedProperty {
  readonly name: string;
  value: Value;
}
