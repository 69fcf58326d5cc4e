import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** Files of one database; they keep their names when it is renamed. */
export const readFiles = (database: string): Statement => ({
  text: [
    'SELECT f.name AS logicalName, f.physical_name AS physicalName, f.type_desc AS type,',
    '       CAST(f.size AS bigint) * 8192 AS sizeBytes',
    'FROM sys.master_files AS f',
    'WHERE f.database_id = DB_ID(@database)',
    'ORDER BY f.file_id;',
  ].join('\n'),
  parameters: { database },
});

/** Free space wherever any database has a file; the server knows of no other volume, and on some platforms of none. */
export const readVolumes = (): Statement => ({
  text: [
    'SELECT DISTINCT v.volume_mount_point AS volume, v.total_bytes AS totalBytes, v.available_bytes AS freeBytes',
    'FROM sys.master_files AS f',
    'CROSS APPLY sys.dm_os_volume_stats(f.database_id, f.file_id) AS v',
    'ORDER BY v.volume_mount_point;',
  ].join('\n'),
});

/** Seen by the service account of the server, which is who reads a backup. */
export const findFile = (path: string): Statement => ({
  text: 'SELECT e.file_exists AS isFile, e.file_is_a_directory AS isFolder FROM sys.dm_os_file_exists(@path) AS e;',
  parameters: { path },
});

/**
 * Every file below a folder; it goes down by itself. SQL Server 2017 and later, with VIEW SERVER STATE. Microsoft does not
 * document it (sql-docs issue 8948), Management Studio and dbatools list folders with it.
 */
export const listFolder = (folder: string): Statement => ({
  text: [
    'SELECT e.full_filesystem_path AS path, CAST(e.size_in_bytes AS varchar(20)) AS size,',
    '       CONVERT(varchar(27), e.last_write_time, 126) AS writtenAt',
    "FROM sys.dm_os_enumerate_filesystem(@folder, N'*') AS e",
    'WHERE e.is_directory = 0;',
  ].join('\n'),
  parameters: { folder },
});

/** What lies in a folder itself, on every version: names, and which of them are files. Neither size nor time. */
export const listLevel = (folder: string): Statement => ({
  text: 'EXEC master.sys.xp_dirtree @folder, 1, 1;',
  parameters: { folder },
});
