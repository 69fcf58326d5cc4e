import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { systemClock } from '../../engine/clock.ts';
import { closeServer, listenOnLoopback } from '../loopbackServer.ts';
import { TENANT_ID, type DemoPerson } from '../people.ts';

/** A card as it stands in the channel now. */
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

/** A chat client without a window: speaks the Bot Framework protocol as Teams does, and remembers the channel. */
export interface Chat extends AsyncDisposable {
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

export interface ChatOptions {
  /** Where activities are posted: signs for us. */
  readonly botUrl: string;
  readonly botAppId: string;
  readonly patienceMs: number;
  /** Asked before a message is taken (POST) or replaced (PUT): the HTTP answer of a chat in trouble. */
  readonly trouble?: (method: string) => { readonly status: number; readonly retryAfterSeconds?: number } | undefined;
}

const CONVERSATION = '19:refreshes@thread.tacv2;messageid=1';

export async function openChat({ botUrl, botAppId, patienceMs, trouble }: ChatOptions): Promise<Chat> {
  const messages = new Map<string, unknown>();
  const news = new EventEmitter();
  const server = createServer((request, response) => {
    const refusal = trouble?.(request.method ?? '');
    if (refusal) {
      request.resume();
      const { status, retryAfterSeconds } = refusal;
      if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
      response.writeHead(status);
      response.end();
      return;
    }
    void receive(request, messages).then((id) => {
      news.emit('card');
      response.writeHead(id === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(id === undefined ? {} : { id }));
    });
  });
  const serviceUrl = await listenOnLoopback(server, 0);

  const post = async (person: DemoPerson, activity: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const response = await fetch(`${botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id: randomUUID(),
        timestamp: systemClock.now(),
        channelId: 'msteams',
        serviceUrl,
        from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
        recipient: { id: `28:${botAppId}`, name: 'Rewind' },
        conversation: { id: CONVERSATION, conversationType: 'channel', isGroup: true, tenantId: TENANT_ID },
        channelData: {
          tenant: { id: TENANT_ID },
          team: { id: '19:team' },
          channel: { id: '19:refreshes@thread.tacv2' },
        },
        localTimezone: 'Europe/Berlin',
        locale: 'en-GB',
        ...activity,
      }),
    });
    if (!response.ok) throw new Error(`The bot answered ${String(response.status)}`);
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  };

  const cards = () => [...messages].map(([messageId, card]) => ({ messageId, card }));
  const eventually = async <T>(what: string, look: () => T | undefined): Promise<T> => {
    const tooLate = AbortSignal.timeout(patienceMs);
    while (!tooLate.aborted) {
      const found = look();
      if (found !== undefined) return found;
      await once(news, 'card', { signal: tooLate }).catch(() => undefined);
    }
    throw new Error(
      `The chat never showed ${what}. Newest card: ${JSON.stringify(cards().at(-1)?.card).slice(0, 2000)}`,
    );
  };

  return {
    cards,
    async say(person, text) {
      await post(person, { type: 'message', text, textFormat: 'plain' });
    },
    async click(person, { messageId, verb, data }, inputs = {}) {
      const answer = await post(person, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: messageId,
        value: { action: { type: 'Action.Execute', verb, data: { ...data, ...inputs } }, trigger: 'manual' },
      });
      return isRecord(answer) ? answer['value'] : undefined;
    },
    button: (verb, runId) =>
      eventually(`a button ${verb} for ${runId ?? 'any run'}`, () =>
        cards()
          .toReversed()
          .flatMap(({ messageId, card }) => buttonsOf(card).map((button) => ({ ...button, messageId })))
          .find((button) => button.verb === verb && (runId === undefined || button.data['runId'] === runId)),
      ),
    async more(than) {
      await eventually('another card', () => (messages.size > than ? true : undefined));
    },
    sees: (...words) =>
      eventually(`“${words.join(' … ')}”`, () =>
        cards().findLast(({ card }) => words.every((word) => JSON.stringify(card).includes(word))),
      ),
    [Symbol.asyncDispose]: () => closeServer(server),
  };
}

/** POST makes a message, PUT replaces one, DELETE takes one back; what counts is its card. */
async function receive(request: IncomingMessage, messages: Map<string, unknown>): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const activity: unknown = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : {};
  const path = decodeURIComponent(request.url ?? '').split('/activities')[1];
  if (path === undefined) return undefined;
  const id = request.method === 'POST' ? randomUUID() : path.slice(1);
  if (request.method === 'DELETE') messages.delete(id);
  const [attachment] = isRecord(activity) && Array.isArray(activity['attachments']) ? activity['attachments'] : [];
  if (isRecord(attachment)) messages.set(id, attachment['content']);
  return id;
}

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
