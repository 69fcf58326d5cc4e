import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall, aptUnpack, canDownload, canInstall } from './apt.js';
import { givenRedisUrl } from './machine.js';
import { findInPath, root, step } from './step.js';

const unpacked = join(root, '.cache', 'redis');

/**
 * The Redis server program of this machine, or undefined: PATH first, then what was unpacked into `.cache/redis`.
 * @returns {{ command: string, env: Record<string, string> } | undefined}
 */
export function findRedisServer() {
  const installed = findInPath('redis-server', 'valkey-server');
  if (installed !== undefined) return { command: installed, env: {} };
  const command = join(unpacked, 'usr', 'bin', 'redis-server');
  if (!existsSync(command)) return undefined;
  const libraries = join(unpacked, 'usr', 'lib');
  const folders = readdirSync(libraries).map((triplet) => join(libraries, triplet));
  return { command, env: { LD_LIBRARY_PATH: folders.join(':') } };
}

/** A private Redis needs a program; a Redis that REDIS_URL names needs none. */
export function installRedisServer() {
  if (givenRedisUrl() !== undefined || findRedisServer() !== undefined) return;
  if (canInstall()) {
    step('Installing redis-server (apt-get)', () => aptInstall(['redis-server']));
  } else if (canDownload()) {
    step('Unpacking redis-server into .cache/redis (apt-get download)', () =>
      // redis-server is a link to a program of redis-tools; the other two are its libraries.
      aptUnpack(['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1'], unpacked),
    );
  }
  if (findRedisServer() === undefined) {
    throw new Error('No redis-server here. Install Redis (macOS: brew install redis), or set REDIS_URL.');
  }
}
