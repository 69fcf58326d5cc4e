import { TerminalError } from '../../engine/errors.ts';
import { OutdatedRequestError, RunNotFoundError } from '../../engine/journal/errors.ts';
import type { MessageRow } from '../../engine/journal/messages.ts';
import type { Card } from '../../cards/index.ts';
import type { ChatAction } from '../chat/port.ts';
import type { BotParts } from '../parts.ts';
import type { Answer } from '../answer.ts';
import { rememberCard, rowAt } from '../outbox.ts';
import type { Click } from './action.ts';
import { runData } from './data.ts';
import { UnreadableClickError, WrongConversationError } from './errors.ts';
import { ACTIONS } from './index.ts';
import { takeStrayMessage } from './strayMessage.ts';

/** An answer to a click, and what else it is about. */
export interface ClickAnswer extends Answer {
  /** The message that was clicked, when it is a card that follows its run. */
  readonly row?: MessageRow;
  /** Whoever clicked has to read this card: the message itself will never show it. */
  readonly isForOne: boolean;
  /** This very click was answered before. */
  readonly isRepeated?: boolean;
}

/** Carries out one click. Always answers with a card: the next one, the present one when it came too late, or the reason of a refusal. */
export function answerAction(action: ChatAction, parts: BotParts): Promise<ClickAnswer> {
  return parts.repeats.once(
    action,
    (runId) => answerAgain(action, runId, parts),
    (done) => carryOut(action, parts, done),
  );
}

/** The run that a click was about, as it is now. */
async function answerAgain(
  action: ChatAction,
  runId: string,
  { journal, renderer, log }: BotParts,
): Promise<ClickAnswer> {
  const answered = { isForOne: false, isRepeated: true };
  try {
    const [run, rows] = await Promise.all([journal.run(runId), journal.cards(runId)]);
    if (!run) throw new RunNotFoundError(runId);
    const kind = rowAt(action.message, rows)?.kind ?? ACTIONS.find(({ verb }) => verb === action.verb)?.on;
    return { ...answered, card: await renderer.run(action, run, kind && kind !== 'note' ? kind : 'run') };
  } catch (error) {
    if (!(error instanceof TerminalError)) log.error('action-failed', { verb: action.verb, runId, err: error });
    return { ...answered, card: renderer.problem(action, error, runId) };
  }
}

/** `done`: it has changed something, or begun a run: it does so once. */
async function carryOut(action: ChatAction, parts: BotParts, done: (runId: string) => void): Promise<ClickAnswer> {
  const runId = runData.safeParse(action.data).data?.runId;
  let click: Click = action;
  let isHomeless = false;
  let row: MessageRow | undefined;
  try {
    const found = ACTIONS.find(({ verb }) => verb === action.verb);
    if (!found) throw new UnreadableClickError();
    const rows = runId === undefined ? [] : await parts.journal.cards(runId);
    row = rowAt(action.message, rows);
    if (row) parts.outbox.hasAnswered(row.id);
    click = { ...action, messageId: row?.id, kind: row && row.kind !== 'note' ? row.kind : found.on };
    if (found.effect === 'change' && runId !== undefined) checkPlace(action, runId, rows, parts);
    isHomeless = found.effect === 'change' && rows.length === 0;
    const answer = await found.run(click, parts);
    if (!answer.shows && isHomeless) await adoptMessage(action, runId, parts);
    await rememberCard(parts, action, answer);
    if (found.effect === 'change' && !answer.shows && runId !== undefined)
      await takeStrayMessage(action, { runId, kind: click.kind ?? 'run' }, rows, parts);
    const about = answer.shows?.run.runId ?? answer.isCardOf?.run.runId ?? runId;
    const hasDone = !answer.isQuestion && (found.effect === 'change' || answer.isCardOf || answer.shows);
    if (hasDone && about !== undefined) done(about);
    return { ...answer, row, isForOne: answer.isQuestion ?? (found.effect === 'read' && !answer.shows) };
  } catch (error) {
    if (!(error instanceof TerminalError)) parts.log.error('action-failed', { verb: action.verb, runId, err: error });
    const present = await presentCard(error, click, runId, parts);
    if (present && isHomeless) await adoptMessage(action, runId, parts);
    return { card: present ?? parts.renderer.problem(action, error, runId), row, isForOne: !present || !row };
  }
}

/** Only the conversation that has the run's card decides about it; one without any card is taken as it comes. */
function checkPlace({ place }: ChatAction, runId: string, rows: readonly MessageRow[], { chat }: BotParts): void {
  if (rows.length === 0 || rows.some(({ address }) => chat.conversationOf(address) === place.conversation)) return;
  throw new WrongConversationError(runId);
}

/**
 * A run without any card takes the clicked message as its own: the bot may have died between sending and remembering it,
 * or have been away from the conversation. Only from somebody who may do what was clicked: else anybody could draw the
 * card of a run to where they are.
 */
async function adoptMessage(
  { message, place: { conversation } }: ChatAction,
  runId: string | undefined,
  { journal, log }: BotParts,
): Promise<void> {
  if (runId === undefined || !message) return;
  try {
    const isHomeless = (await journal.run(runId)) && (await journal.cards(runId)).length === 0;
    if (isHomeless && !(await journal.messageAt(conversation, message)))
      await journal.addMessage({ runId, kind: 'run', conversation, address: message, posts: 1 });
  } catch (problem) {
    log.error('card-not-adopted', { runId, err: problem });
  }
}

/** Too late, or a double click: the run as it stands says who has acted. */
async function presentCard(
  error: unknown,
  click: Click,
  runId: string | undefined,
  { journal, renderer, log }: BotParts,
): Promise<Card | undefined> {
  if (!(error instanceof OutdatedRequestError) || runId === undefined) return undefined;
  try {
    const run = await journal.run(runId);
    return run && (await renderer.run(click, run, click.kind ?? 'run'));
  } catch (problem) {
    log.error('present-card-missing', { runId, err: problem });
    return undefined;
  }
}
