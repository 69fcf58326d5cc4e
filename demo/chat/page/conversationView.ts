import type { Conversation, Message, News } from '../conversations.ts';
import { drawBubble, type Bubble, type View } from './bubble.ts';
import { button, element } from './elements.ts';

export interface ConversationView {
  readonly element: HTMLElement;
  /** Draws anew; what somebody is typing into a card stays. */
  draw(conversation: Conversation, messages: readonly Message[], view: View): void;
  hear(news: News, view: View): void;
  /** The person has clicked in that card: what takes its place is the answer, and what they typed has been sent. */
  send(messageId: string): void;
  /** Nothing came of the click: the card goes on. */
  keep(messageId: string): void;
}

const EMPTY: Readonly<Record<Conversation['kind'], string>> = {
  personal: 'Nobody else reads what you and Rewind write here.',
  groupChat: 'Everybody here reads what is written; Rewind hears what mentions @Rewind.',
  channel: 'Everybody in the team reads what is written; Rewind hears what mentions @Rewind.',
};

/** One conversation's messages; those of a channel lie in their posts. */
export function createConversationView(onReply: (thread: string) => void): ConversationView {
  const log = element('div', { className: 'log', role: 'log', tabIndex: 0 });
  const bubbles = new Map<string, Bubble>();
  const sent = new Set<string>();

  const placeOf = ({ thread }: Message): HTMLElement => {
    if (thread === undefined) return log;
    const found = log.querySelector<HTMLElement>(`[data-thread="${thread}"] > .replies`);
    if (found) return found;
    const replies = element('div', { className: 'replies' });
    const post = element(
      'section',
      { className: 'post' },
      replies,
      button('Reply', () => onReply(thread)),
    );
    post.dataset.thread = thread;
    log.append(post);
    return replies;
  };

  const show = (message: Message, view: View, begun: ReturnType<Bubble['begun']>) => {
    const before = bubbles.get(message.id)?.element;
    const bubble = drawBubble(message, view, begun);
    bubbles.set(message.id, bubble);
    if (before?.isConnected) before.replaceWith(bubble.element);
    else placeOf(message).append(bubble.element);
    bubble.goOn();
  };
  const begunIn = ({ id }: Message) => (sent.delete(id) ? undefined : bubbles.get(id)?.begun());

  return {
    element: log,
    draw({ kind }, messages, view) {
      const begun = new Map(messages.map((message) => [message.id, bubbles.get(message.id)?.begun()]));
      log.replaceChildren();
      bubbles.clear();
      if (messages.length === 0) log.append(element('p', { className: 'empty', textContent: EMPTY[kind] }));
      for (const message of messages) show(message, view, begun.get(message.id));
      log.scrollTop = log.scrollHeight;
    },
    hear(news, view) {
      if (news.kind === 'removed') {
        bubbles.get(news.id)?.element.remove();
        bubbles.delete(news.id);
      }
      if (news.kind !== 'message') return;
      log.querySelector('.empty')?.remove();
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
      show(news.message, view, begunIn(news.message));
      if (isAtEnd) log.scrollTop = log.scrollHeight;
    },
    send: (messageId) => void sent.add(messageId),
    keep: (messageId) => void sent.delete(messageId),
  };
}
