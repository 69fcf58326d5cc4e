import { z } from 'zod';
import { TerminalError } from '../../engine/errors.ts';
import { OutdatedRequestError } from '../../engine/journal/errors.ts';
import type { CardRow } from '../../engine/journal/journal.ts';
import type { Card } from '../../cards/index.ts';
import type { ChatAction } from '../chat/port.ts';
import type { BotParts } from '../parts.ts';
import { rememberCard } from '../postAnswer.ts';
import type { Click } from './action.ts';
import { runData } from './data.ts';
import { UnreadableClickError, WrongConversationError } from './errors.ts';
import { ACTIONS } from './index.ts';

/** Carries out one click. Always answers with a card: the next one, the present one when it came too late, or the reason of a refusal. */
export async function answerAction(action: ChatAction, parts: BotParts): Promise<Card> {
  const runId = runData.safeParse(action.data).data?.runId;
  let click: Click = action;
  let isHomeless = false;
  try {
    const found = ACTIONS.find(({ verb }) => verb === action.verb);
    if (!found) throw new UnreadableClickError();
    const rows = runId === undefined ? [] : await parts.journal.cards(runId);
    click = { ...action, kind: kindOf(action, rows) ?? found.on };
    if (found.effect === 'change' && runId !== undefined) checkPlace(action, runId, rows, parts);
    isHomeless = found.effect === 'change' && rows.length === 0;
    const answer = await found.run(click, parts);
    if (!answer.shows && isHomeless) await adoptMessage(action, runId, parts);
    if (action.message) await rememberCard(parts, action.message, answer);
    return answer.card;
  } catch (error) {
    if (!(error instanceof TerminalError)) parts.log.error('action-failed', { verb: action.verb, runId, err: error });
    const present = await presentCard(error, click, runId, parts);
    if (present && isHomeless) await adoptMessage(action, runId, parts);
    return present ?? parts.renderer.problem(action, error, runId);
  }
}

function kindOf({ message }: ChatAction, rows: readonly CardRow[]): CardRow['kind'] | undefined {
  const messageId = messageIdOf(message);
  return messageId === undefined ? undefined : rows.find(({ address }) => messageIdOf(address) === messageId)?.kind;
}

function messageIdOf(address: unknown): string | undefined {
  return z.object({ messageId: z.string() }).safeParse(address).data?.messageId;
}

/** Only the conversation that has the run's card decides about it; one without any card is taken as it comes. */
function checkPlace({ place }: ChatAction, runId: string, rows: readonly CardRow[], { chat }: BotParts): void {
  if (rows.length === 0 || rows.some(({ address }) => chat.conversationOf(address) === place.conversation)) return;
  throw new WrongConversationError(runId);
}

/**
 * A run without any card takes the clicked message as its own: the bot may have died between sending and remembering it,
 * or have been away from the conversation. Only from somebody who may do what was clicked: else anybody could draw the
 * card of a run to where they are.
 */
async function adoptMessage(
  { message }: ChatAction,
  runId: string | undefined,
  { journal, log }: BotParts,
): Promise<void> {
  if (runId === undefined || !message) return;
  try {
    const isHomeless = (await journal.run(runId)) && (await journal.cards(runId)).length === 0;
    if (isHomeless) await journal.saveCard({ runId, kind: 'run', address: message });
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
