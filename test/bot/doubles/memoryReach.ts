import type { CardAddress } from '../../../engine/contracts.ts';
import type { JournalMessages } from '../../../engine/journal/messages.ts';
import type { ChatReader, Home, JournalReach } from '../../../engine/journal/reach.ts';

/** Personal chats and homes, as the real journal keeps them. */
export function memoryReach({ addMessage }: Pick<JournalMessages, 'addMessage'>, now: () => string): JournalReach {
  const chats = new Map<string, CardAddress>();
  const readers = new Map<string, ChatReader>();
  const welcomed = new Set<string>();
  const homes = new Map<string, readonly Home[]>();
  return {
    personalChat: async (ids) => ids.map((id) => chats.get(id)).find((address) => address !== undefined),
    rememberPersonalChat: async (id, address) => void chats.set(id, address),
    forgetPersonalChat: async (id) => void chats.delete(id),
    chatReader: async (conversation) => readers.get(conversation),
    rememberReader: async (conversation, reader) => void readers.set(conversation, reader),
    forgetReader: async (conversation) => void readers.delete(conversation),
    newestAddress: async () => undefined,
    async welcomeOnce(conversation, message) {
      if (welcomed.has(conversation)) return { isNew: false };
      welcomed.add(conversation);
      await addMessage(message);
      return { isNew: true };
    },
    forgetWelcome: async (conversation) => void welcomed.delete(conversation),
    home: async (target) => homes.get(target)?.[0],
    homes: async (target) => homes.get(target) ?? [],
    async chooseHome(target, home, farewell) {
      const before = homes.get(target) ?? [];
      if (before[0]?.conversation === home.conversation) return { isNew: false };
      homes.set(target, [{ ...home, chosenAt: now() }, ...before]);
      if (before[0]) await addMessage(farewell(before[0]));
      return { isNew: true };
    },
  };
}
