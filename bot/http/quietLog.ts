import type { Logger } from 'pino';
import type { Clock } from '../../engine/clock.ts';

const AGAIN_AFTER_MS = 60_000;
const CAUSES = 200;

export type QuietLog = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/**
 * Warns of one cause at once, then of the same at most once a minute, with how often it has happened since: whoever floods
 * the door must not flood the log. Message and fields together are the cause.
 */
export function createQuietLog(log: Logger, clock: Pick<Clock, 'elapsedMs'>): QuietLog {
  const causes = new Map<string, { saidAtMs: number; since: number }>();
  return (message, fields = {}) => {
    const cause = `${message} ${JSON.stringify(fields)}`;
    const now = clock.elapsedMs();
    const known = causes.get(cause);
    if (known && now - known.saidAtMs < AGAIN_AFTER_MS) {
      known.since += 1;
      return;
    }
    // Causes are few; should somebody find a way to make many, the oldest is forgotten.
    causes.delete(cause);
    causes.set(cause, { saidAtMs: now, since: 0 });
    const [oldest] = causes.keys();
    if (causes.size > CAUSES && oldest !== undefined) causes.delete(oldest);
    log.warn({ ...fields, ...(known && known.since > 0 && { timesSince: known.since }) }, message);
  };
}
