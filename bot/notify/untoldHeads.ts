import type { Run, RunState } from '../../engine/contracts.ts';
import type { Clock } from '../../engine/clock.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { MessageRow } from '../../engine/journal/messages.ts';
import type { Log } from '../../env/log.ts';

export interface UntoldHeadParts {
  readonly journal: Pick<Journal, 'runs' | 'cards'>;
  readonly keepHead: (run: Run, beside: MessageRow | undefined) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface UntoldHeads extends AsyncDisposable {
  /** Looks once. */
  round(): Promise<void>;
  /** Looks again and again, until disposed. */
  start(): void;
}

const ENDED: readonly RunState[] = ['completed', 'signed-off', 'failed', 'rolled-back', 'rollback-failed', 'aborted'];
const LOOK_EVERY_MS = 60_000;
/** Runs whose end is looked at in each round, the newest first. */
const NEWEST = 100;

/**
 * Heads are kept while a run’s card is brought up to date (heads.ts). A run that has no card, because its chat is gone or the
 * journal was away when it was posted, is looked for here, so that its end is told elsewhere all the same.
 */
export function createUntoldHeads({ journal, keepHead, clock, log }: UntoldHeadParts): UntoldHeads {
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<void>();
  let running: Promise<void> | undefined;

  const round = async (): Promise<void> => {
    for (const run of await journal.runs({ states: ENDED, limit: NEWEST })) {
      const cards = (await journal.cards(run.runId)).filter(({ goneAt }) => goneAt === undefined);
      if (!cards.some(({ kind }) => kind === 'run')) await keepHead(run, cards[0]);
    }
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) => log.warn('heads-not-looked-for', { err: error }));
      await Promise.race([clock.sleep(LOOK_EVERY_MS, stopping.signal), stopped.promise]).catch(() => undefined);
    }
  };

  return {
    round,
    start() {
      running ??= loop();
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      stopped.resolve();
      await running;
    },
  };
}
