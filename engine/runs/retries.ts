import type { Clock } from '../clock.ts';
import { RetryableError } from '../errors.ts';
import { retry } from '../retry.ts';

const TRIES = 4;

/** Deadlocks and short network failures pass by themselves; what is handed in is safe to repeat. */
export function withRetries<Result>(
  perform: () => Promise<Result>,
  { clock, signal, log }: { readonly clock: Clock; readonly signal: AbortSignal; readonly log: (text: string) => void },
): Promise<Result> {
  return retry(perform, {
    ...{ clock, signal, tries: TRIES, pauseMs: (tried: number) => 500 * 2 ** tried },
    isWorthIt: (error) => error instanceof RetryableError,
    onRetry: (error) => log(`Tried again after: ${error instanceof Error ? error.message : ''}`),
  });
}
