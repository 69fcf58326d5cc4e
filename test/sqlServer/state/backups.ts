import type { Values } from '../sql/types.ts';
import type { Commit, DatabaseFile, DatabaseOptions, ExtendedProperty, Principal } from './databaseModel.ts';

/** Where backup files lie: servers that are given the same one see the same files. */
export interface BackupShare {
  readonly files: Map<string, BackupFile>;
}

export interface BackupFile {
  readonly path: string;
  readonly mediaSetUuid: string;
  /** 1 of 2, 2 of 2, …: stripes of one media set. */
  readonly familySequence: number;
  readonly familyCount: number;
  readonly sets: BackupSet[];
  /** Last write, where it is not the end of the last backup. */
  touchedAt?: number;
  /** What a server meets that reads the file. */
  fault:
    | undefined
    | { readonly kind: 'missing' }
    | { readonly kind: 'denied' }
    | { readonly kind: 'unreadable' }
    /** Another program has it open. */
    | { readonly kind: 'in-use' }
    | { readonly kind: 'not-a-backup' }
    /** Its last backup has no end: cut off, or still being written. */
    | { readonly kind: 'unfinished' }
    | { readonly kind: 'damaged'; readonly position?: number };
}

/** A backup set: what its header says, and what a restore finds in it. */
export interface BackupSet {
  readonly uuid: string;
  readonly type: 'D' | 'I' | 'L';
  readonly databaseName: string;
  readonly serverName: string;
  readonly databaseGuid: string;
  readonly familyGuid: string;
  readonly firstFork: string;
  readonly lastFork: string;
  readonly forkPoint: number | undefined;
  readonly first: number;
  /** Number of the next log record after the backup. */
  readonly last: number;
  readonly checkpoint: number;
  readonly databaseBackup: number;
  readonly baseUuid: string | undefined;
  readonly baseCheckpoint: number | undefined;
  /** UTC, milliseconds. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly zone: number;
  readonly position: number;
  readonly isCopyOnly: boolean;
  readonly isBulkLogged: boolean;
  readonly hasChecksums: boolean;
  readonly isDamaged: boolean;
  /** Thumbprint of TDE: without its certificate nothing but the header can be read. */
  readonly encryptor: string | undefined;
  /** Thumbprint with which the backup itself is encrypted: not even the header. */
  readonly backupEncryptor: string | undefined;
  readonly sizeBytes: number;
  readonly version: readonly [number, number, number];
  readonly collation: string;
  readonly recoveryModel: string;
  readonly compatibilityLevel: number;
  readonly files: readonly DatabaseFile[];
  /** Of full and differential backups: a copy of the SQLite file, and what stands beside the tables. */
  readonly snapshot: Snapshot | undefined;
  /** Of log backups. */
  readonly commits: readonly Commit[];
}

export interface Snapshot {
  readonly path: string;
  readonly owner: string;
  readonly options: DatabaseOptions;
  readonly principals: readonly Principal[];
  readonly properties: readonly ExtendedProperty[];
  readonly ownRows: ReadonlyMap<string, readonly Values[]>;
}

export function createBackupShare(): BackupShare {
  return { files: new Map() };
}

/** Names of files do not tell case apart, as on Windows. */
export function findBackupFile(share: BackupShare, path: string): BackupFile | undefined {
  return share.files.get(path.toLowerCase());
}

/** The number of a log record as SQL Server writes it: beyond what a JavaScript number holds. */
export function toLsn(position: number): string {
  return `4213${String(position).padStart(13, '0')}00001`;
}
