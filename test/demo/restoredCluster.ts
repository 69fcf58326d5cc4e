import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configureCluster, startCluster, stopCluster, dataFolder } from '../../demo/clusters/cluster.ts';
import { giveToServer } from '../../demo/clusters/serverAccount.ts';
import type { ClusterAccess } from '../../demo/clusters/configuration.ts';

export interface RestoredCluster extends AsyncDisposable {
  readonly port: number;
}

/** What a DBA does by hand: copy the base backup, name the archive and the instant, start, let PostgreSQL recover. */
export async function restoreCluster(options: {
  readonly folder: string;
  readonly port: number;
  readonly backupsFolder: string;
  readonly archiveFolder: string;
  readonly at: string;
  readonly access: readonly ClusterAccess[];
}): Promise<RestoredCluster> {
  const { folder, port, archiveFolder } = options;
  const [backup = ''] = await readdir(options.backupsFolder);
  await mkdir(join(folder, 'generations'), { recursive: true });
  await cp(join(options.backupsFolder, backup, 'data'), join(folder, 'generations', 'restored'), { recursive: true });
  await symlink(join('generations', 'restored'), dataFolder(folder));
  await writeFile(join(dataFolder(folder), 'recovery.signal'), '');
  await configureCluster({
    folder,
    port,
    superuser: 'postgres',
    access: options.access,
    settings: {
      archive_mode: false,
      // Otherwise readers get in, and `pg_ctl` reports ready, before the instant is reached.
      hot_standby: false,
      restore_command: `cp "${archiveFolder}/%f" "%p"`,
      recovery_target_time: options.at.replace('T', ' ').replace('Z', '+00'),
      recovery_target_action: 'promote',
    },
  });
  await giveToServer(folder);
  await startCluster({ folder });
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      await stopCluster({ folder, mode: 'immediate' });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
