import type { Redis } from 'ioredis';
import type { Clock } from '../engine/clock.ts';
import type { Log } from '../env/log.ts';
import { answered, type RedisBounds } from './connections.ts';

/** What Redis answers, also out of a script, when a key is not what its name promises. */
export const isWrongType = (error: unknown): boolean => error instanceof Error && error.message.includes('WRONGTYPE');

const TYPES: Readonly<Record<string, string>> = {
  ...{ wait: 'list', active: 'list', paused: 'list', stalled: 'set', meta: 'hash', events: 'stream' },
  ...{ delayed: 'zset', prioritized: 'zset', completed: 'zset', failed: 'zset', 'waiting-children': 'zset' },
  ...{ repeat: 'zset', marker: 'zset', id: 'string', pc: 'string', limiter: 'string', 'stalled-check': 'string' },
};
const ENDINGS: readonly (readonly [ending: RegExp, type: string | undefined])[] = [
  [/^de:|:lock$/, 'string'],
  [/:logs$/, 'list'],
  // Of children and metrics, which Rewind has none of.
  [/:(dependencies|processed|failed|unsuccessful)$|^metrics:/, undefined],
];

/** Which type BullMQ gives the key of that name behind `<prefix>:<queue>:`; undefined: not known, so any. Jobs are hashes. */
export function expectedType(name: string): string | undefined {
  const own = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (own !== undefined) return own;
  const ending = ENDINGS.find(([pattern]) => pattern.test(name));
  return ending === undefined ? 'hash' : ending[1];
}

/** Not again at once: where it does not help, the queue goes on complaining. */
const AGAIN_MS = 5_000;

export interface MendParts {
  readonly connection: Redis;
  readonly prefix: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly bounds?: RedisBounds | undefined;
}

export interface Mender {
  /** Looks through all keys of a queue that complains; while Redis is away it leaves that to the next complaint. */
  mend(queue: string): Promise<void>;
  /** What has a job's name and is none, whatever its type: BullMQ takes it for the job that is added. */
  setJobAside(queue: string, jobId: string): Promise<void>;
}

/**
 * Sets keys of a queue aside that somebody else has written with another type: each makes every command of the queue
 * fail, for ever. They are renamed, not deleted, because nobody knows what they are; what they stood for, the journal
 * tells, and the reconciler adds it again.
 */
export function createMender({ connection, prefix, clock, log, bounds }: MendParts): Mender {
  const lookedAt = new Map<string, number>();

  const setKeyAside = async (queue: string, name: string, type: string): Promise<void> => {
    const key = `${prefix}:${queue}:${name}`;
    const setAside = `${prefix}:set-aside:${queue}:${name}:${clock.now()}`;
    const fields = { queue, key, type };
    try {
      await answered(() => connection.rename(key, setAside), bounds);
      log.warn('queue-key-set-aside', { ...fields, setAside });
    } catch (error) {
      log.error('queue-key-in-the-way', {
        ...{ ...fields, why: error instanceof Error ? error.message : String(error) },
        remedy: `Delete ${key} in Redis, and find out who writes there: the queue cannot work beside it.`,
      });
    }
  };

  const mend = async (queue: string): Promise<void> => {
    const now = clock.elapsedMs();
    if (now - (lookedAt.get(queue) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
    lookedAt.set(queue, now);
    const found = await findWrong(connection, `${prefix}:${queue}:`).catch(() => []);
    for (const { name, type } of found) await setKeyAside(queue, name, type);
  };

  return {
    mend,
    async setJobAside(queue, jobId) {
      const type = await answered(() => connection.type(`${prefix}:${queue}:${jobId}`), bounds);
      if (type !== 'none') await setKeyAside(queue, jobId, type);
    },
  };
}

async function findWrong(
  connection: Redis,
  start: string,
): Promise<readonly { readonly name: string; readonly type: string }[]> {
  const names = new Set(Object.keys(TYPES));
  const match = `${start.replaceAll(/[\\*?[\]]/g, String.raw`\$&`)}*`;
  for await (const keys of connection.scanStream({ match, count: 1_000 }))
    for (const key of keys as readonly string[]) names.add(key.slice(start.length));
  const found: { name: string; type: string }[] = [];
  for (const name of names) {
    const type = await connection.type(`${start}${name}`);
    if (type !== 'none' && type !== (expectedType(name) ?? type)) found.push({ name, type });
  }
  return found;
}
