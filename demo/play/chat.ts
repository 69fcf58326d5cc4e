import { EventEmitter, once } from 'node:events';
import type { Voice } from '../chat/activities.ts';
import { cardOf, openClient, type ClientOptions, type Outcome } from '../chat/client.ts';
import type { Message } from '../chat/conversations.ts';
import { TEAM, type DemoPerson } from '../people.ts';

/** A card as it stands somewhere in the chat. */
export interface ShownCard {
  readonly messageId: string;
  readonly card: unknown;
}

/** One button of a card, as a click would send it. */
export interface Button {
  readonly messageId: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The chat without a window, for plays and tests: everybody talks in the channel, and every card anywhere is seen. */
export interface Chat extends AsyncDisposable {
  /** Writes a new post that mentions Rewind. */
  say(person: DemoPerson, text: string): Promise<void>;
  /** @returns what takes the card's place for the person who clicked; everybody else sees the message's next update. */
  click(person: DemoPerson, button: Button, inputs?: Readonly<Record<string, string>>): Promise<unknown>;
  /** Waits until a card shows a button of that verb for that run. */
  button(verb: string, runId?: string): Promise<Button>;
  /** All cards, newest last. */
  cards(): readonly ShownCard[];
  /** Waits until there are more messages than that. */
  more(than: number): Promise<void>;
  /** Waits until some card's text contains all of these words. */
  sees(...words: readonly string[]): Promise<ShownCard>;
}

export interface ChatOptions extends ClientOptions {
  readonly patienceMs: number;
}

export async function openChat({ patienceMs, ...options }: ChatOptions): Promise<Chat> {
  const client = await openClient(options);
  const news = new EventEmitter();
  client.conversations.listen(() => news.emit('news'));
  const cards = () =>
    client.conversations
      .messages()
      .filter(hasCard)
      .map(({ id, card }) => ({ messageId: id, card }));
  const eventually = async <T>(what: string, look: () => T | undefined): Promise<T> => {
    const tooLate = AbortSignal.timeout(patienceMs);
    while (!tooLate.aborted) {
      const found = look();
      if (found !== undefined) return found;
      await once(news, 'news', { signal: tooLate }).catch(() => undefined);
    }
    throw new Error(
      `The chat never showed ${what}. Newest card: ${JSON.stringify(cards().at(-1)?.card).slice(0, 2000)}`,
    );
  };
  const answered = async (asked: Promise<Outcome>): Promise<Outcome> => {
    const outcome = await asked;
    if (outcome.kind !== 'answered' || outcome.status >= 300)
      throw new Error(`The bot answered ${outcome.kind === 'answered' ? String(outcome.status) : 'nothing'}`);
    return outcome;
  };

  return {
    cards,
    async say(person, text) {
      await answered(client.say(voiceOf(person), TEAM.channel.id, `@Rewind ${text}`));
    },
    async click(person, { messageId, verb, data }, inputs = {}) {
      return cardOf(await answered(client.click(voiceOf(person), { messageId, verb, data: { ...data, ...inputs } })));
    },
    button: (verb, runId) =>
      eventually(`a button ${verb} for ${runId ?? 'any run'}`, () =>
        cards()
          .toReversed()
          .flatMap(({ messageId, card }) => buttonsOf(card).map((button) => ({ ...button, messageId })))
          .find((button) => button.verb === verb && (runId === undefined || button.data['runId'] === runId)),
      ),
    async more(than) {
      await eventually('another card', () => (cards().length > than ? true : undefined));
    },
    sees: (...words) =>
      eventually(`“${words.join(' … ')}”`, () =>
        cards().findLast(({ card }) => words.every((word) => JSON.stringify(card).includes(word))),
      ),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

const voiceOf = (person: DemoPerson): Voice => ({ person, locale: 'en-GB', timeZone: 'Europe/Berlin' });

const hasCard = ({ card }: Message) => card !== undefined;

/** Every Action.Execute of a card, wherever it stands. */
function buttonsOf(node: unknown): readonly Omit<Button, 'messageId'>[] {
  if (Array.isArray(node)) return node.flatMap(buttonsOf);
  if (!isRecord(node)) return [];
  const inside = Object.entries(node).flatMap(([key, value]) =>
    key === 'data' || key === 'refresh' ? [] : buttonsOf(value),
  );
  const { type, verb, data } = node;
  return type === 'Action.Execute' && typeof verb === 'string'
    ? [{ verb, data: isRecord(data) ? data : {} }, ...inside]
    : inside;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
