import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { systemClock } from '../../engine/clock.ts';
import { isForThisMachine, readJson, saysJson } from '../localRequest.ts';
import { closeServer, listenOnLoopback } from '../loopbackServer.ts';
import { clickActivity, installationActivity, mentionsRewind, messageActivity, type Voice } from './activities.ts';
import { answerConnector } from './connector.ts';
import { createConversations, type Conversation, type Conversations, type Message } from './conversations.ts';

export interface ClientOptions {
  /** Where activities are posted: signs for us. */
  readonly botUrl: string;
  readonly botAppId: string;
  /** Asked before a message is taken (POST) or replaced (PUT): the HTTP answer of a chat in trouble. */
  readonly trouble?: (method: string) => { readonly status: number; readonly retryAfterSeconds?: number } | undefined;
}

export interface Click {
  readonly messageId: string;
  readonly verb: string;
  readonly data: unknown;
}

/** What became of something said or clicked: the bot's HTTP status and answer, or why it was not told. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'unheard'; readonly because: 'not-mentioned' | 'not-installed' };

/** The chat's side of the Bot Framework protocol, for everybody in it; what it looks like is another's business. */
export interface Client extends AsyncDisposable {
  readonly conversations: Conversations;
  /** Where the bot reaches the connector. */
  readonly serviceUrl: string;
  /** @param address a conversation, or a thread of a channel to reply in */
  say(voice: Voice, address: string, text: string): Promise<Outcome>;
  /** @throws when there is no such message */
  click(voice: Voice, click: Click): Promise<Outcome>;
  install(voice: Voice, conversationId: string, isInstalled: boolean): Promise<void>;
}

const NOT_INSTALLED: Outcome = { kind: 'unheard', because: 'not-installed' };

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

export async function openClient({ botUrl, botAppId, trouble }: ClientOptions): Promise<Client> {
  const conversations = createConversations(systemClock);
  const server = createServer((request, response) => {
    const refusal = trouble?.(request.method ?? '');
    if (!refusal) return void serveConnector(conversations, request, response);
    request.resume();
    const { status, retryAfterSeconds } = refusal;
    if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
    response.writeHead(status);
    response.end();
  });
  const serviceUrl = await listenOnLoopback(server);
  const line = () => ({ serviceUrl, botAppId, now: systemClock.now() });

  const tellBot = async (activity: object): Promise<Outcome> => {
    const response = await fetch(`${botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    return { kind: 'answered', status: response.status, body: parsed(await response.text()) };
  };

  return {
    conversations,
    serviceUrl,
    async say(voice, address, text) {
      const conversation = conversations.find(address);
      const message = conversations.post(address, voice.person.id, { text, mentions: [] });
      if (!conversation || !message) throw new Error(`There is no conversation ${address}`);
      if (!conversation.isInstalled) return NOT_INSTALLED;
      if (conversation.kind !== 'personal' && !mentionsRewind(text))
        return { kind: 'unheard', because: 'not-mentioned' };
      return tellBot(messageActivity(line(), voice, conversation, message));
    },
    async click(voice, { messageId, verb, data }) {
      const { message, conversation } = placeOf(conversations, messageId);
      if (!conversation.isInstalled) return NOT_INSTALLED;
      const outcome = await tellBot(clickActivity(line(), voice, conversation, { message, verb, data }));
      const card = cardOf(outcome);
      if (card !== undefined) conversations.showTo(messageId, voice.person.id, card);
      return outcome;
    },
    async install(voice, conversationId, isInstalled) {
      const conversation = conversations.install(conversationId, isInstalled);
      if (conversation) await tellBot(installationActivity(line(), voice, conversation));
    },
    [Symbol.asyncDispose]: () => closeServer(server),
  };
}

/** The card that the bot answers a click with, if it is one. */
export function cardOf(outcome: Outcome): unknown {
  if (outcome.kind !== 'answered' || typeof outcome.body !== 'object' || outcome.body === null) return undefined;
  const { type, value } = outcome.body as { readonly type?: unknown; readonly value?: unknown };
  return type === ADAPTIVE_CARD ? value : undefined;
}

function placeOf(
  conversations: Conversations,
  messageId: string,
): { readonly message: Message; readonly conversation: Conversation } {
  const message = conversations.message(messageId);
  const conversation = message && conversations.find(message.conversation);
  if (!conversation) throw new Error(`There is no message ${messageId}`);
  return { message, conversation };
}

/** Programs of this machine only: a page in the browser would name its origin. */
async function serveConnector(conversations: Conversations, request: IncomingMessage, response: ServerResponse) {
  const hasBody = request.method === 'POST' || request.method === 'PUT';
  const isOurs = isForThisMachine(request) && request.headers.origin === undefined && (!hasBody || saysJson(request));
  const { status, body } = isOurs
    ? answerConnector(conversations, {
        method: request.method ?? '',
        path: (request.url ?? '').split('?')[0] ?? '',
        body: hasBody ? await readJson(request) : undefined,
      })
    : { status: 403, body: {} };
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
