import { access, readdir, readlink, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { untilItIsSo } from '../../retry.ts';
import type { Program } from './clusterProcess.ts';

const LIMIT_MS = 10_000;
const POLL_MS = 10;
const DELETED = ' (deleted)';

/**
 * Ends servers whose data directory below `generations` was deleted or emptied under them: they notice it by themselves
 * within a minute, and hold the target's port as long. Where the system does not tell (anything but Linux), the start of
 * the next server is tried again instead.
 */
export async function stopOrphans({ clock, fence }: Program, generations: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const root = await realpath(generations);
  const areGone = async (): Promise<boolean> => {
    const pids = await findOrphans(root);
    if (pids.length > 0) await fence.check();
    for (const pid of pids) endProcess(pid);
    return pids.length === 0;
  };
  await untilItIsSo(areGone, { clock, everyMs: POLL_MS, withinMs: LIMIT_MS });
}

async function findOrphans(root: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const orphans = await Promise.all(pids.map(async (pid) => ((await isOrphan(pid, root)) ? [Number(pid)] : [])));
  return orphans.flat();
}

async function isOrphan(pid: string, root: string): Promise<boolean> {
  const folder = await linkOf(pid, 'cwd');
  if (!folder.startsWith(`${root}/`) || basename(await linkOf(pid, 'exe')) !== 'postgres') return false;
  return !(await exists(join(folder, 'postmaster.pid')));
}

const linkOf = async (pid: string, link: 'cwd' | 'exe'): Promise<string> =>
  (await readlink(`/proc/${pid}/${link}`).catch(() => '')).replace(DELETED, '');

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It has ended by itself in between.
  }
}
