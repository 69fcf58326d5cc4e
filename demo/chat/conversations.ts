import type { Clock } from '../../engine/clock.ts';
import type { Instant } from '../../engine/contracts.ts';
import { PEOPLE, TEAM } from '../people.ts';

export interface Conversation {
  readonly id: string;
  readonly kind: 'personal' | 'groupChat' | 'channel';
  readonly name: string;
  /** Ids of people; whoever they are, Rewind is among them as long as it is installed. */
  readonly members: readonly string[];
  /** Without it, the connector refuses to carry anything there. */
  readonly isInstalled: boolean;
}

/** What can be said: a text by a person, a card by Rewind. */
export interface Content {
  readonly text: string;
  readonly card?: unknown;
  /** Ids of the people whose names stand in it as mentions. */
  readonly mentions: readonly string[];
}

export interface Message extends Content {
  readonly id: string;
  readonly conversation: string;
  /** The post that a message of a channel belongs to: itself or the one it replies to. */
  readonly thread?: string;
  /** The id of a person, or `REWIND`. */
  readonly from: string;
  readonly at: Instant;
  readonly isUpdated: boolean;
  /** What stands in the card's place for a person who has clicked, until the message is updated for all. */
  readonly shownTo: Readonly<Record<string, unknown>>;
}

export const REWIND = 'rewind';

export type News =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'removed'; readonly id: string }
  | { readonly kind: 'conversation'; readonly conversation: Conversation };

/** What has been said everywhere, kept as long as the process lives. */
export interface Conversations {
  all(): readonly Conversation[];
  messages(): readonly Message[];
  message(id: string): Message | undefined;
  /** @param address a conversation's id, with `;messageid=` for a thread of a channel */
  find(address: string): Conversation | undefined;
  personalOf(personId: string): Conversation | undefined;
  /** @returns undefined where there is no such conversation or thread */
  post(address: string, from: string, content: Content): Message | undefined;
  update(id: string, content: Content): Message | undefined;
  showTo(id: string, personId: string, card: unknown): void;
  remove(id: string): boolean;
  install(id: string, isInstalled: boolean): Conversation | undefined;
  /** @returns how to hear no more */
  listen(listener: (news: News) => void): () => void;
}

export function createConversations(clock: Clock): Conversations {
  const conversations = new Map(everyConversation().map((one) => [one.id, one]));
  const messages = new Map<string, Message>();
  const listeners = new Set<(news: News) => void>();
  const tell = (news: News) => listeners.forEach((listener) => listener(news));
  const keep = (message: Message): Message => {
    messages.set(message.id, message);
    tell({ kind: 'message', message });
    return message;
  };
  let lastId = 0;
  const nextId = () => {
    // As in Teams, an id is the time in milliseconds, and no two are the same.
    lastId = Math.max(lastId + 1, Date.parse(clock.now()));
    return String(lastId);
  };
  const find = (address: string) => conversations.get(address.split(';')[0] ?? '');

  return {
    all: () => [...conversations.values()],
    messages: () => [...messages.values()],
    message: (id) => messages.get(id),
    find,
    personalOf: (personId) => find(personalId(personId)),
    post(address, from, content) {
      const conversation = find(address);
      const thread = threadOf(address);
      if (!conversation || (thread !== undefined && messages.get(thread)?.conversation !== conversation.id)) return;
      const id = nextId();
      return keep({
        ...content,
        id,
        conversation: conversation.id,
        ...(conversation.kind === 'channel' && { thread: thread ?? id }),
        from,
        at: clock.now(),
        isUpdated: false,
        shownTo: {},
      });
    },
    update(id, content) {
      const message = messages.get(id);
      return message && keep({ ...message, ...content, isUpdated: true, shownTo: {} });
    },
    showTo(id, personId, card) {
      const message = messages.get(id);
      if (message) keep({ ...message, shownTo: { ...message.shownTo, [personId]: card } });
    },
    remove(id) {
      if (!messages.delete(id)) return false;
      tell({ kind: 'removed', id });
      return true;
    },
    install(id, isInstalled) {
      const found = conversations.get(id);
      if (!found) return;
      const conversation = { ...found, isInstalled };
      conversations.set(id, conversation);
      tell({ kind: 'conversation', conversation });
      return conversation;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Where an answer to a message goes: in a channel into its thread. */
export function addressOf({ conversation, thread }: Pick<Message, 'conversation' | 'thread'>): string {
  return thread === undefined ? conversation : `${conversation};messageid=${thread}`;
}

const threadOf = (address: string) => /;messageid=(\d+)$/.exec(address)?.[1];

const personalId = (personId: string) => `a:personal-${personId.slice('29:'.length)}`;

function everyConversation(): Conversation[] {
  const members = PEOPLE.map(({ id }) => id);
  return [
    ...PEOPLE.map(({ id, hasApp }): Conversation => ({
      id: personalId(id),
      kind: 'personal',
      name: 'Rewind',
      members: [id],
      isInstalled: hasApp,
    })),
    { id: TEAM.groupChat.id, kind: 'groupChat', name: TEAM.groupChat.name, members, isInstalled: true },
    {
      id: TEAM.channel.id,
      kind: 'channel',
      name: `${TEAM.name} › ${TEAM.channel.name}`,
      members,
      isInstalled: true,
    },
  ];
}
