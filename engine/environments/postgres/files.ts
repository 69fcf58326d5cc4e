import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Who owns a cluster's files and runs it. Undefined unless we are root: then everything is our own anyway. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export async function ownerOf(path: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = await stat(path);
  return { uid, gid };
}

/**
 * Replaces files of one folder, each in one step, and waits until the disk has them: after a crash there is the old text
 * or the new one. All at once, because the disk's answer is what takes the time.
 */
export async function writeDurably(
  folder: string,
  files: Readonly<Record<string, string>>,
  account: Account | undefined,
): Promise<void> {
  const written = await Promise.allSettled(
    Object.entries(files).map(([name, text]) => replaceFile(join(folder, name), text, account)),
  );
  // Only when all have ended: whoever tries again must not meet one that is still being written.
  for (const outcome of written) if (outcome.status === 'rejected') throw outcome.reason;
  await syncFolder(folder);
}

async function replaceFile(path: string, text: string, account: Account | undefined): Promise<void> {
  const fresh = `${path}.new`;
  const file = await open(fresh, 'w', 0o600);
  try {
    await file.writeFile(text);
    if (account !== undefined) await file.chown(account.uid, account.gid);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
