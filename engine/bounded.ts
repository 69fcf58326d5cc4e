import { type Clock, systemClock } from './clock.ts';
import { RetryableError } from './errors.ts';

/** Somebody was asked and said nothing within the time that an answer may take; whether it was done is unknown. */
export class NoAnswerError extends RetryableError {
  override readonly code = 'no-answer';

  /** `whom`: as people know it, without user and password: `Redis`, `sql01:1433`. */
  constructor(whom: string, withinMs: number) {
    super(`${whom} gave no answer within ${inWords(withinMs)}`, {
      remedy: 'Look whether it runs, and at the network between here and there; what was asked is asked again.',
    });
  }
}

export interface Bound {
  readonly whom: string;
  readonly withinMs: number;
  /** What else ends the waiting, with its own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Real time unless a test owns it. */
  readonly clock?: Clock;
}

/**
 * Waits for an answer, and no longer than the bound allows. The signal that `work` gets is aborted at the bound, so that it can
 * let go of its connection; what it comes to after that concerns nobody.
 * @throws NoAnswerError at the bound; the signal's reason when that is aborted
 */
export async function bounded<Result>(
  work: (ended: AbortSignal) => Promise<Result>,
  { whom, withinMs, signal, clock = systemClock }: Bound,
): Promise<Result> {
  signal?.throwIfAborted();
  const late = new AbortController();
  const over = new AbortController();
  const ended = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
  const silence = new Promise<never>((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over.signal });
    clock.sleep(withinMs, over.signal).then(
      () => {
        const error = new NoAnswerError(whom, withinMs);
        reject(error);
        late.abort(error);
      },
      () => undefined,
    );
  });
  try {
    return await Promise.race([work(ended), silence]);
  } finally {
    over.abort(OVER);
  }
}

/** Every statement ends with it: an abort without a reason makes an error with a stack that nobody reads. */
const OVER = new Error('It is over');

/** For what goes on without whoever lets go: it changes nothing, or others wait for it as well. @throws the signal's reason */
export async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  work.catch(() => undefined);
  if (signal === undefined) return work;
  signal.throwIfAborted();
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    // A signal's reason may be anything at all.
    const end = () => reject(signal.reason instanceof Error ? signal.reason : new Error('The waiting was interrupted'));
    signal.addEventListener('abort', end, { once: true, signal: over.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    over.abort(OVER);
  }
}

export interface Life {
  readonly whom: string;
  /** How often it is looked, and how long one look may take. */
  readonly everyMs: number;
  readonly withinMs: number;
  readonly clock?: Clock;
}

/** So many looks in vain one after another, and nobody is there any more: one alone may be lost. */
const LOOKS_IN_VAIN = 3;

/**
 * Waits for work that may take hours: as long as there are signs of life, and no longer. `look` asks for one on another way
 * than the work itself is waiting on.
 * @throws NoAnswerError when several looks in a row were in vain; `work` is told by its signal
 */
export async function whileAlive<Result>(
  work: (ended: AbortSignal) => Promise<Result>,
  look: (signal: AbortSignal) => Promise<unknown>,
  { whom, everyMs, withinMs, clock = systemClock }: Life,
): Promise<Result> {
  const silent = new AbortController();
  const over = new AbortController();
  const watch = async (): Promise<never> => {
    for (let inVain = 0; inVain < LOOKS_IN_VAIN;) {
      await clock.sleep(everyMs, over.signal);
      const isAlive = await bounded(look, { whom, withinMs, signal: over.signal, clock }).then(
        () => true,
        () => false,
      );
      over.signal.throwIfAborted();
      inVain = isAlive ? 0 : inVain + 1;
    }
    const error = new NoAnswerError(whom, LOOKS_IN_VAIN * (everyMs + withinMs));
    silent.abort(error);
    throw error;
  };
  const watching = watch();
  // Ends by its own signal when the work is over.
  watching.catch(() => undefined);
  try {
    return await Promise.race([work(silent.signal), watching]);
  } finally {
    over.abort();
  }
}

/** Whether `work` came to its end, however, in that time; what goes on after it concerns nobody. */
export async function endsWithin(withinMs: number, work: Promise<unknown>, clock?: Clock): Promise<boolean> {
  const ended = work.then(
    () => true,
    () => true,
  );
  return bounded(() => ended, { whom: 'It', withinMs, ...(clock === undefined ? {} : { clock }) }).catch(() => false);
}

const inWords = (ms: number): string => (ms < 1000 ? `${String(ms)} ms` : `${String(Math.round(ms / 100) / 10)} s`);
