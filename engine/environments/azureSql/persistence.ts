import type { Clock } from '../../clock.ts';
import { isRefusal, isServerError } from '../../databases/sqlServer/faults.ts';
import { pauseBehind, sentenceOf } from '../../databases/sqlServer/patience.ts';
import { RetryableError } from '../../errors.ts';
import { retry } from '../../retry.ts';

interface Waiting {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly say?: ((sentence: string) => void) | undefined;
}

/** How one session goes on when the platform breaks off what it sent. */
export interface Persistence {
  /** For what only reads: asked again whatever became of it. */
  reading<Result>(ask: () => Promise<Result>): Promise<Result>;
  /** For what changes something: only where the server itself has said that it did not begin it, or took it back as a whole. */
  changing<Result>(change: () => Promise<Result>): Promise<Result>;
  /** Waits before somebody looks what became of a statement, and makes the next one smaller; false when there is no use in that any more. */
  outlast(error: unknown): Promise<boolean>;
  /** A change went through: what breaks off behind it is counted anew. */
  went<Result>(result: Result): Result;
}

/** One after another without anything that went through; with their pauses a bit more than three minutes, and what logins take besides. */
const MOST = 6;

export function createPersistence({ clock, signal, say }: Waiting): Persistence {
  let struck = 0;
  const again = <Result>(perform: () => Promise<Result>, isWorthIt: (error: unknown) => boolean) => {
    let tried = 0;
    return retry(perform, {
      ...{ clock, signal, isWorthIt, tries: MOST, pauseMs: pauseBehind },
      onRetry: (error) => say?.(sentenceOf(error, pauseBehind((tried += 1)))),
    });
  };
  return {
    reading: (ask) => again(ask, mayPass),
    changing: (change) => again(change, wasNotDone),
    async outlast(error) {
      if (!mayPass(error) || struck >= MOST || signal?.aborted === true) return false;
      struck += 1;
      const pauseMs = pauseBehind(struck);
      say?.(sentenceOf(error, pauseMs));
      await clock.sleep(pauseMs, signal);
      return true;
    },
    went(result) {
      struck = 0;
      return result;
    },
  };
}

const LOG_FULL = 9002;

/** A log that is full is emptied by the platform's next backup of it. */
const mayPass = (error: unknown): boolean =>
  error instanceof RetryableError || (isRefusal(error) && error.number === LOG_FULL);

/** A deadlock takes its transaction back; of the others the request was not begun. What else breaks off may have been committed. */
const NOT_DONE: ReadonlySet<number> = new Set([1205, 10_928, 10_929, 40_501, 49_918, 49_919, 49_920]);

const wasNotDone = (error: unknown): boolean =>
  isServerError(error, 'platform-busy', 'deadlock-victim') && NOT_DONE.has(error.number);
