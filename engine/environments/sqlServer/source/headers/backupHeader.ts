import { z } from 'zod';
import type { BackupDevice } from '../../chain/backupSet.ts';

const text = z.string().nullable();
const whole = z.number().nullable();
const flag = z.boolean().nullable();

/** One backup set in one file, as `readBackupFile` asks for it. Everything is NULL of a set that is not complete. */
export const backupHeader = z.object({
  media_set_id: text,
  family_count: whole,
  family_sequence_number: whole,
  backup_type: whole,
  position: whole,
  server_name: text,
  database_name: text,
  backup_size: text,
  compressed_backup_size: text,
  first_lsn: text,
  last_lsn: text,
  fork_point_lsn: text,
  backup_start_date: text,
  backup_finish_date: text,
  software_major_version: whole,
  family_guid: text,
  backup_set_uuid: text,
  first_recovery_fork_guid: text,
  last_recovery_fork_guid: text,
  differential_base_guid: text,
  has_bulk_logged_data: flag,
  is_snapshot: flag,
  is_damaged: flag,
  has_incomplete_metadata: flag,
  is_copy_only: flag,
  recovery_model: text,
  encryptor_thumbprint: text,
  // Since SQL Server 2022.
  last_valid_restore_time: text.optional(),
  time_zone: text.optional(),
});

export type BackupHeader = z.infer<typeof backupHeader>;

export interface FileHeaders {
  readonly device: BackupDevice;
  readonly headers: readonly BackupHeader[];
}

/** What is left out, and why: for whoever looks after the backups. */
export interface Skipped {
  readonly name: string;
  readonly why: string;
}
