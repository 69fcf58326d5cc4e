import type { Clock } from '../clock.ts';
import type { LogLine } from '../contracts.ts';
import type { Journal } from '../journal/journal.ts';

/** The log of one run that people download: UTC, step by step, scrubbed; written to the journal in small batches. */
export interface RunLog extends AsyncDisposable {
  write(step: string, text: string): void;
  flush(): Promise<void>;
}

const FLUSH_AFTER_LINES = 50;

export function openRunLog(
  runId: string,
  parts: { journal: Journal; clock: Clock; scrub: (text: string) => string },
): RunLog {
  let pending: LogLine[] = [];
  let writing = Promise.resolve();
  const write = async (): Promise<void> => {
    const lines = pending;
    if (lines.length === 0) return;
    pending = [];
    try {
      await parts.journal.appendLog(runId, lines);
    } catch (error) {
      // Kept for the next flush: what a journal misses while it is away is what people will look for.
      pending = [...lines, ...pending];
      throw error;
    }
  };
  const flush = (): Promise<void> => (writing = writing.catch(() => undefined).then(write));
  return {
    write(step, text) {
      pending.push({ at: parts.clock.now(), step, text: parts.scrub(text) });
      // A failed write surfaces at the next flush, which every step awaits before its checkpoint.
      if (pending.length >= FLUSH_AFTER_LINES) flush().catch(() => undefined);
    },
    flush,
    [Symbol.asyncDispose]: flush,
  };
}
