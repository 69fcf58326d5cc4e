import { BackupLocationUnreadableError } from '../../errors.ts';
import type { Connection } from '../../../../databases/sqlServer/connection.ts';
import type { Permission } from '../../../providerDefinition.ts';
import type { LocationSettings } from '../../settings.ts';
import { isAddress, listBackupFiles } from './listBackupFiles.ts';

/** What the service account of the server sees in each folder of a location; no backup is opened for it. */
export async function examineFolders(
  connection: Connection,
  settings: LocationSettings,
): Promise<readonly Permission[]> {
  const found: Permission[] = [];
  for (const folder of settings.backupFolders.filter((one) => !isAddress(one))) {
    const name = `backup folder ${folder}`;
    const only = { ...settings, backupFolders: [folder], devices: [] };
    try {
      const { files } = await listBackupFiles(connection, only, '');
      const why = `${String(files.length)} backup files are listed there`;
      found.push({ name, has: true, isNeeded: true, why, statement: '' });
    } catch (error) {
      if (!(error instanceof BackupLocationUnreadableError)) throw error;
      found.push({ name, has: false, isNeeded: true, why: error.message, statement: error.remedy });
    }
  }
  return found;
}
