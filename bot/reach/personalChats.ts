import type { Actor, CardAddress, Installation } from '../../engine/contracts.ts';
import { idsOfActor } from '../../engine/contracts/mayBeDone/index.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { ChatPort } from '../chat/port.ts';

export interface PersonalChats {
  /** Somebody has spoken to Rewind, or installed it. */
  met(person: Actor, address: CardAddress): Promise<void>;
  /** Somebody has taken it away. */
  left(person: Actor, address: CardAddress): Promise<void>;
}

/** Keeps where those can be asked who may approve; of nobody else anything is kept. */
export function createPersonalChats({
  journal,
  chat,
  installation,
}: {
  readonly journal: Pick<Journal, 'rememberPersonalChat' | 'forgetPersonalChat'>;
  readonly chat: Pick<ChatPort, 'isPersonal'>;
  readonly installation: Pick<Installation, 'sandboxes'>;
}): PersonalChats {
  const known = new Map<string, string>();
  const isApprover = (person: Actor) =>
    installation.sandboxes.some(({ approvers }) => idsOfActor(person).some((id) => approvers.includes(id)));
  return {
    async met(person, address) {
      if (!chat.isPersonal(address) || !isApprover(person)) return;
      const text = JSON.stringify(address);
      if (known.get(person.id) === text) return;
      await journal.rememberPersonalChat(person.id, address);
      known.set(person.id, text);
    },
    async left(person, address) {
      if (!chat.isPersonal(address)) return;
      known.delete(person.id);
      await journal.forgetPersonalChat(person.id);
    },
  };
}
