import type { Clock } from '../../clock.ts';
import type { Instant } from '../../contracts.ts';

export interface ModelClock extends Clock {
  advance(ms: number): void;
}

/** Time that moves only when a test says so, or when somebody sleeps: a sleep takes no time but moves it. */
export function createModelClock(start: Instant = '2026-11-20T12:00:00.000Z'): ModelClock {
  let elapsedMs = 0;
  const advance = (ms: number) => {
    elapsedMs += ms;
  };
  return {
    now: () => new Date(Date.parse(start) + elapsedMs).toISOString(),
    elapsedMs: () => elapsedMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      advance(ms);
    },
    advance,
  };
}
