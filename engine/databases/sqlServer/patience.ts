import type { Clock } from '../../clock.ts';
import { reportError, RetryableError } from '../../errors.ts';
import { retry } from '../../retry.ts';
import { LoginRefusedError } from './login/errors.ts';

/**
 * Of a platform that moves its databases and turns logins away meanwhile, and whose logins rest on tokens that end: a login is tried
 * again, and no session is used longer than its token.
 */
export interface Patience {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Told in a sentence what is waited for. */
  readonly say?: ((sentence: string) => void) | undefined;
}

/** "Troubleshoot connectivity issues": the first retry after 5 s, later ones up to 60 s apart; most moves end within a minute. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;
const WITHIN_MS = 120_000;

export const pauseBehind = (tried: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (tried - 1), LONGEST_PAUSE_MS);

/** A login changes nothing, so that it may be repeated whatever became of it. */
export function untilAdmitted<Session>(
  { clock, say, ...patience }: Patience,
  logIn: () => Promise<Session>,
  { isOpen, signal }: { readonly isOpen: () => boolean; readonly signal?: AbortSignal | undefined },
): Promise<Session> {
  const ends = [patience.signal, signal].filter((one) => one !== undefined);
  let tried = 0;
  return retry(logIn, {
    ...{ clock, withinMs: WITHIN_MS, signal: ends.length === 0 ? undefined : AbortSignal.any(ends) },
    pauseMs: pauseBehind,
    isWorthIt: (error) => isOpen() && mayPass(error),
    onRetry: (error) => say?.(sentenceOf(error, pauseBehind((tried += 1)))),
  });
}

/** What a login was refused with may pass by itself; where a database is moved, it is not there for a moment. */
const mayPass = (error: unknown): boolean =>
  error instanceof RetryableError || (error instanceof LoginRefusedError && error.number === CANNOT_OPEN);

const CANNOT_OPEN = 4060;

/** `error` is one of ours: its message names no more than the server and its number. */
export const sentenceOf = (error: unknown, pauseMs: number): string =>
  `${reportError(error).message}; tried again in ${String(Math.round(pauseMs / 1000))} s`;
