import type { CardAddress } from '../../../engine/contracts.ts';
import type { Card } from '../../../cards/index.ts';
import { ChatBusyError, ChatRefusedError, MessageGoneError } from '../../../bot/chat/errors.ts';
import type { ChatPort } from '../../../bot/chat/port.ts';

/** What happens to the next request: it is refused, obeyed without a word, answered late, or the bot dies of it. */
export type Fault = 'busy' | 'broken' | 'broken-but-done' | 'late' | 'dies-before' | 'dies-after';

export interface Lying {
  readonly id: string;
  readonly conversation: string;
  card: Card;
  /** Wall time, when the card was sent. */
  shownAt: string;
  /** Nobody was told that it lies there. */
  isStray: boolean;
}

export interface WildChat extends Omit<ChatPort, 'isSameMembership'> {
  /** Entra object ids of those for whom Rewind is not installed. */
  readonly without: Set<string>;
  readonly lying: Map<string, Lying>;
  readonly faults: Fault[];
  /** Monotonic milliseconds of every message and update, by conversation. */
  readonly sentAt: Map<string, number[]>;
  /** Answers that came late arrive. */
  deliverLate(): void;
  /** The bot has died in a request: nothing of it is answered any more. */
  readonly isDead: () => boolean;
  revive(): void;
}

/** A chat that does to the bot whatever a chat can do. */
export function createWildChat(time: { readonly now: () => string; readonly elapsedMs: () => number }): WildChat {
  const lying = new Map<string, Lying>();
  const faults: Fault[] = [];
  const sentAt = new Map<string, number[]>();
  const late: (() => void)[] = [];
  const without = new Set<string>();
  let last = 0;
  let isDead = false;

  const noAnswer = () => new Promise<never>(() => {});
  const ask = async <Result>(
    conversation: string,
    obey: () => Result,
    afterwards: {
      readonly stray?: (result: Result, isStray: boolean) => void;
      readonly late?: (result: Result) => CardAddress;
    } = {},
  ): Promise<Result> => {
    if (isDead) return noAnswer();
    sentAt.set(conversation, [...(sentAt.get(conversation) ?? []), time.elapsedMs()]);
    const fault = faults.shift();
    if (fault === undefined) return obey();
    if (fault === 'busy') throw new ChatBusyError('status 429', { retryAfterMs: 30_000, isRefusal: true });
    if (fault === 'broken') throw new ChatBusyError('status 502');
    if (fault === 'dies-before') {
      isDead = true;
      return noAnswer();
    }
    const result = obey();
    if (fault === 'late' && afterwards.late) {
      const { promise, resolve } = Promise.withResolvers<CardAddress>();
      const address = afterwards.late(result);
      afterwards.stray?.(result, true);
      late.push(() => {
        afterwards.stray?.(result, false);
        resolve(address);
      });
      throw new ChatBusyError('no answer', { late: promise });
    }
    afterwards.stray?.(result, true);
    if (fault !== 'dies-after') throw new ChatBusyError('status 504');
    isDead = true;
    return noAnswer();
  };

  return {
    lying,
    faults,
    sentAt,
    deliverLate: () => late.splice(0).forEach((deliver) => deliver()),
    isDead: () => isDead,
    revive() {
      isDead = false;
      late.length = 0;
    },
    without,
    conversationOf: ({ conversation }) => String(conversation),
    isPersonal: ({ conversation }) => String(conversation).startsWith('personal'),
    hasMember: ({ conversation }, personId) => ask(String(conversation), () => !without.has(personId)),
    openPersonal: ({ id }) =>
      ask('conversations', () => {
        if (without.has(id)) throw new ChatRefusedError('not installed', { why: 'not-installed' });
        return { conversation: `personal ${id}` };
      }),
    addressOfId: (id) => ({ conversation: id }),
    withoutThread: (address) => address,
    async postCard(address, card) {
      const conversation = String(address.conversation);
      const post = (): Lying => {
        const message = { id: `m${++last}`, conversation, card, shownAt: time.now(), isStray: false };
        lying.set(message.id, message);
        return message;
      };
      const addressOf = ({ id }: Lying): CardAddress => ({ conversation, messageId: id });
      const sent = await ask(conversation, post, {
        stray: (message, isStray) => {
          message.isStray = isStray;
        },
        late: addressOf,
      });
      return addressOf(sent);
    },
    async updateCard(address, card) {
      const message = lying.get(String(address.messageId));
      await ask(String(address.conversation), () => {
        if (!message || !lying.has(message.id)) throw new MessageGoneError();
        Object.assign(message, { card, shownAt: time.now() });
      });
    },
    async deleteMessage({ conversation, messageId }) {
      await ask(String(conversation), () => void lying.delete(String(messageId)));
    },
  };
}
