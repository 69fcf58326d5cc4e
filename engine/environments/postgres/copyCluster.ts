import { constants } from 'node:fs';
import { chown, copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterFolderError } from './errors.ts';
import type { Account } from './files.ts';

/**
 * Copies a base backup's data directory into the existing folder `to`, without what belongs to production's server
 * alone: its WAL (the archive has it), its replication slots, its configuration, and marks of ours.
 */
export async function copyCluster(options: {
  readonly from: string;
  readonly to: string;
  readonly account: Account | undefined;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}): Promise<void> {
  const { from, to, account, signal } = options;
  const files: string[] = [];
  for (const folder of await foldersOf(from, files)) {
    await mkdir(join(to, folder), { mode: 0o700, recursive: true });
    if (account !== undefined) await chown(join(to, folder), account.uid, account.gid);
  }
  const copyOne = async (file: string) => {
    const copy = join(to, file);
    await copyFile(join(from, file), copy, constants.COPYFILE_FICLONE);
    if (account !== undefined) await chown(copy, account.uid, account.gid);
    options.onBytes((await stat(copy)).size);
  };
  const rest = files.values();
  const worker = async () => {
    for (const file of rest) {
      signal.throwIfAborted();
      await copyOne(file);
    }
  };
  // All workers must have stopped before anybody deletes the folder: allSettled, not all.
  const outcomes = await Promise.allSettled(Array.from({ length: PARALLEL }, worker));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

const PARALLEL = 8;
const EMPTIED = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)$/;
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|(postgresql(\.auto)?|pg_hba|pg_ident)\.conf|(standby|recovery)\.signal|pgsql_tmp.*|current_logfiles|rewind-.*)$/;

/** Lists `from`: returns its folders, parents first, and adds its files to `files`; all relative. */
async function foldersOf(from: string, files: string[], folder = '.'): Promise<string[]> {
  const folders = [folder];
  for (const entry of await readdir(join(from, folder), { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) folders.push(...(EMPTIED.test(entry.name) ? [path] : await foldersOf(from, files, path)));
    else if (entry.isFile()) files.push(path);
    // A tablespace elsewhere would be shared with production.
    else
      throw new ClusterFolderError(from, `${path} is a link; tablespaces outside the data directory are not supported`);
  }
  return folders;
}
