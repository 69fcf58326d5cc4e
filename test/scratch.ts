import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const NAME = /^rewind-tests-(\d+)$/;
/** All suites side by side take less than a third of it. */
const ENOUGH_BYTES = 8 * 2 ** 30;

const folder = join(MEMORY, `rewind-tests-${String(process.pid)}`);

/**
 * Temporary folders of all suites lie in memory where there is plenty: they found and copy hundreds of PostgreSQL clusters of a
 * thousand small files, and on a disk that takes twice the processor time of all else that they do.
 */
export function setup(): void {
  if (!hasPlenty()) return;
  for (const name of readdirSync(MEMORY)) {
    const owner = NAME.exec(name)?.[1];
    // A run that was killed leaves its folder behind.
    if (owner !== undefined && !isAlive(Number(owner))) rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
  mkdirSync(folder);
  process.env['TMPDIR'] = folder;
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}

function hasPlenty(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, freemem()) >= ENOUGH_BYTES;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
