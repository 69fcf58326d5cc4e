import type { PageState } from '../api.ts';
import type { Conversation, Message, News } from '../conversations.ts';
import { memory } from './memory.ts';

/** What the page knows of the chat, kept up to date by the demo. */
export interface Store {
  readonly guide: PageState['guide'];
  readonly people: PageState['people'];
  conversation(id: string): Conversation | undefined;
  conversationsOf(personId: string): readonly Conversation[];
  messagesIn(conversation: string): readonly Message[];
  /** What a person has not looked at there: something that names them, something, or nothing. */
  unread(personId: string, conversation: string): '@' | '•' | undefined;
  markRead(personId: string, conversation: string): void;
}

/**
 * @param onNews hears of every change, and of `undefined` when everything may have changed: at the start, and after the
 * line was broken
 */
export async function openStore(onNews: (news: News | undefined) => void): Promise<Store> {
  const conversations = new Map<string, Conversation>();
  const messages = new Map<string, Message>();
  const hear = (news: News) => {
    if (news.kind === 'conversation') conversations.set(news.conversation.id, news.conversation);
    if (news.kind === 'message') messages.set(news.message.id, news.message);
    if (news.kind === 'removed') messages.delete(news.id);
    onNews(news);
  };
  // News that come while everything is loaded may be newer than what is loaded, so they are heard behind it.
  let waiting: News[] | undefined = [];
  const load = async () => {
    waiting ??= [];
    const response = await fetch('api/state');
    // The demo's own server wrote it.
    const state = (await response.json()) as PageState;
    messages.clear();
    for (const one of state.conversations) conversations.set(one.id, one);
    for (const one of state.messages) messages.set(one.id, one);
    const missed = waiting;
    waiting = undefined;
    missed.forEach(hear);
    return state;
  };
  const line = new EventSource('api/events');
  line.addEventListener('message', ({ data }) => {
    const news = JSON.parse(String(data)) as News;
    if (waiting) waiting.push(news);
    else hear(news);
  });
  await new Promise((resolve) => line.addEventListener('open', resolve, { once: true }));
  const { guide, people } = await load();
  line.addEventListener('open', () => void load().then(() => onNews(undefined)));

  let reading = memory.reading();
  const readUpTo = (personId: string, conversation: string) => Number(reading[`${personId} ${conversation}`] ?? 0);
  const messagesIn = (id: string) => [...messages.values()].filter(({ conversation }) => conversation === id);
  return {
    guide,
    people,
    conversation: (id) => conversations.get(id),
    conversationsOf: (personId) => [...conversations.values()].filter(({ members }) => members.includes(personId)),
    messagesIn,
    unread(personId, conversation) {
      const fresh = messagesIn(conversation).filter(
        ({ id, from }) => from !== personId && Number(id) > readUpTo(personId, conversation),
      );
      if (fresh.some(({ mentions }) => mentions.includes(personId))) return '@';
      return fresh.length > 0 ? '•' : undefined;
    },
    markRead(personId, conversation) {
      const newest = Math.max(0, ...messagesIn(conversation).map(({ id }) => Number(id)));
      if (newest <= readUpTo(personId, conversation)) return;
      reading = { ...reading, [`${personId} ${conversation}`]: String(newest) };
      memory.keepReading(reading);
    },
  };
}
