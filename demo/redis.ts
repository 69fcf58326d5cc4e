import { mkdirSync } from 'node:fs';
import { givenRedisUrl } from './install/machine.js';
import { findRedisServer } from './install/redisServer.js';
import { freePort } from './supervisor/freePort.ts';
import type { Supervisor } from './supervisor/supervisor.ts';

export interface RedisOptions {
  readonly supervisor: Supervisor;
  /** Holds the append-only file: jobs survive a restart of the process. */
  readonly folder: string;
  readonly port?: number;
}

/**
 * Starts a private Redis on 127.0.0.1, never the machine's own service; or takes the one that REDIS_URL names.
 * @throws when this machine has no Redis program
 */
export async function startRedis({ supervisor, folder, port }: RedisOptions): Promise<{ readonly url: string }> {
  const given = givenRedisUrl();
  if (given !== undefined) return { url: given };
  const program = findRedisServer();
  if (program === undefined) throw new Error('No redis-server on this machine: npm run setup installs it');
  const chosenPort = port ?? (await freePort());
  mkdirSync(folder, { recursive: true });
  await supervisor.start({
    name: 'redis',
    command: program.command,
    args: launchArguments(chosenPort, folder),
    env: program.env,
    ready: { tcp: chosenPort },
    restart: 'always',
  });
  return { url: `redis://127.0.0.1:${chosenPort}` };
}

/** Anything but noeviction would drop jobs when memory is short; a second of jobs may be lost, the reconciler adds them again. */
function launchArguments(port: number, folder: string): string[] {
  return [
    ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder],
    ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
    ...['--maxmemory-policy', 'noeviction', '--daemonize', 'no'],
  ];
}
