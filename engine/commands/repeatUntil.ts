import type { Clock } from '../clock.ts';
import { retry } from '../retry.ts';
import { CommandFailedError, CommandTimeoutError } from './errors.ts';

const PAUSE_MS = 250;

/**
 * Tries again while a command says no, until its time is over; the last refusal is thrown then. One that hangs is ended when its
 * time is over and has that time once more: what it was waiting for may have come up badly, and once is no proof.
 */
export async function repeatUntil(
  run: () => Promise<void>,
  { clock, signal, timeoutMs }: { readonly clock: Clock; readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<void> {
  const tryAll = () => {
    const isWorthIt = (error: unknown) => error instanceof CommandFailedError;
    return retry(run, { clock, signal, isWorthIt, withinMs: timeoutMs, pauseMs: () => PAUSE_MS });
  };
  const hasHung = (error: unknown) => error instanceof CommandTimeoutError;
  return retry(tryAll, { clock, signal, isWorthIt: hasHung, tries: 2, pauseMs: () => PAUSE_MS });
}
