import type { Clock } from '../clock.ts';
import { CommandFailedError } from './errors.ts';

const PAUSE_MS = 250;

/** Tries again while a command says no, until its time is over; the last refusal is thrown then. */
export async function repeatUntil(
  run: () => Promise<void>,
  { clock, signal, timeoutMs }: { readonly clock: Clock; readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<void> {
  const startedAt = clock.elapsedMs();
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof CommandFailedError) || clock.elapsedMs() - startedAt > timeoutMs) throw error;
      await clock.sleep(PAUSE_MS, signal);
    }
  }
}
