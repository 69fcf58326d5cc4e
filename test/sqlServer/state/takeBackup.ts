import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { headerTime } from '../restore/headers.ts';
import { sqlError, sqlErrors } from '../sql/sqlError.ts';
import { toLsn, type BackupFile, type BackupSet, type Snapshot } from './backups.ts';
import { openConnection } from './connection.ts';
import type { Database, Server } from './model.ts';
import { toLocal } from './serverTime.ts';

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
  const finishedAt = server.now();
  const files = openTargets(server, wish);
  const set: BackupSet = {
    uuid: newGuid(),
    type,
    databaseName: database.name,
    serverName: server.name,
    databaseGuid: database.guid,
    familyGuid: database.familyGuid,
    firstFork: database.forkGuid,
    lastFork: database.forkGuid,
    forkPoint: undefined,
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
  if (type === 'L' && !isCopyOnly) database.logStart = set.last;
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
  };
}

function recordInHistory(server: Server, set: BackupSet, files: readonly BackupFile[], isUrl: boolean): void {
  const { history } = server;
  const mediaSetId = history.backupmediaset.length + 1;
  const id = history.backupset.length + 1;
  history.backupmediaset.push({
    media_set_id: mediaSetId,
    media_uuid: files[0]?.mediaSetUuid ?? null,
    media_family_count: files.length,
    software_name: 'Microsoft SQL Server',
    mirror_count: 1,
    is_password_protected: 0,
    is_compressed: 1,
    is_encrypted: 0,
  });
  for (const file of files) {
    history.backupmediafamily.push({
      media_set_id: mediaSetId,
      family_sequence_number: file.familySequence,
      media_family_id: newGuid(),
      media_count: 1,
      logical_device_name: null,
      physical_device_name: file.path,
      device_type: isUrl ? 9 : 2,
      physical_block_size: 4096,
      mirror: 0,
    });
  }
  for (const [index, file] of set.files.entries()) {
    history.backupfile.push({
      backup_set_id: id,
      file_number: index + 1,
      file_type: file.type === 'ROWS' ? 'D' : file.type === 'LOG' ? 'L' : 'S',
      logical_name: file.logicalName,
      physical_drive: file.physicalName.slice(0, 2),
      physical_name: file.physicalName,
      file_size: file.sizeBytes,
      backup_size: Math.ceil(file.sizeBytes / 3),
      filegroup_name: file.type === 'ROWS' ? 'PRIMARY' : null,
      is_present: set.type === 'L' ? 0 : 1,
      differential_base_lsn: null,
      differential_base_guid: null,
      state_desc: 'ONLINE',
    });
  }
  history.backupset.push({
    backup_set_id: id,
    backup_set_uuid: set.uuid,
    media_set_id: mediaSetId,
    first_family_number: 1,
    first_media_number: 1,
    last_family_number: files.length,
    position: set.position,
    software_major_version: set.version[0],
    software_minor_version: set.version[1],
    software_build_version: set.version[2],
    time_zone: set.zone,
    user_name: 'sa',
    first_lsn: toLsn(set.first),
    last_lsn: toLsn(set.last),
    checkpoint_lsn: toLsn(set.checkpoint),
    database_backup_lsn: set.databaseBackup === 0 ? '0' : toLsn(set.databaseBackup),
    database_creation_date: toLocal(server, 0),
    backup_start_date: headerTime(set, set.startedAt),
    backup_finish_date: headerTime(set, set.finishedAt, true),
    last_valid_restore_time:
      set.version[0] >= 16 ? headerTime(set, set.type === 'L' ? set.startedAt : set.finishedAt) : null,
    type: set.type,
    sort_order: 52,
    compatibility_level: set.compatibilityLevel,
    database_version: set.version[0] * 60,
    backup_size: set.sizeBytes,
    compressed_backup_size: Math.ceil(set.sizeBytes / 4),
    database_name: set.databaseName,
    server_name: set.serverName,
    machine_name: set.serverName,
    flags: 512,
    collation_name: set.collation,
    is_password_protected: 0,
    recovery_model: set.recoveryModel,
    has_bulk_logged_data: Number(set.isBulkLogged),
    is_snapshot: 0,
    is_readonly: 0,
    is_single_user: 0,
    has_backup_checksums: Number(set.hasChecksums),
    is_damaged: 0,
    begins_log_chain: 0,
    has_incomplete_metadata: 0,
    is_force_offline: 0,
    is_copy_only: Number(set.isCopyOnly),
    first_recovery_fork_guid: set.firstFork,
    last_recovery_fork_guid: set.lastFork,
    fork_point_lsn: set.forkPoint === undefined ? null : toLsn(set.forkPoint),
    database_guid: set.databaseGuid,
    family_guid: set.familyGuid,
    differential_base_lsn: set.baseCheckpoint === undefined ? null : toLsn(set.baseCheckpoint),
    differential_base_guid: set.baseUuid ?? null,
    encryptor_thumbprint: null,
  });
}
