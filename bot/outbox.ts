import type { CardAddress } from '../engine/contracts.ts';
import { messageIdOf, type MessageRow } from '../engine/journal/messages.ts';
import type { Answer } from './answer.ts';
import type { ChatAction, Place } from './chat/port.ts';
import type { BotParts } from './parts.ts';

/** Sends an answer as a new message; when it is a card of a run, it moves along with that. */
export async function postAnswer(
  { outbox }: Pick<BotParts, 'outbox'>,
  { address, conversation }: Place,
  { card, shows, kept = card }: Answer,
): Promise<void> {
  const place = { address, conversation };
  if (!shows) return outbox.post({ ...place, kind: 'note', picture: kept }, card);
  const { run, kind } = shows;
  await outbox.post({ ...place, runId: run.runId, kind, shownSeq: run.version }, card);
}

/** The message that was clicked is a card of that run from now on, for everybody; a question stays with whoever is asked. */
export async function rememberCard(
  { journal, outbox }: Pick<BotParts, 'journal' | 'outbox'>,
  { place, message: address }: Pick<ChatAction, 'place' | 'message'>,
  answer: Answer,
): Promise<void> {
  const { shows, isQuestion = false } = answer;
  if (!shows || !address) return;
  const { run, kind } = shows;
  const { conversation } = place;
  const present = await journal.messageAt(conversation, address);
  if (present?.runId === run.runId) return;
  // Somebody else has begun another run on the same list meanwhile: that is its card.
  if (present) return postAnswer({ outbox }, place, answer);
  const shown = isQuestion ? { shownSeq: run.version, shownUnder: await journal.hold(run.target) } : {};
  await journal.addMessage({ runId: run.runId, kind, conversation, address, posts: 1, ...shown });
}

/** The row of the message at `address`. */
export function rowAt(address: CardAddress | undefined, rows: readonly MessageRow[]): MessageRow | undefined {
  const messageId = address && messageIdOf(address);
  return messageId === undefined ? undefined : rows.find((row) => messageIdOf(row.address) === messageId);
}
