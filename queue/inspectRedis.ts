import { Redis } from 'ioredis';

export interface RedisInspection {
  readonly version: string;
  /** Absent when the server does not say. */
  readonly maxmemoryPolicy?: string;
  readonly isAppendOnly: boolean;
}

/** Asks a Redis what it is, once: one that is away is reported at once. INFO alone, because managed ones refuse CONFIG. */
export async function inspectRedis(url: string): Promise<RedisInspection> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 3_000,
    commandTimeout: 3_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Reported by `connect` already; without a listener it would be written to the console as well.
  let reason: unknown;
  redis.on('error', (error: unknown) => (reason = error));
  try {
    await redis.connect();
    const info = await redis.info();
    const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
    const maxmemoryPolicy = field('maxmemory_policy');
    return {
      version: field('redis_version') ?? 'unknown',
      isAppendOnly: field('aof_enabled') === '1',
      ...(maxmemoryPolicy === undefined ? {} : { maxmemoryPolicy }),
    };
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}
