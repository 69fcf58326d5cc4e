import type { Clock } from '../../engine/clock.ts';

export interface Rate {
  /** This many at once, */
  readonly capacity: number;
  /** and this many in the long run. */
  readonly perSecond: number;
}

/** Lets things happen at a rate. */
export interface TokenBucket {
  /** Whether one more may happen now. */
  take(): boolean;
}

export function createTokenBucket(clock: Pick<Clock, 'elapsedMs'>, { capacity, perSecond }: Rate): TokenBucket {
  let tokens = capacity;
  let filledAt = clock.elapsedMs();
  return {
    take() {
      const now = clock.elapsedMs();
      tokens = Math.min(capacity, tokens + ((now - filledAt) / 1_000) * perSecond);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
