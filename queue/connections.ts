import { Redis } from 'ioredis';
import { bounded, endsWithin } from '../engine/bounded.ts';
import type { Clock } from '../engine/clock.ts';
import type { Log } from '../env/log.ts';

/** How long Redis may take for an answer, and be silent on a connection that waits for one before that is made anew. */
export interface RedisBounds {
  readonly answerMs: number;
  readonly silentMs: number;
}

/** BullMQ asks for the next job for ten seconds at a time, in which silence means nothing. */
export const REDIS_BOUNDS: RedisBounds = { answerMs: 5_000, silentMs: 30_000 };

const KEEPALIVE_MS = 30_000;

/** For whoever must not wait: a command fails at once while Redis is away. */
export function connectForClicks(url: string, log: Log, { answerMs }: RedisBounds = REDIS_BOUNDS): Redis {
  const bounds = { connectTimeout: 2_000, socketTimeout: answerMs, keepAlive: KEEPALIVE_MS };
  return watched(new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, ...bounds }), log);
}

/** For workers, who wait until Redis is back. */
export function connectForWork(url: string, log: Log, { silentMs }: RedisBounds = REDIS_BOUNDS): Redis {
  // BullMQ refuses to block on a connection that gives commands up.
  const options = { maxRetriesPerRequest: null, socketTimeout: silentMs, keepAlive: KEEPALIVE_MS };
  return watched(new Redis(url, options), log);
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

/** @throws NoAnswerError when Redis says nothing in time, whatever it waits for */
export function answered<Result>(
  ask: () => Promise<Result>,
  { answerMs }: RedisBounds = REDIS_BOUNDS,
): Promise<Result> {
  return bounded(ask, { whom: 'Redis', withinMs: answerMs });
}

const GOODBYE_MS = 2_000;

/** BullMQ's own goodbye waits for Redis without end; whether it came to its end. */
export const saidGoodbye = (goodbye: Promise<unknown>, clock: Clock): Promise<boolean> =>
  endsWithin(GOODBYE_MS, goodbye, clock);
