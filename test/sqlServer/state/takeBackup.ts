import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sqlError, sqlErrors } from '../sql/sqlError.ts';
import { type BackupFile, type BackupSet, type Snapshot } from './backups.ts';
import { recordInHistory } from './backupHistory.ts';
import { openConnection } from './connection.ts';
import type { Server } from './model.ts';
import type { Database } from './databaseModel.ts';

export interface BackupWish {
  readonly type: 'D' | 'I' | 'L';
  /** One per stripe. */
  readonly paths: readonly string[];
  readonly isCopyOnly?: boolean;
  readonly isBulkLogged?: boolean;
  readonly hasChecksums?: boolean;
  /** How long it took; it ends now. */
  readonly durationMs?: number;
  /** Overwrite what the files hold, instead of adding to it. */
  readonly isInit?: boolean;
  /** Thumbprint of the certificate that encrypts the backup itself. */
  readonly encryptor?: string;
  /** Devices at an address count as URL. */
  readonly isUrl?: boolean;
}

const newGuid = () => randomUUID().toUpperCase();

/** Backs a database up as BACKUP does: the set in its files, its row in msdb. @throws SqlError 4208, 4214, 3035 */
export function takeBackup(server: Server, database: Database, wish: BackupWish): BackupSet {
  const { type, isCopyOnly = false } = wish;
  if (type === 'L') requireLog(database);
  if (type === 'I' && !database.differentialBase)
    throw sqlErrors(
      [
        3035,
        `Cannot perform a differential backup for database "${database.name}", because a current database backup does not exist.`,
      ],
      [3013, 'BACKUP DATABASE is terminating abnormally.'],
    );
  const checkpoint = database.position;
  // A data backup writes a record of its own.
  if (type !== 'L') database.position += 1;
  const first = type === 'L' ? (database.logStart ?? checkpoint) : checkpoint;
  const crossing = type === 'L' && database.fork && first < database.fork.point ? database.fork : undefined;
  const finishedAt = server.now();
  const files = openTargets(server, wish);
  const set: BackupSet = {
    uuid: newGuid(),
    type,
    databaseName: database.name,
    serverName: server.name,
    databaseGuid: database.guid,
    familyGuid: database.familyGuid,
    firstFork: crossing?.before ?? database.forkGuid,
    lastFork: database.forkGuid,
    forkPoint: crossing?.point,
    first,
    last: database.position,
    checkpoint,
    databaseBackup: database.differentialBase?.checkpoint ?? 0,
    baseUuid: type === 'I' ? database.differentialBase?.uuid : undefined,
    baseCheckpoint: type === 'I' ? database.differentialBase?.checkpoint : undefined,
    startedAt: finishedAt - (wish.durationMs ?? 0),
    finishedAt,
    zone: server.zone,
    position: (files[0]?.sets.length ?? 0) + 1,
    isCopyOnly,
    isBulkLogged: wish.isBulkLogged ?? false,
    hasChecksums: wish.hasChecksums ?? true,
    isDamaged: false,
    encryptor: database.options.encryptor,
    backupEncryptor: wish.encryptor,
    sizeBytes: type === 'D' ? database.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) : 1_048_576,
    version: server.version,
    collation: database.options.collation,
    recoveryModel: database.options.recoveryModel,
    compatibilityLevel: database.options.compatibilityLevel,
    files: database.files.map((file) => ({ ...file })),
    snapshot: type === 'L' ? undefined : takeSnapshot(server, database),
    commits:
      type === 'L' ? database.log.filter(({ position }) => position >= first && position < database.position) : [],
  };
  for (const file of files) file.sets.push(set);
  if (type === 'L' && !isCopyOnly) {
    database.logStart = set.last;
    database.fork = undefined;
  }
  if (type === 'D') {
    if (database.options.recoveryModel !== 'SIMPLE') database.logStart ??= first;
    if (!isCopyOnly) database.differentialBase = { uuid: set.uuid, checkpoint };
  }
  recordInHistory(server, set, files, wish.isUrl === true);
  return set;
}

function requireLog({ options, logStart }: Database): void {
  if (options.recoveryModel === 'SIMPLE')
    throw sqlErrors(
      [
        4208,
        'The statement BACKUP LOG is not allowed while the recovery model is SIMPLE. Use BACKUP DATABASE or change the recovery model using ALTER DATABASE.',
      ],
      [3013, 'BACKUP LOG is terminating abnormally.'],
    );
  if (logStart === undefined)
    throw sqlErrors(
      [4214, 'BACKUP LOG cannot be performed because there is no current database backup.'],
      [3013, 'BACKUP LOG is terminating abnormally.'],
    );
}

function openTargets(server: Server, { paths, isInit = false }: BackupWish): readonly BackupFile[] {
  const mediaSetUuid = newGuid();
  return paths.map((path, index) => {
    const existing = server.share.files.get(path.toLowerCase());
    if (existing && !isInit) {
      if (existing.familyCount !== paths.length)
        throw sqlError(
          3132,
          `The media set has ${existing.familyCount} media families but only ${paths.length} are provided. All members must be provided.`,
        );
      return existing;
    }
    const file: BackupFile = {
      path,
      mediaSetUuid,
      familySequence: index + 1,
      familyCount: paths.length,
      sets: [],
      fault: undefined,
    };
    server.share.files.set(path.toLowerCase(), file);
    return file;
  });
}

function takeSnapshot(server: Server, database: Database): Snapshot {
  const path = join(server.folder, `${newGuid()}.backup`);
  const connection = openConnection(database.path);
  connection.db.exec(`VACUUM INTO '${path.replaceAll("'", "''")}'`);
  connection.db.close();
  return {
    path,
    owner: database.owner,
    options: structuredClone(database.options),
    principals: database.principals.map((each) => ({
      ...each,
      roles: new Set(each.roles),
      permissions: [...each.permissions],
    })),
    properties: database.properties.map((each) => ({ ...each })),
    ownRows: structuredClone(database.ownRows),
  };
}
