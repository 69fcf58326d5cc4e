import type { Clock } from '../../engine/clock.ts';

/** Time that stands still until somebody waits for it: what takes Azure minutes takes a test none. */
export interface VirtualClock extends Clock {
  readonly nowMs: () => number;
  advance(ms: number): void;
}

export function createVirtualClock(): VirtualClock {
  const begun = Date.now();
  let aheadMs = 0;
  const nowMs = () => begun + aheadMs;
  return {
    nowMs,
    now: () => new Date(nowMs()).toISOString(),
    elapsedMs: () => aheadMs,
    advance: (ms) => void (aheadMs += ms),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      aheadMs += ms;
      // Others get their turn, as they would while somebody sleeps.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };
}
