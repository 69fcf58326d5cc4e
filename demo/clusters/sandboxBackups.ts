import { mkdir, readlink, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../../engine/clock.ts';
import { endsWithin } from '../../engine/bounded.ts';
import { connect } from './connect.ts';
import { takeBaseBackup } from './baseBackup.ts';
import { dataFolder } from './cluster.ts';
import type { ClusterSettings } from './configuration.ts';
import { giveToServer } from './serverAccount.ts';

export const sandboxArchive = (folder: string) => join(folder, 'archive');
export const sandboxBackups = (folder: string) => join(folder, 'backups');

/**
 * A sandbox that keeps its WAL. Every database that comes under its name begins the same timeline anew, so each archives into a
 * folder of its own: the name of its data directory, in which the server runs.
 */
export async function sandboxArchiving(folder: string): Promise<ClusterSettings> {
  const archive = sandboxArchive(folder);
  await mkdir(archive, { recursive: true });
  await giveToServer(archive);
  const into = `d='${archive}'/$(basename "$(pwd -P)")`;
  // Each segment appears whole, and none over another.
  const copy = `mkdir -p "$d" && test ! -e "$d/%f" && cp "%p" "$d/.%f" && mv "$d/.%f" "$d/%f"`;
  return { wal_level: 'replica', archive_mode: true, archive_command: `${into} && ${copy}`, archive_timeout: '2s' };
}

export interface BackedUpSandbox {
  readonly folder: string;
  /** A superuser's, to any database of the cluster. */
  readonly databaseUrl: string;
}

/** Backs up whatever database stands under the sandbox's name now. @returns its name, to be compared with `currentName` */
export async function backUpSandbox({ folder, databaseUrl }: BackedUpSandbox): Promise<string> {
  const archive = await currentName(folder);
  const backup = await takeBaseBackup({
    ...{ databaseUrl, archive },
    dataFolder: dataFolder(folder),
    backupsFolder: sandboxBackups(folder),
  });
  // Switched meanwhile, it is of neither database.
  if ((await currentName(folder)) !== archive) await rm(backup.folder, { recursive: true });
  const client = await connect(databaseUrl);
  try {
    // A moment behind the backup is reached when a later commit is archived.
    await client.query('SELECT pg_current_xact_id()');
    await client.query('SELECT pg_switch_wal()');
  } finally {
    await client.end();
  }
  return archive;
}

const currentName = async (folder: string): Promise<string> => basename(await readlink(dataFolder(folder)));

const LOOK_EVERY_MS = 1_000;

/** Backs a sandbox up now, and again whenever it has been switched, until disposed. */
export function keepSandboxBackedUp(sandbox: BackedUpSandbox, clock: Clock): AsyncDisposable {
  const ending = new AbortController();
  let backedUp: string | undefined;
  const look = async () => {
    if ((await currentName(sandbox.folder)) !== backedUp) backedUp = await backUpSandbox(sandbox);
  };
  const loop = (async () => {
    while (!ending.signal.aborted) {
      // It may be switching at this very moment; then the next look finds it in place.
      await look().catch(() => undefined);
      await clock.sleep(LOOK_EVERY_MS, ending.signal).catch(() => undefined);
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      ending.abort();
      await endsWithin(10_000, loop, clock);
    },
  };
}
