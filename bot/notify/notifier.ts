import { randomUUID } from 'node:crypto';
import type { Progress } from '../../engine/contracts.ts';
import type { DueMessage, NewMessage } from '../../engine/journal/messages.ts';
import type { Card } from '../../cards/index.ts';
import type { Asker } from '../reach/asker.ts';
import { createDelivery } from './delivery.ts';
import type { DeliveryParts } from './deliveryParts.ts';
import { createLanes, type Lane } from './lanes.ts';
import { createMemory } from './remembered.ts';

export type NotifierParts = Omit<DeliveryParts, 'memory' | 'figuresOf' | 'sendNow'> & {
  /** Who brings the question to those who may approve. */
  readonly asker?: Asker;
};

/**
 * Sends every message of Rewind, and brings every card to its run's last record, at the pace that the chat bears. What is
 * to be sent stands in the journal before; the engine never waits for it.
 */
export interface Notifier extends AsyncDisposable {
  /** Sends a message that has been recorded, as `first` when its run has not moved on; resolves when that was tried once. */
  send(message: DueMessage, first: Card | undefined): Promise<void>;
  /** Records a message and sends it; while the journal is away it is sent all the same. */
  post(message: NewMessage, first: Card): Promise<void>;
  /** Looks now instead of at the next round. */
  nudge(): void;
  /** Live figures of a running step; they colour the next update and are lost without harm. */
  progressed(progress: Progress): void;
  /** A question was opened on this card: progress does not close it for a while, or until `hasAnswered`. */
  isAsking(id: string): void;
  hasAnswered(id: string): void;
  /** Draws a card again although nothing is new: somebody was shown something else in its place. */
  drawAgain(id: string): Promise<void>;
  /** Looks once and waits for what it sent. */
  round(): Promise<void>;
  /** Looks again and again, until disposed. */
  start(): void;
}

/** What commands and clicks have sent. Nothing goes past the notifier, and nothing is sent before it is recorded. */
export type Outbox = Pick<Notifier, 'post' | 'isAsking' | 'hasAnswered' | 'drawAgain'>;

const LOOK_EVERY_MS = 500;
const MESSAGES_AT_ONCE = 500;
/** Long enough to read what a Stop means and to decide. */
const QUESTION_MS = 120_000;
const FIGURES_EVERY_MS = 5_000;
const ASK_EVERY_MS = 1_000;

export function createNotifier(parts: NotifierParts): Notifier {
  const { journal, chat, clock, log, asker } = parts;
  const lanes = createLanes();
  const memory = createMemory();
  const figures = new Map<string, { readonly progress: Progress; isNew: boolean }>();
  const stopping = new AbortController();
  let wake = () => {};
  let running: Promise<void> | undefined;
  let asking: Promise<void> | undefined;
  let askNotBeforeMs = 0;

  const laneOf = (row: DueMessage): Lane => lanes.of(chat.conversationOf(row.address));

  const sendNow = (row: DueMessage): void => {
    const lane = laneOf(row);
    lane.urgent.push(row);
    start(lane);
  };

  const deliver = createDelivery({
    ...parts,
    memory,
    sendNow,
    figuresOf: (run) => {
      if (run.endedAt !== undefined && run.state !== 'rollback-in-progress') figures.delete(run.runId);
      return run.state === 'in-progress' ? figures.get(run.runId)?.progress : undefined;
    },
  });

  const drain = async (lane: Lane): Promise<void> => {
    while (!stopping.signal.aborted && lane.notBeforeMs <= clock.elapsedMs()) {
      const urgent = lane.urgent.shift();
      const row = urgent ?? lane.due.shift();
      if (!row) return;
      const outcome = await deliver(row, lane);
      if (outcome === 'waits' && urgent) {
        // Its conversation is busy: it stays the first one.
        lane.urgent.unshift(urgent);
        lane.notBeforeMs = Math.max(lane.notBeforeMs, clock.elapsedMs() + 1);
      }
      memory.of(row.id).tried.resolve();
    }
  };

  const start = (lane: Lane): void => {
    lane.draining ??= drain(lane).finally(() => {
      lane.draining = undefined;
    });
  };

  /** Cards with newer figures than they show, of runs that have nothing else to say. */
  const lively = async (due: readonly DueMessage[]): Promise<readonly DueMessage[]> => {
    const now = clock.elapsedMs();
    const rows: DueMessage[] = [];
    for (const [runId, live] of figures) {
      if (!live.isNew || due.some((row) => row.runId === runId)) continue;
      const cards = (await journal.cards(runId)).filter(({ kind, goneAt }) => kind === 'run' && goneAt === undefined);
      // Nobody sees it move; a card that comes later is coloured by the next figures.
      if (cards.length === 0) figures.delete(runId);
      for (const row of cards) {
        const { shown } = memory.of(row.id);
        if (shown && now - shown.atMs < FIGURES_EVERY_MS) continue;
        live.isNew = false;
        rows.push({ ...row, version: row.shownSeq });
      }
    }
    return rows;
  };

  /** Beside the look, because it waits for the chat. */
  const ask = (): void => {
    if (!asker || asking || clock.elapsedMs() < askNotBeforeMs) return;
    askNotBeforeMs = clock.elapsedMs() + ASK_EVERY_MS;
    asking = asker
      .round()
      .catch((error: unknown) => log.error('approvers-not-asked', { err: error }))
      .finally(() => {
        asking = undefined;
      });
  };

  const look = async (): Promise<void> => {
    ask();
    const found = await journal.messagesDue(MESSAGES_AT_ONCE);
    const due = [...found, ...(await lively(found))];
    const ids = new Set([...due, ...lanes.all().flatMap(({ urgent }) => urgent)].map(({ id }) => id));
    memory.prune((id) => ids.has(id));
    lanes.prune(clock.elapsedMs());
    for (const lane of lanes.all()) lane.due = [];
    for (const row of due.sort((one, other) => rank(one) - rank(other))) laneOf(row).due.push(row);
    for (const lane of lanes.all()) start(lane);
  };

  /** To be posted first; of the cards the one that was shown longest ago. */
  const rank = (row: DueMessage): number =>
    row.posts === 0 ? Number.NEGATIVE_INFINITY : (memory.of(row.id).shown?.atMs ?? -1);

  const settle = async (): Promise<void> => {
    await asking;
    await Promise.all(lanes.all().map(({ draining }) => draining ?? Promise.resolve()));
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

  const notifier: Notifier = {
    async send(message, first) {
      const known = memory.of(message.id);
      known.first = first;
      sendNow(message);
      // Nobody waits for a conversation that is busy: the message is recorded, and follows.
      if (laneOf(message).notBeforeMs > clock.elapsedMs()) return;
      await Promise.race([known.tried.promise, laneOf(message).draining]);
    },
    async post(message, first) {
      const id = message.id ?? randomUUID();
      const isTried = lanes.of(chat.conversationOf(message.address)).notBeforeMs <= clock.elapsedMs();
      await journal
        .addMessage({ ...message, id, isTried })
        .catch((error: unknown) => log.error('message-not-recorded', { runId: message.runId, err: error }));
      const { posts = 0, shownSeq = 0 } = message;
      const seen = { isReplaced: false, shownUnder: { generation: -1 }, version: shownSeq };
      await notifier.send({ ...message, id, posts, isTried, shownSeq, ...seen }, first);
    },
    nudge() {
      askNotBeforeMs = 0;
      wake();
    },
    progressed(progress) {
      figures.set(progress.runId, { progress, isNew: true });
    },
    isAsking(id) {
      memory.of(id).askedUntilMs = clock.elapsedMs() + QUESTION_MS;
    },
    hasAnswered(id) {
      const known = memory.of(id);
      if (known.askedUntilMs > 0 && known.failures === 0) known.notBeforeMs = 0;
      known.askedUntilMs = 0;
    },
    async drawAgain(id) {
      const known = memory.of(id);
      known.isForced = true;
      known.askedUntilMs = 0;
      known.notBeforeMs = 0;
      await journal.messageAgain(id);
      wake();
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
  return notifier;
}
