import {
  readBackupFamilies,
  readBackupSets,
} from '../../../../engine/environments/sqlServer/statements/backupHistory.ts';
import type { Admin } from './admin.ts';

/** The history of `databases` as a file would hold it, without the backups that lie in one of the files `without`. */
export async function exportHistory(
  admin: Admin,
  databases: readonly string[],
  without: readonly string[],
  rename: (path: string) => string,
): Promise<readonly unknown[]> {
  const [version] = await admin.query('master', 'SELECT MAX(software_major_version) AS major FROM msdb.dbo.backupset');
  const inline = ({ text, parameters = {} }: ReturnType<typeof readBackupSets>) =>
    Object.entries(parameters).reduce((sql, [name, value]) => sql.replaceAll(`@${name}`, `N'${String(value)}'`), text);
  const since = '2000-01-01T00:00:00.000';
  const sets = await admin.query('master', inline(readBackupSets(databases, since, Number(version?.['major']) >= 16)));
  const families = await admin.query('master', inline(readBackupFamilies(databases, since)));
  const lost = new Set(
    families.filter((row) => without.includes(String(row['physical_device_name']))).map((row) => row['media_set_id']),
  );
  return sets
    .filter((set) => !lost.has(set['media_set_id']))
    .map((set) =>
      Object.assign({}, set, {
        families: families
          .filter((family) => family['media_set_id'] === set['media_set_id'])
          .map((family) =>
            Object.assign({}, family, { physical_device_name: rename(String(family['physical_device_name'])) }),
          ),
      }),
    );
}
