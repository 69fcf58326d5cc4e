import type { Clock } from '../clock.ts';
import { RetryableError } from '../errors.ts';

const TRIES = 4;

/** Deadlocks and short network failures pass by themselves; what is handed in is safe to repeat. */
export async function withRetries<Result>(
  perform: () => Promise<Result>,
  { clock, signal, log }: { readonly clock: Clock; readonly signal: AbortSignal; readonly log: (text: string) => void },
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await perform();
    } catch (error) {
      if (!(error instanceof RetryableError) || attempt >= TRIES || signal.aborted) throw error;
      log(`Tried again after: ${error.message}`);
      await clock.sleep(500 * 2 ** attempt, signal);
    }
  }
}
