import type { Clock } from '../../engine/clock.ts';

/** Lets `capacity` things happen at once and `perSecond` in the long run. */
export function createTokenBucket(clock: Clock, { capacity, perSecond }: { capacity: number; perSecond: number }) {
  let tokens = capacity;
  let filledAt = clock.elapsedMs();
  return {
    /** Whether one more may happen now. */
    take(): boolean {
      const now = clock.elapsedMs();
      tokens = Math.min(capacity, tokens + ((now - filledAt) / 1_000) * perSecond);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
