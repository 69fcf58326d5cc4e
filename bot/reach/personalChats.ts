import type { Actor, CardAddress, Installation } from '../../engine/contracts.ts';
import { idsOfActor } from '../../engine/contracts/mayBeDone/index.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { ChatReader } from '../../engine/journal/reach.ts';
import type { ChatPort } from '../chat/port.ts';
import { isAllowed } from '../rendering/access.ts';

export interface PersonalChats {
  /** Somebody has spoken to Rewind, or installed it; `told`: what their client said of zone and language with it. */
  met(person: Actor, address: CardAddress, told?: ChatReader): Promise<void>;
  /** Somebody has taken it away. */
  left(person: Actor, address: CardAddress): Promise<void>;
}

/**
 * Keeps where those can be asked who may approve or accept, and in which zone and language those read in their personal chat who have a
 * role; of nobody else anything is kept.
 */
export function createPersonalChats({
  journal,
  chat,
  installation,
}: {
  readonly journal: Pick<Journal, 'rememberPersonalChat' | 'forgetPersonalChat' | 'rememberReader' | 'forgetReader'>;
  readonly chat: Pick<ChatPort, 'isPersonal' | 'conversationOf'>;
  readonly installation: Pick<Installation, 'sandboxes'>;
}): PersonalChats {
  const known = new Map<string, string>();
  const readers = new Map<string, string>();
  const isAsked = (person: Actor) =>
    installation.sandboxes.some(({ approvers, dataOwners = [] }) =>
      idsOfActor(person).some((id) => approvers.includes(id) || dataOwners.includes(id)),
    );
  const reads = async (address: CardAddress, { zone, locale }: ChatReader) => {
    const conversation = chat.conversationOf(address);
    const text = `${zone} ${locale}`;
    if (readers.get(conversation) === text) return;
    await journal.rememberReader(conversation, { zone, locale });
    readers.set(conversation, text);
  };
  return {
    async met(person, address, told) {
      if (!chat.isPersonal(address)) return;
      if (told && installation.sandboxes.some((sandbox) => isAllowed(sandbox, person, 'read')))
        await reads(address, told);
      if (!isAsked(person)) return;
      const text = JSON.stringify(address);
      if (known.get(person.id) === text) return;
      await journal.rememberPersonalChat(person.id, address);
      known.set(person.id, text);
    },
    async left(person, address) {
      if (!chat.isPersonal(address)) return;
      known.delete(person.id);
      readers.delete(chat.conversationOf(address));
      await journal.forgetReader(chat.conversationOf(address));
      await journal.forgetPersonalChat(person.id);
    },
  };
}
