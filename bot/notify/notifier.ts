import type { CardAddress, CardKind, Progress, Run } from '../../engine/contracts.ts';
import type { Clock } from '../../engine/clock.ts';
import type { CardRow, Journal } from '../../engine/journal/journal.ts';
import type { Card } from '../../cards/index.ts';
import type { Log } from '../../env/log.ts';
import { ChatBusyError, ChatRefusedError, MessageGoneError } from '../chat/errors.ts';
import type { ChatPort } from '../chat/port.ts';
import { dueMessage, isOvertaken } from './due.ts';
import { backOffMs, isGivenUp, isTimeForFigures, isTimely, type Shown } from './pace.ts';

export interface NotifierParts {
  readonly journal: Journal;
  readonly chat: Pick<ChatPort, 'postCard' | 'updateCard'>;
  readonly render: (run: Run, kind: CardKind, progress?: Progress) => Card;
  /** What is told of a run’s end besides its cards (heads.ts). */
  readonly keepHead?: (run: Run, beside: CardAddress) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 ≤ n < 1, for the jitter. */
  readonly random: () => number;
}

/** Brings every card to its run's last record, at the pace Teams bears. The engine never waits for it. */
export interface Notifier extends AsyncDisposable {
  /** Looks now instead of at the next round. */
  nudge(): void;
  /** Live figures of a running step; they colour the next update and are lost without harm. */
  progressed(progress: Progress): void;
  /** Looks once and waits for what it sent. */
  round(): Promise<void>;
  /** Looks again and again, until disposed. */
  start(): void;
}

const LOOK_EVERY_MS = 500;
const CARDS_AT_ONCE = 200;

/** One card's updater: at most one message of it is on its way, so the order is kept. */
interface Updater {
  shown?: Shown;
  sending?: Promise<void>;
  failures: number;
  /** Monotonic milliseconds. */
  notBeforeMs: number;
  wasPostedAnew: boolean;
}

export function createNotifier(parts: NotifierParts): Notifier {
  const { journal, chat, render, clock, log, random } = parts;
  const updaters = new Map<string, Updater>();
  const figures = new Map<string, { readonly progress: Progress; isNew: boolean }>();
  const stopping = new AbortController();
  let wake = () => {};
  let running: Promise<void> | undefined;

  const updaterOf = (row: CardRow): Updater => {
    const updater = updaters.get(keyOf(row)) ?? { failures: 0, notBeforeMs: 0, wasPostedAnew: false };
    updaters.set(keyOf(row), updater);
    return updater;
  };

  /** At least once: the address is saved after the send, and the run's card counts as shown only after its messages. */
  const postDue = async (run: Run, beside: CardRow): Promise<void> => {
    const kind = dueMessage(run);
    if (kind === undefined) return;
    const isPosted = async () => (await journal.cards(run.runId)).some((row) => row.kind === kind);
    if (await isPosted()) return;
    const address = await chat.postCard(beside.address, render(run, kind));
    // Somebody may have asked for this card elsewhere in the meantime; it lives where it was asked for.
    if (await isPosted()) return;
    await journal.saveCard({ runId: run.runId, kind, address, shownSeq: run.version });
    log.info('card-posted', { runId: run.runId, kind });
  };

  const bringUpToDate = async (row: CardRow, updater: Updater): Promise<void> => {
    const run = await journal.run(row.runId);
    if (!run) return journal.forgetCard(row.runId, row.kind);
    if (row.kind === 'run') {
      await postDue(run, row);
      await parts.keepHead?.(run, row.address);
    }
    if (!isTimely(run, updater.shown, clock.elapsedMs())) return;
    const live = figures.get(run.runId);
    const card = render(run, row.kind, run.state === 'in-progress' ? live?.progress : undefined);
    const text = JSON.stringify(card);
    if (text !== updater.shown?.card) {
      await chat.updateCard(row.address, card).catch((error: unknown) => {
        if (!(error instanceof MessageGoneError)) throw error;
        // Whoever deletes it twice does not want it; the messages that ask for somebody still come.
        return updater.wasPostedAnew ? undefined : postAnew(row, card, updater);
      });
    }
    updater.shown = { run, card: text, atMs: clock.elapsedMs() };
    updater.failures = 0;
    await journal.cardShown(run.runId, row.kind, run.version);
    if (isOvertaken(run, row.kind)) {
      updaters.delete(keyOf(row));
      return journal.forgetCard(run.runId, row.kind);
    }
    if (!isOver(run)) return;
    figures.delete(run.runId);
    updaters.delete(keyOf(row));
  };

  const postAnew = async (row: CardRow, card: Card, updater: Updater): Promise<void> => {
    const address = await chat.postCard(row.address, card);
    updater.wasPostedAnew = true;
    await journal.saveCard({ ...row, address });
    log.info('deleted-card-posted-anew', { runId: row.runId, kind: row.kind });
  };

  const deliver = async (row: CardRow, updater: Updater): Promise<void> => {
    try {
      await bringUpToDate(row, updater);
    } catch (error) {
      await afterFailure(row, updater, error).catch((problem: unknown) =>
        log.error('chat-not-given-up', { runId: row.runId, kind: row.kind, err: problem }),
      );
    }
  };

  const afterFailure = async (row: CardRow, updater: Updater, error: unknown): Promise<void> => {
    const fields = { runId: row.runId, kind: row.kind, err: error };
    updater.failures += 1;
    if (error instanceof ChatRefusedError || (await isHopeless(row, updater, error))) {
      updaters.delete(keyOf(row));
      log.warn('chat-gone', fields);
      return journal.cardGone(row.runId, row.kind);
    }
    const retryAfterMs = error instanceof ChatBusyError ? error.retryAfterMs : undefined;
    const waitMs = backOffMs(updater.failures, retryAfterMs, random);
    updater.notBeforeMs = clock.elapsedMs() + waitMs;
    log.warn('card-update-postponed', { ...fields, waitMs: Math.round(waitMs) });
  };

  const isHopeless = async (row: CardRow, { failures }: Updater, error: unknown): Promise<boolean> => {
    if (!(error instanceof ChatBusyError && error.isOwnFault)) return false;
    const run = await journal.run(row.runId);
    return run !== undefined && isGivenUp(failures, run.updatedAt, clock.now());
  };

  /** Behind their run's last record, or with newer figures than they show. */
  const cardsToUpdate = async (): Promise<readonly CardRow[]> => {
    const behind = await journal.cardsBehind(CARDS_AT_ONCE);
    const lively = [...figures].filter(
      ([runId, { isNew }]) =>
        isNew &&
        !behind.some((row) => row.runId === runId) &&
        isTimeForFigures(updaters.get(keyOf({ runId, kind: 'run' }))?.shown, clock.elapsedMs()),
    );
    const more = await Promise.all(lively.map(([runId]) => journal.cards(runId)));
    for (const [, live] of lively) live.isNew = false;
    return [...behind, ...more.flat().filter((row) => row.kind === 'run' && row.goneAt === undefined)];
  };

  /** Starts what may be sent now; a card that is still being sent, or has to wait, is left for a later look. */
  const look = async (): Promise<void> => {
    for (const row of await cardsToUpdate()) {
      const updater = updaterOf(row);
      if (updater.sending || updater.notBeforeMs > clock.elapsedMs()) continue;
      updater.sending = deliver(row, updater).finally(() => {
        updater.sending = undefined;
      });
    }
  };

  const settle = async (): Promise<void> => {
    await Promise.all([...updaters.values()].map(({ sending }) => sending ?? Promise.resolve()));
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const nudged = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await look().catch((error: unknown) => log.error('cards-not-looked-at', { err: error }));
      const waited = new AbortController();
      const pause = clock.sleep(LOOK_EVERY_MS, AbortSignal.any([stopping.signal, waited.signal])).catch(() => {});
      await Promise.race([pause, nudged]);
      waited.abort();
    }
  };

  return {
    nudge: () => wake(),
    progressed(progress) {
      figures.set(progress.runId, { progress, isNew: true });
    },
    async round() {
      await look();
      await settle();
    },
    start() {
      running ??= run();
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      wake();
      await running;
      await settle();
    },
  };
}

function keyOf({ runId, kind }: Pick<CardRow, 'runId' | 'kind'>): string {
  return `${runId} ${kind}`;
}

/** Nothing happens by itself any more: what an updater remembers of it can be forgotten. */
function isOver(run: Run): boolean {
  return run.endedAt !== undefined && run.state !== 'rollback-in-progress';
}
