import { createHash } from 'node:crypto';
import type { CardAddress } from '../../contracts.ts';
import { messageIdOf } from '../messages.ts';

/** Ids that chats give are longer than a key may be. */
export const keyOf = (id: string): string => createHash('sha256').update(id).digest('hex');

/** By what the row of a message is found that lies in a chat; null of one that is to be posted. */
export function liesAt(address: CardAddress): string | null {
  const id = messageIdOf(address);
  return id === undefined ? null : keyOf(id);
}
