import type { CardAddress, CardKind, Run } from '../../engine/contracts.ts';
import type { DueMessage, Hold, MessageRow } from '../../engine/journal/messages.ts';
import type { Card } from '../../cards/index.ts';
import { MessageGoneError } from '../chat/errors.ts';
import { dueBeside, dueMessage, isOvertaken, noticeAtHome } from './due.ts';
import { afterFailure } from './failure.ts';
import type { Lane, Urgency } from './lanes.ts';
import { newsOf, pictureOf, shownOf, waitForPicture } from './pace.ts';
import type { Remembered } from './remembered.ts';
import type { DeliveryParts, Outcome, ShownTo } from './deliveryParts.ts';

/** Sends one message, or brings one up to date; what goes wrong is kept for a later try. */
export function createDelivery(parts: DeliveryParts): (row: DueMessage, lane: Lane) => Promise<Outcome> {
  const { journal, chat, draw, clock, log, memory, figuresOf, sendNow } = parts;

  const underOf = async (run: Run): Promise<Hold> => {
    const { target: _, ...under } = await journal.hold(run.target);
    return under;
  };

  const shownTo = async ({ address, addressee }: DueMessage): Promise<ShownTo> => {
    if (!chat.isPersonal(address)) return { addressee };
    return { addressee, reader: (await journal.chatReader(chat.conversationOf(address))) ?? {} };
  };

  const isTurn = (lane: Lane, known: Remembered, what: Urgency): boolean => {
    const waitMs = lane.turn(what, clock.elapsedMs());
    known.notBeforeMs = clock.elapsedMs() + waitMs;
    return waitMs === 0;
  };

  /** At least once: recorded before, remembered after. */
  const post = async (row: DueMessage, run: Run | undefined, lane: Lane, known: Remembered): Promise<Outcome> => {
    const { kind } = row;
    const isNote = kind === 'note';
    // What it would have asked for is decided by now, or is asked by a later message.
    if (row.isReplaced && !row.isTried) return forget(row, known);
    if (run && !isNote && kind !== 'run' && row.shownSeq === 0 && dueMessage(run) !== kind) return forget(row, known);
    const under = run ? await underOf(run) : NOBODY;
    if (known.lies === undefined) {
      const card = await firstPicture(row, run, under, known);
      if (!card) return forget(row, known);
      if (!isTurn(lane, known, known.first ? 'answer' : 'news')) return 'waits';
      if (!row.isTried || known.isUntried) await journal.messageTried(row.id, true);
      else if (known.first === undefined) log.warn('message-perhaps-twice', { runId: row.runId, kind });
      known.isUntried = false;
      known.isPosting = true;
      try {
        known.lies = { address: await chat.postCard(row.address, card), seq: run?.version ?? 0 };
      } finally {
        known.isPosting = false;
      }
      lane.failures = 0;
      if (run) known.shown = shownOf(run, under, card, clock.elapsedMs());
      log.info('message-posted', { runId: row.runId, kind });
    }
    if (isNote) return forget(row, known);
    await journal.messagePosted(row.id, known.lies.address, known.lies.seq, under);
    known.isPosted = true;
    known.lies = undefined;
    known.first = undefined;
    return 'done';
  };

  /** What the answer was drawn as, unless its run has moved on; else what the journal knows. */
  const firstPicture = async (row: DueMessage, run: Run | undefined, under: Hold, known: Remembered) => {
    // The picture of a note was drawn by a bot.
    if (row.kind === 'note') return known.first ?? (row.picture as Card | undefined);
    if (!run || run.version === row.shownSeq)
      return known.first ?? (run && draw.card(run, row.kind, under, await shownTo(row)));
    return draw.card(run, row.kind, under, await shownTo(row));
  };

  /** Recorded before: what cannot be deleted now says later that another took its place. */
  const takeBack = async (row: DueMessage, address: CardAddress): Promise<void> => {
    const { runId, kind, conversation } = row;
    const id = await journal.addMessage({ runId, kind, conversation, address, posts: 1, isReplaced: true });
    await chat.deleteMessage(address);
    await journal.forgetMessage(id);
    log.info('message-taken-back', { runId: row.runId, kind: row.kind });
  };

  /** An update makes no sound, so a new message is posted where a person must act or the run has ended. */
  const addDue = async (run: Run, beside: DueMessage): Promise<boolean> => {
    const isPersonal = chat.isPersonal(beside.address);
    const kind = dueBeside(run, beside, isPersonal);
    if (kind === undefined) return false;
    const rows = await journal.cards(run.runId);
    const isHome = beside.kind !== 'run' || rows.find((row) => row.kind === 'run')?.id === beside.id;
    if (isHome) await addNotice(run, beside, rows);
    const isThere = rows.some((row) => row.kind === kind && row.conversation === beside.conversation);
    if (!isHome || isThere) return false;
    const { conversation, address } = beside;
    // Whoever asked has a personal chat to themselves.
    const addressee = beside.addressee ?? (isPersonal ? run.requestedBy.id : undefined);
    const message = { runId: run.runId, kind, conversation, address, ...(addressee ? { addressee } : {}) };
    const id = await journal.addMessage(message);
    const blank = { isTried: false, isReplaced: false, posts: 0, shownSeq: 0, shownUnder: NOBODY };
    sendNow({ ...message, ...blank, id, version: run.version });
    return true;
  };

  /** Who works in the sandbox hears in its home what was asked for somewhere else, from the approval on. */
  const addNotice = async (run: Run, beside: DueMessage, rows: readonly MessageRow[]): Promise<void> => {
    const kind = noticeAtHome(run);
    const address = beside.kind === 'run' && kind ? await parts.homeOf?.(run) : undefined;
    if (!kind || !address) return;
    const conversation = chat.conversationOf(address);
    const there = rows.filter((row) => chat.conversationOf(row.address) === conversation).map((row) => row.kind);
    if (there.some((one) => one === 'run' || one === 'approval' || one === kind)) return;
    await journal.addMessage({ runId: run.runId, kind, conversation, address, addressee: 'home' });
  };

  const replace = async (row: DueMessage, run: Run, lane: Lane, known: Remembered): Promise<Outcome> => {
    if (!isTurn(lane, known, 'news')) return 'waits';
    await chat.updateCard(row.address, draw.replaced(run)).catch(unlessGone);
    lane.failures = 0;
    return forget(row, known);
  };

  const update = async (row: DueMessage, run: Run, lane: Lane, known: Remembered): Promise<Outcome> => {
    const kind = row.kind as CardKind;
    if (await addDue(run, row)) {
      // First what is heard, then the card.
      lane.due.unshift(row);
      return 'done';
    }
    if (kind === 'run') await parts.keepHead?.(run, row);
    if (isOvertaken(run, kind)) return replace(row, run, lane, known);
    const under = await underOf(run);
    const news = known.isForced ? 'milestone' : newsOf(run, under, known.shown);
    const now = clock.elapsedMs();
    const askedMs = news === 'milestone' ? 0 : known.askedUntilMs - now;
    const waitMs = Math.max(waitForPicture(news, known.shown, now), askedMs);
    if (waitMs > 0) {
      known.notBeforeMs = now + waitMs;
      return 'done';
    }
    const card = await draw.card(run, kind, under, { ...(await shownTo(row)), progress: figuresOf(run) });
    if (known.isForced || pictureOf(card) !== known.shown?.picture) {
      if (!isTurn(lane, known, news === 'milestone' ? 'news' : 'progress')) return 'done';
      await chat.updateCard(row.address, card).catch(async (error: unknown) => {
        unlessGone(error);
        // Whoever deletes it twice does not want it; the messages that ask for somebody still come.
        if (row.posts < 2) await postAnew(row, run, under, card);
      });
      lane.failures = 0;
    }
    known.isForced = false;
    known.shown = shownOf(run, under, card, clock.elapsedMs());
    await journal.messageShown(row.id, run.version, under);
    return 'done';
  };

  const postAnew = async (row: DueMessage, run: Run, under: Hold, card: Card): Promise<void> => {
    const address = await chat.postCard(row.address, card);
    await journal.messagePosted(row.id, address, run.version, under);
    log.info('deleted-message-posted-anew', { runId: row.runId, kind: row.kind });
  };

  const forget = async (row: DueMessage, known: Remembered): Promise<Outcome> => {
    known.isOver = true;
    await journal.forgetMessage(row.id);
    known.isForgotten = true;
    return 'done';
  };

  const bring = async (row: DueMessage, lane: Lane, known: Remembered): Promise<Outcome> => {
    // The row was read before it was forgotten; that of a card may have been added anew.
    if (row.kind === 'note' && known.isForgotten) return 'done';
    const run = row.runId === undefined ? undefined : await journal.run(row.runId);
    if (known.isOver || (row.runId !== undefined && !run)) return forget(row, known);
    // The row was read before it was posted.
    if (row.posts === 0 && known.isPosted) return 'done';
    if (row.posts === 0) return post(row, run, lane, known);
    if (!run) return forget(row, known);
    return row.isReplaced ? replace(row, run, lane, known) : update(row, run, lane, known);
  };

  /** The chat took the message after it was given up: it is the message, or, where another was posted by then, one too many. */
  const takeLate = async (row: DueMessage, address: CardAddress): Promise<void> => {
    const known = memory.of(row.id);
    if (known.isPosting) return void known.late.push(address);
    const present = known.lies === undefined ? await journal.message(row.id) : undefined;
    if (present?.posts !== 0) return takeBack(row, address);
    if (row.kind === 'note') return void (await forget(row, known));
    known.isPosted = true;
    await journal.messagePosted(row.id, address, 0, NOBODY);
  };

  const takeAllLate = async (row: DueMessage, known: Remembered): Promise<void> => {
    for (const address of known.late.splice(0))
      await takeLate(row, address).catch((error: unknown) =>
        log.warn('message-perhaps-twice', { runId: row.runId, kind: row.kind, err: error }),
      );
  };

  return async (row, lane) => {
    const known = memory.of(row.id);
    const isKnown = known.failures > 0 || (known.version === row.version && !row.isReplaced);
    if (isKnown && known.notBeforeMs > clock.elapsedMs())
      return row.posts === 0 && known.failures === 0 ? 'waits' : 'done';
    known.version = row.version;
    known.notBeforeMs = 0;
    try {
      const outcome = await bring(row, lane, known);
      known.failures = 0;
      return outcome;
    } catch (error) {
      return await afterFailure(parts, {
        row,
        lane,
        known,
        error,
        takeLate: (address) => takeLate(row, address),
      }).catch((problem: unknown): Outcome => {
        log.error('chat-not-given-up', { runId: row.runId, kind: row.kind, err: problem });
        return 'done';
      });
    } finally {
      await takeAllLate(row, known);
    }
  };
}

const NOBODY: Hold = { generation: -1 };

function unlessGone(error: unknown): void {
  if (!(error instanceof MessageGoneError)) throw error;
}
