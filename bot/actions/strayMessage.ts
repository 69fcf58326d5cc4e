import type { MessageRow } from '../../engine/journal/messages.ts';
import type { ChatAction } from '../chat/port.ts';
import { rowAt } from '../outbox.ts';
import type { BotParts } from '../parts.ts';

/**
 * A card of a run was clicked that no row knows: the bot has died after sending it. Where the run’s row still waits for its
 * message, it is that; otherwise the card was sent again since, and this one says so.
 */
export async function takeStrayMessage(
  { message, place }: ChatAction,
  { runId, kind }: Pick<MessageRow, 'runId' | 'kind'>,
  rows: readonly MessageRow[],
  { journal, chat, log }: Pick<BotParts, 'journal' | 'chat' | 'log'>,
): Promise<void> {
  if (!message || runId === undefined || rowAt(message, rows)) return;
  // What a click says of its run comes from a client: a card of another run is left alone.
  if (await journal.messageAt(place.conversation, message)) return;
  const here = rows.filter((row) => chat.conversationOf(row.address) === place.conversation);
  const waiting = here.find((row) => row.kind === kind && row.posts === 0 && row.isTried);
  if (waiting) await journal.messagePosted(waiting.id, message, 0, { generation: -1 });
  else if (here.length > 0)
    await journal.addMessage({
      ...{ runId, kind, address: message, conversation: place.conversation },
      ...{ posts: 1, isReplaced: true },
    });
  log.info('stray-message', { runId, kind });
}
