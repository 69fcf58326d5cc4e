import type {
  BackupHeader,
  FileHeaders,
} from '../../../../../../engine/environments/sqlServer/source/headers/backupHeader.ts';

const AX = 'a1b2c3d4-0000-4000-8000-000000000001';
const FORK = 'e1822219-f657-450e-bbb2-9565429d318d';

/** A log backup of AxDB as SQL Server 2022 sends its header; `position` tells it from others. */
export function aHeader(changes: Partial<BackupHeader> = {}): BackupHeader {
  const position = changes.position ?? 1;
  return {
    media_set_id: '3B36876C-A9CD-4458-B324-D895BA4EC754',
    family_count: 1,
    family_sequence_number: 1,
    backup_type: 2,
    position,
    server_name: 'PROD-SQL',
    database_name: 'AxDB',
    backup_size: '339968',
    compressed_backup_size: '40361',
    first_lsn: '39000000055200001',
    last_lsn: '39000000115200001',
    fork_point_lsn: null,
    backup_start_date: '2026-04-20T21:40:46',
    backup_finish_date: '2026-04-20T21:40:46',
    software_major_version: 16,
    family_guid: AX.toUpperCase(),
    backup_set_uuid: `4956B312-803E-400F-A2A4-${String(position).padStart(12, '0')}`,
    first_recovery_fork_guid: FORK,
    last_recovery_fork_guid: FORK,
    differential_base_guid: null,
    has_bulk_logged_data: false,
    is_snapshot: false,
    is_damaged: false,
    has_incomplete_metadata: false,
    is_copy_only: false,
    recovery_model: 'FULL',
    encryptor_thumbprint: null,
    last_valid_restore_time: '2026-04-20T21:40:13',
    time_zone: '-12',
    ...changes,
  };
}

/** The same, as 2016 to 2019 send it: without the two columns that 2022 added. */
export function anOldHeader(changes: Partial<BackupHeader> = {}): BackupHeader {
  const { last_valid_restore_time: _, time_zone: __, ...header } = aHeader({ software_major_version: 13, ...changes });
  return header;
}

export const aFile = (name: string, ...headers: readonly BackupHeader[]): FileHeaders => ({
  device: { kind: name.includes('://') ? 'url' : 'disk', name },
  headers,
});
