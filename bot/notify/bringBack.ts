import type { CardAddress } from '../../engine/contracts.ts';
import type { BotParts } from '../parts.ts';

/**
 * A team or chat that was given up takes messages again: Rewind was added there anew, or somebody in it has spoken to
 * Rewind. Its cards catch up with their runs at the notifier's next look.
 */
export async function bringBack(
  { journal, chat, log }: Pick<BotParts, 'journal' | 'chat' | 'log'>,
  address: CardAddress,
): Promise<void> {
  const found = (await journal.messagesGone()).filter((row) => chat.isSameMembership(row.address, address));
  for (const { id, runId, kind } of found) {
    await journal.messageBack(id);
    log.info('chat-back', { runId, kind });
  }
}
