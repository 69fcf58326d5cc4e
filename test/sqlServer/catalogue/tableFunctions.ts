import type { Value } from '../sql/types.ts';
import { findBackupFile } from '../state/backups.ts';
import { volumeOf } from '../state/disks.ts';
import { entriesBelow, isFolder } from '../state/fileSystem.ts';
import { hasServerPermission } from '../state/permissions.ts';
import { notEmulated, sqlError } from '../sql/sqlError.ts';
import { flag, type Look } from './view.ts';

/** A function in FROM; SQLite gets its rows as JSON. */
export interface TableFunction {
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: (look: Look, operands: readonly Value[]) => readonly Readonly<Record<string, Value>>[];
}

const volumeStats: TableFunction = {
  columns: {
    database_id: 'int',
    file_id: 'int',
    volume_mount_point: 'nvarchar(512)',
    volume_id: 'nvarchar(512)',
    logical_volume_name: 'nvarchar(512)',
    file_system_type: 'nvarchar(512)',
    total_bytes: 'bigint',
    available_bytes: 'bigint',
  },
  rows({ server, session }, [databaseId = null, fileId = null]) {
    if (!hasServerPermission(session.login, 'VIEW SERVER STATE'))
      throw sqlError(300, "VIEW SERVER STATE permission was denied on object 'server', database 'master'.", {
        severity: 14,
      });
    const file = server.databases.find(({ id }) => id === databaseId)?.files.find(({ id }) => id === fileId);
    const volume = file && volumeOf(server, file.physicalName);
    if (!volume) return [];
    return [
      {
        database_id: databaseId,
        file_id: fileId,
        volume_mount_point: volume.mountPoint,
        volume_id: volume.mountPoint,
        logical_volume_name: '',
        file_system_type: 'NTFS',
        total_bytes: volume.totalBytes,
        available_bytes: volume.availableBytes,
      },
    ];
  },
};

/** Whether a file is there for the service account of the server. */
const fileExists: TableFunction = {
  columns: { file_exists: 'int', file_is_a_directory: 'int', parent_directory_exists: 'int' },
  rows({ server }, [path = null]) {
    const name = String(path);
    const backup = findBackupFile(server.share, name);
    const isBackup = backup !== undefined && backup.fault?.kind !== 'missing' && backup.fault?.kind !== 'denied';
    const isData = server.databases.some(({ files }) =>
      files.some(({ physicalName }) => physicalName.toLowerCase() === name.toLowerCase()),
    );
    const isStray = [...server.strayFiles].some((each) => each.toLowerCase() === name.toLowerCase());
    const isVolume = volumeOf(server, name) !== undefined;
    return [
      {
        file_exists: flag(isBackup || isData || isStray),
        file_is_a_directory: flag(isFolder(server, name)),
        parent_directory_exists: flag(isBackup || isVolume),
      },
    ];
  },
};

/** Undocumented; names and types of the columns as public code reads them. It goes down into every folder by itself. */
const enumerateFiles: TableFunction = {
  columns: {
    full_filesystem_path: 'nvarchar(512)',
    parent_directory: 'nvarchar(512)',
    file_or_directory_name: 'nvarchar(512)',
    level: 'int',
    is_directory: 'bit',
    last_write_time: 'datetime2',
    size_in_bytes: 'bigint',
  },
  rows({ server, session }, [folder = null, pattern = null]) {
    if (server.version[0] < 14) throw sqlError(208, "Invalid object name 'sys.dm_os_enumerate_filesystem'.");
    if (!hasServerPermission(session.login, 'VIEW SERVER STATE'))
      throw sqlError(300, "VIEW SERVER STATE permission was denied on object 'server', database 'master'.", {
        severity: 14,
      });
    if (pattern !== '*') throw notEmulated('a pattern of names');
    return entriesBelow(server, String(folder)).map((entry) => ({
      full_filesystem_path: entry.path,
      parent_directory: entry.parent,
      file_or_directory_name: entry.name,
      level: entry.level,
      is_directory: flag(entry.isFolder),
      last_write_time: entry.writtenAt,
      size_in_bytes: entry.sizeBytes,
    }));
  },
};

export const tableFunctions: Readonly<Record<string, TableFunction>> = {
  'sys.dm_os_volume_stats': volumeStats,
  'sys.dm_os_file_exists': fileExists,
  'sys.dm_os_enumerate_filesystem': enumerateFiles,
};
