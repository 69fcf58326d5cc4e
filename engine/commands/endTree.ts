import { spawn, type ChildProcess } from 'node:child_process';
import { win32 } from 'node:path';

interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Whether a child needs a group of its own to be ended with all that it has started: Windows knows whose child is whose. */
export const needsGroup = (platform: NodeJS.Platform): boolean => platform !== 'win32';

/** Ends a process and all that it has started, at once. */
export function endTree(child: ChildProcess, { platform, variables }: Surroundings): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  if (needsGroup(platform)) return endGroup(child.pid);
  const taskkill = win32.join(variables['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
  spawn(taskkill, ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
    // Without taskkill at least the process itself ends.
    .on('error', () => child.kill());
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended in this very moment.
  }
}
