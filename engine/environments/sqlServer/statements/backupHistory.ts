import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** Asked of production, and nothing but this and the two statements below. */
export const readSourceRole = (): Statement => ({ text: "SELECT IS_SRVROLEMEMBER('sysadmin') AS isSysadmin;" });

/** Column last_valid_restore_time exists from SQL Server 2022 on. */
export const readHistoryVersion = (): Statement => ({
  text: 'SELECT MAX(b.software_major_version) AS version FROM msdb.dbo.backupset AS b;',
});

/**
 * By family and not by name: a database that was renamed, or restored from another name, has older backups under that one. What
 * belongs to another database of the family is told apart afterwards (chain/history/databases.ts).
 */
const ofFamilies = (databases: readonly string[]): string =>
  [
    'WHERE b.family_guid IN (SELECT n.family_guid FROM msdb.dbo.backupset AS n',
    `                        WHERE n.database_name IN (${databases.map((_, index) => `@database${String(index)}`).join(', ')}) AND n.backup_finish_date >= @since)`,
    '  AND b.backup_finish_date >= @since',
  ].join('\n');

/** LSNs as digits: the driver would round them. `since` is wall time of that server. */
export const readBackupSets = (databases: readonly string[], since: string, hasValidTime: boolean): Statement => ({
  text: [
    'SELECT CAST(b.backup_set_uuid AS varchar(36)) AS backup_set_uuid, b.type, b.database_name, b.server_name,',
    '       CAST(b.database_guid AS varchar(36)) AS database_guid,',
    '       CAST(b.family_guid AS varchar(36)) AS family_guid,',
    '       CAST(b.first_lsn AS varchar(25)) AS first_lsn, CAST(b.last_lsn AS varchar(25)) AS last_lsn,',
    '       CAST(b.fork_point_lsn AS varchar(25)) AS fork_point_lsn,',
    '       CAST(b.first_recovery_fork_guid AS varchar(36)) AS first_recovery_fork_guid,',
    '       CAST(b.last_recovery_fork_guid AS varchar(36)) AS last_recovery_fork_guid,',
    '       CAST(b.differential_base_guid AS varchar(36)) AS differential_base_guid,',
    '       CONVERT(varchar(23), b.backup_start_date, 126) AS backup_start_date,',
    '       CONVERT(varchar(23), b.backup_finish_date, 126) AS backup_finish_date,',
    ...(hasValidTime
      ? ['       CONVERT(varchar(23), b.last_valid_restore_time, 126) AS last_valid_restore_time,']
      : []),
    '       CAST(b.time_zone AS int) AS time_zone, b.is_copy_only, b.is_damaged, b.is_snapshot,',
    '       b.has_bulk_logged_data, b.has_incomplete_metadata, b.recovery_model,',
    '       CAST(b.software_major_version AS int) AS software_major_version,',
    '       CONVERT(varchar(42), b.encryptor_thumbprint, 1) AS encryptor_thumbprint, b.position,',
    '       CAST(b.backup_size AS varchar(20)) AS backup_size,',
    '       CAST(b.compressed_backup_size AS varchar(20)) AS compressed_backup_size,',
    '       b.media_set_id, CAST(m.media_family_count AS int) AS family_count',
    'FROM msdb.dbo.backupset AS b',
    'JOIN msdb.dbo.backupmediaset AS m ON m.media_set_id = b.media_set_id',
    ofFamilies(databases),
    'ORDER BY b.backup_set_id;',
  ].join('\n'),
  parameters: parameters(databases, since),
});

export const readBackupFamilies = (databases: readonly string[], since: string): Statement => ({
  text: [
    'SELECT f.media_set_id, CAST(f.family_sequence_number AS int) AS family_sequence_number, CAST(f.mirror AS int) AS mirror,',
    '       f.physical_device_name, CAST(f.device_type AS int) AS device_type',
    'FROM msdb.dbo.backupmediafamily AS f',
    'WHERE f.media_set_id IN (SELECT b.media_set_id FROM msdb.dbo.backupset AS b',
    `${ofFamilies(databases)})`,
    'ORDER BY f.media_set_id, f.family_sequence_number, f.mirror;',
  ].join('\n'),
  parameters: parameters(databases, since),
});

const parameters = (databases: readonly string[], since: string) => ({
  ...Object.fromEntries(databases.map((name, index) => [`database${String(index)}`, name])),
  since,
});
