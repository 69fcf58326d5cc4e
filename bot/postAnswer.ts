import type { CardAddress } from '../engine/contracts.ts';
import type { Answer } from './answer.ts';
import type { BotParts } from './parts.ts';

/** Sends an answer as a new message and remembers where it is, when it is a card of a run. */
export async function postAnswer(
  { chat, journal }: Pick<BotParts, 'chat' | 'journal'>,
  address: CardAddress,
  answer: Answer,
): Promise<void> {
  await rememberCard({ journal }, await chat.postCard(address, answer.card), answer);
}

/** The message at `address` shows this answer from now on. */
export async function rememberCard(
  { journal }: Pick<BotParts, 'journal'>,
  address: CardAddress,
  { shows }: Answer,
): Promise<void> {
  if (!shows) return;
  await journal.saveCard({ runId: shows.run.runId, kind: shows.kind, address, shownSeq: shows.run.version });
}
