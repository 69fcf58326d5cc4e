import { Client } from 'pg';
import { systemClock } from '../../engine/clock.ts';

export interface Availability {
  /** Ends watching. @returns the longest time without an answer, seconds */
  end(): Promise<number>;
}

const EVERY_MS = 10;

/** A client as the sandbox's services have one: connects anew every 10 ms and asks for a row. */
export function watchAvailability(databaseUrl: string): Availability {
  const ending = new AbortController();
  let lastAnswer = systemClock.elapsedMs();
  let longestMs = 0;
  const ask = async () => {
    const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 1000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      const now = systemClock.elapsedMs();
      longestMs = Math.max(longestMs, now - lastAnswer);
      lastAnswer = now;
    } catch {
      // Refused, or cut off: the gap goes on.
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const watching = (async () => {
    while (!ending.signal.aborted) {
      await ask();
      await systemClock.sleep(EVERY_MS, ending.signal).catch(() => undefined);
    }
  })();
  return {
    async end() {
      ending.abort();
      await watching;
      return longestMs / 1000;
    },
  };
}
