import type { Clock } from './clock.ts';

export interface RetryOptions {
  readonly clock: Pick<Clock, 'elapsedMs' | 'sleep'>;
  /** Ends the pause between two tries, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Whether another try may help; any other error is thrown at once. */
  readonly isWorthIt: (error: unknown) => boolean;
  /** The first try counts. */
  readonly tries?: number;
  /** No further try begins later than this after the first. */
  readonly withinMs?: number;
  /** Before the next try, of which there have been so many. */
  readonly pauseMs: (tried: number) => number;
  readonly onRetry?: (error: unknown) => void;
}

/** Does something again while it fails for a reason that may pass; what is handed in is safe to repeat. The last error is thrown. */
export async function retry<Result>(
  perform: () => Promise<Result>,
  { clock, signal, isWorthIt, tries = Infinity, withinMs = Infinity, pauseMs, onRetry }: RetryOptions,
): Promise<Result> {
  const startedAt = clock.elapsedMs();
  for (let tried = 1; ; tried += 1) {
    try {
      return await perform();
    } catch (error) {
      const isOver = tried >= tries || clock.elapsedMs() - startedAt > withinMs || signal?.aborted === true;
      if (isOver || !isWorthIt(error)) throw error;
      onRetry?.(error);
      await clock.sleep(pauseMs(tried), signal);
    }
  }
}

/** Looks again and again until it is so; whether it came to be so in the time, which has no end unless it is given one. */
export async function untilItIsSo(isSo: () => Promise<boolean>, { everyMs, ...waiting }: Waiting): Promise<boolean> {
  const perform = async () => {
    if (!(await isSo())) throw new NotYet();
  };
  const isWorthIt = (error: unknown) => error instanceof NotYet;
  try {
    await retry(perform, { ...waiting, isWorthIt, pauseMs: () => everyMs });
    return true;
  } catch (error) {
    if (error instanceof NotYet) return false;
    throw error;
  }
}

class NotYet extends Error {}

interface Waiting {
  readonly clock: Pick<Clock, 'elapsedMs' | 'sleep'>;
  readonly signal?: AbortSignal | undefined;
  readonly everyMs: number;
  readonly withinMs?: number;
}
