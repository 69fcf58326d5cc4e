import { Redis } from 'ioredis';
import type { Clock } from '../engine/clock.ts';
import type { Log } from '../env/log.ts';

/** For whoever must not wait: a command fails at once while Redis is away. */
export function connectForClicks(url: string, log: Log): Redis {
  return watched(new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, connectTimeout: 2_000 }), log);
}

/** For workers, who wait until Redis is back. */
export function connectForWork(url: string, log: Log): Redis {
  // BullMQ refuses to block on a connection that gives commands up.
  return watched(new Redis(url, { maxRetriesPerRequest: null }), log);
}

/** Without a listener a lost connection would end the process; said once per loss, not once per attempt. */
function watched(redis: Redis, log: Log): Redis {
  let isLost = false;
  redis.on('error', (error: Error) => {
    if (!isLost) log.warn('redis-away', { why: error.message });
    isLost = true;
  });
  redis.on('ready', () => {
    if (isLost) log.info('redis-back');
    isLost = false;
  });
  return redis;
}

/** What the connection's own listener has said already: BullMQ repeats it for each queue and attempt. */
export function isConnectionTrouble(error: Error): boolean {
  return 'code' in error || error.message === 'Connection is closed.';
}

/** Waits two seconds at most for something that may wait for Redis without end; whether it came to its end. */
export async function soon(work: Promise<unknown>, clock: Clock): Promise<boolean> {
  const enough = new AbortController();
  const isOver = await Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    clock.sleep(2_000, enough.signal).then(
      () => false,
      () => false,
    ),
  ]);
  enough.abort();
  return isOver;
}
