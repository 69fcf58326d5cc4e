import { chown, mkdir, readdir, readFile, readlink, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../engine/clock.ts';
import { identify } from '../supervisor/processIdentity.ts';
import { postgresBinaries } from './binaries.ts';
import { clusterConfiguration, clusterAccess, type ClusterAccess, type ClusterSettings } from './configuration.ts';
import { runAsServer } from './runAsServer.ts';
import { giveToServer, letServerReach, serverAccount } from './serverAccount.ts';

export interface NewCluster {
  /** `<root>/<environment>`; gets `generations/initial`, the link `current` and `postgres.log`. */
  readonly folder: string;
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
  readonly settings?: ClusterSettings;
  readonly access?: readonly ClusterAccess[];
}

export type StopMode = 'smart' | 'fast' | 'immediate';

/** The link through which a cluster is always started and stopped: it leads to one of `generations/`. */
export function dataFolder(folder: string): string {
  return join(folder, 'current');
}

export function logFile(folder: string): string {
  return join(folder, 'postgres.log');
}

/** Creates a stopped cluster in an empty folder. WAL comes in segments of 1 MB, so that an archive grows in small steps. */
export async function createCluster(cluster: NewCluster): Promise<void> {
  const { folder, superuser, password } = cluster;
  const account = serverAccount();
  const generation = join(folder, 'generations', 'initial');
  await mkdir(generation, { recursive: true });
  await letServerReach(generation, account);
  await letServerReach(postgresBinaries().initdb, account);
  const passwordFile = join(folder, '.password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveToServer(folder, account);
  try {
    await runAsServer(postgresBinaries().initdb, {
      args: [
        ...['-D', generation, '-U', superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ...['--encoding=UTF8', '--locale=C', '--wal-segsize=1', '--no-sync', '--no-instructions'],
      ],
      cwd: folder,
    });
  } finally {
    await rm(passwordFile);
  }
  await symlink(join('generations', 'initial'), dataFolder(folder));
  await configureCluster(cluster);
}

/** Writes the whole of postgresql.conf and pg_hba.conf; they are read at the next start. */
export async function configureCluster(
  cluster: Pick<NewCluster, 'folder' | 'port' | 'superuser' | 'settings' | 'access'>,
): Promise<void> {
  const account = serverAccount();
  const files = {
    'postgresql.conf': clusterConfiguration(cluster.port, cluster.settings),
    'pg_hba.conf': clusterAccess(cluster.superuser, cluster.access),
  };
  for (const [name, content] of Object.entries(files)) {
    const file = join(dataFolder(cluster.folder), name);
    await writeFile(file, content, { mode: 0o600 });
    if (account !== undefined) await chown(file, account.uid, account.gid);
  }
}

/**
 * Starts the cluster and waits until it can be written to; a running one is left alone. Returns the postmaster's pid.
 * A cluster that has to recover to a point in time is waited for until it is there and promoted.
 */
export async function startCluster({ folder }: { readonly folder: string }): Promise<{ readonly pid: number }> {
  if (!(await isRunning({ folder }))) {
    await pgCtl(folder, ['start', '-w', '-t', '60', '-l', logFile(folder)]);
  }
  for (;;) {
    const pid = await clusterPid({ folder });
    if (pid === undefined) throw new Error(`PostgreSQL in ${folder} ended while it started:\n${await logTail(folder)}`);
    // `pg_ctl` is content with `standby`: that is before the recovery target is reached.
    if ((await postmasterFile(dataFolder(folder)))[STATUS_LINE]?.trim() === 'ready') return { pid };
    await systemClock.sleep(20);
  }
}

/** Stops the cluster and waits for its end; a stopped one is left alone. */
export async function stopCluster({ folder, mode = 'fast' }: { readonly folder: string; readonly mode?: StopMode }) {
  if (await isRunning({ folder })) await pgCtl(folder, ['stop', '-w', '-t', '60', '-m', mode]);
}

/** Stops whatever runs in a folder, also a copy that lies beside the current generation. */
export async function stopGenerations({
  folder,
  mode = 'fast',
}: {
  readonly folder: string;
  readonly mode?: StopMode;
}) {
  const generations = await readdir(join(folder, 'generations')).catch(() => []);
  for (const name of generations) {
    const data = join(folder, 'generations', name);
    if ((await serverPid(data)) !== undefined) await pgCtl(folder, ['stop', '-w', '-t', '60', '-m', mode], data);
  }
}

export async function isRunning({ folder }: { readonly folder: string }): Promise<boolean> {
  return (await clusterPid({ folder })) !== undefined;
}

/** The living postmaster's pid, as the server itself has recorded it: it changes with every swap. */
export function clusterPid({ folder }: { readonly folder: string }): Promise<number | undefined> {
  return serverPid(dataFolder(folder));
}

async function serverPid(data: string): Promise<number | undefined> {
  const pid = Number((await postmasterFile(data))[0]);
  return pid > 0 && (await isServerOf(data, pid)) ? pid : undefined;
}

/** Place of the server's status in `postmaster.pid` (PostgreSQL, pidfile.h: LOCK_FILE_LINE_PM_STATUS, counted from 1). */
const STATUS_LINE = 7;

async function postmasterFile(data: string): Promise<readonly string[]> {
  const content = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  return content.split('\n');
}

/** A number left behind by a crash may belong to another process by now; a server works in its data directory. */
async function isServerOf(data: string, pid: number): Promise<boolean> {
  if (process.platform === 'linux')
    return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === (await realpath(data));
  return identify(pid) !== undefined;
}

async function pgCtl(folder: string, args: readonly string[], data = dataFolder(folder)): Promise<void> {
  try {
    await runAsServer(postgresBinaries().pgCtl, { args: [...args, '-D', data], cwd: folder });
  } catch (cause) {
    throw new Error(`PostgreSQL in ${data} does not ${args[0]}:\n${await logTail(folder)}`, { cause });
  }
}

async function logTail(folder: string): Promise<string> {
  const log = await readFile(logFile(folder), 'utf8').catch(() => '');
  return log.trimEnd().split('\n').slice(-5).join('\n');
}
