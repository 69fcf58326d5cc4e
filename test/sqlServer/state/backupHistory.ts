import { randomUUID } from 'node:crypto';
import { headerTime } from '../restore/headers.ts';
import type { Values } from '../sql/types.ts';
import { toLsn, type BackupFile, type BackupSet } from './backups.ts';
import type { Server } from './model.ts';
import { toLocal } from './serverTime.ts';

const newGuid = () => randomUUID().toUpperCase();

/** The rows that a backup leaves in msdb of the server that took it. */
export function recordInHistory(server: Server, set: BackupSet, files: readonly BackupFile[], isUrl: boolean): void {
  const { history } = server;
  const mediaSetId = nextId(history.backupmediaset, 'media_set_id');
  const id = nextId(history.backupset, 'backup_set_id');
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
    encryptor_thumbprint: set.backupEncryptor === undefined ? null : Buffer.from(set.backupEncryptor, 'hex'),
  });
}

const nextId = (rows: readonly Values[], column: string): number => Number(rows.at(-1)?.[column] ?? 0) + 1;
