import { setTimeout as sleep } from 'node:timers/promises';
import { identify } from './processIdentity.ts';

/** Sends a signal; a process that is gone already is no mistake. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // process.kill throws system errors only
  }
}

/**
 * Ends a process that leads a group, then whatever it left in the group.
 * The leader alone gets `signal`, so that it can end its own children in good order.
 */
export async function endGroup(leader: number, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  send(leader, signal);
  await gone(() => identify(leader) !== undefined, graceMs);
  send(-leader, 'SIGTERM');
  await gone(() => groupExists(leader), 1_000);
  send(-leader, 'SIGKILL');
}

async function gone(stillThere: () => boolean, withinMs: number): Promise<void> {
  for (let waited = 0; stillThere() && waited < withinMs; waited += 20) await sleep(20);
}

function groupExists(leader: number): boolean {
  try {
    process.kill(-leader, 0);
    return true;
  } catch {
    return false;
  }
}
