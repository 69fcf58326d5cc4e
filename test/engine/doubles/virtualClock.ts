import type { Clock } from '../../../engine/clock.ts';
import type { Instant } from '../../../engine/contracts.ts';

/** Time that moves only when a test moves it; who sleeps wakes in order. */
export interface VirtualClock extends Clock {
  /** Moves on by `ms` and wakes whoever slept until then. */
  advance(ms: number): Promise<void>;
  /** Milliseconds until the next sleeper wakes; undefined when nobody sleeps. */
  untilNextWake(): number | undefined;
  /** Moves from one sleeper to the next until `work` has settled. */
  runUntil<Result>(work: Promise<Result>): Promise<Result>;
}

export function createVirtualClock(start: Instant = '2026-11-20T12:00:00.000Z'): VirtualClock {
  let elapsedMs = 0;
  const sleepers = new Set<{ readonly due: number; readonly wake: () => void }>();
  const next = () => [...sleepers].toSorted((a, b) => a.due - b.due)[0];

  const clock: VirtualClock = {
    now: () => new Date(Date.parse(start) + elapsedMs).toISOString(),
    elapsedMs: () => elapsedMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const sleeper = { due: elapsedMs + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          if (sleepers.delete(sleeper)) reject(signal.reason);
        });
      }),
    async advance(ms) {
      const end = elapsedMs + ms;
      for (let sleeper = next(); sleeper && sleeper.due <= end; sleeper = next()) {
        elapsedMs = Math.max(elapsedMs, sleeper.due);
        sleepers.delete(sleeper);
        sleeper.wake();
        await settled();
      }
      elapsedMs = end;
    },
    untilNextWake: () => {
      const sleeper = next();
      return sleeper && Math.max(0, sleeper.due - elapsedMs);
    },
    async runUntil(work) {
      const over = new AbortController();
      const end = () => over.abort();
      work.then(end, end);
      for (await settled(); !over.signal.aborted; await settled()) {
        const wait = clock.untilNextWake();
        if (wait !== undefined) await clock.advance(wait);
      }
      return work;
    },
  };
  return clock;
}

/** Everything that can go on without time passing has gone on. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
