import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback } from '../../demo/loopbackServer.ts';

export interface SentMessage {
  readonly id: string;
  readonly conversation: string;
  card: Record<string, unknown>;
  /** Every card the message has shown, first to last. */
  readonly versions: Record<string, unknown>[];
}

/** What the connector does with the next request instead of obeying it. */
export type Trouble =
  | { readonly status: number; readonly retryAfter?: number }
  /** Obeys at once, and says so this many milliseconds later. */
  | { readonly after: number }
  | 'hang';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly subCode?: string;
}

/** The personal chat that the connector opens with somebody. */
export const personalChatOf = (personId: string): string => `a:personal-${personId}`;

/** Teams' side of the protocol, as far as the bot uses it: sends, updates, and refuses on demand. */
export interface FakeConnector {
  readonly url: string;
  readonly messages: SentMessage[];
  readonly requests: { readonly method: string; readonly status: number; readonly atMs: number }[];
  /** Answers to the next requests, first come first served. */
  readonly troubles: Trouble[];
  /** What was sent and is no card, as it came. */
  readonly strange: string[];
  /** Entra object ids of those who are not in a channel or group chat; everybody else is in every one. */
  readonly absent: Set<string>;
  /** What a conversation, `members of` it, or the attempt to open a personal chat with a person is answered with. */
  readonly refusals: Map<string, Refusal>;
  /** Messages that nobody has deleted. */
  lying(): readonly SentMessage[];
  forget(id: string): void;
  /** Resolves when `is` holds; looked at after every request. */
  until(is: () => boolean, what: string): Promise<void>;
  close(): Promise<void>;
}

export async function createFakeConnector(): Promise<FakeConnector> {
  const messages: SentMessage[] = [];
  const requests: FakeConnector['requests'] = [];
  const troubles: Trouble[] = [];
  const strange: string[] = [];
  const watchers = new Set<() => void>();
  const deleted = new Set<string>();
  const absent = new Set<string>();
  const refusals = new Map<string, Refusal>();

  const refusalOf = (whom: string) => {
    const refusal = refusals.get(whom.split(';')[0] ?? '');
    if (!refusal) return undefined;
    const { status, code, subCode } = refusal;
    return { status, body: { error: { code, message: subCode ? JSON.stringify({ subCode }) : code } } };
  };

  const post = (conversation: string, card: Record<string, unknown>): SentMessage => {
    const message = { id: `m${messages.length + 1}`, conversation, card, versions: [card] };
    messages.push(message);
    return message;
  };

  /** A personal chat, or a post in a channel, which is a conversation of its own. */
  const open = ({ members, channelData, activity }: Record<string, unknown>) => {
    const [member] = (members ?? []) as { id: string }[];
    if (member) return refusalOf(member.id) ?? { status: 201, body: { id: personalChatOf(member.id) } };
    const { id: channel } = (channelData as { channel: { id: string } }).channel;
    const card = cardOf((activity ?? {}) as Record<string, unknown>);
    if (!card) return { status: 400, body: { error: { code: 'NoCard' } } };
    const refusal = refusalOf(channel);
    if (refusal) return refusal;
    const message = post('', card);
    Object.assign(message, { conversation: `${channel};messageid=${message.id}` });
    return { status: 201, body: { id: message.conversation, activityId: message.id } };
  };

  const obey = (method: string, path: string, body: Record<string, unknown>): { status: number; body: unknown } => {
    if (method === 'POST' && path.endsWith('/conversations')) return open(body);
    const member = /\/members\/([^/]+)$/.exec(path)?.[1];
    if (member !== undefined) {
      const of = decodeURIComponent(/conversations\/([^/]+)\//.exec(path)?.[1] ?? '');
      const refusal = refusalOf(of) ?? refusalOf(`members of ${of}`);
      if (refusal) return refusal;
      if (absent.has(member)) return { status: 404, body: { error: { code: 'MemberNotFoundInConversation' } } };
      return { status: 200, body: { id: `29:${member}`, aadObjectId: member } };
    }
    const [conversation = '', id = ''] = /conversations\/([^/]+)\/activities\/?([^/]*)$/.exec(path)?.slice(1) ?? [];
    if (method === 'DELETE') {
      deleted.add(id);
      return { status: 200, body: {} };
    }
    const card = cardOf(body);
    if (!card) strange.push(`${method} ${JSON.stringify(body)}`);
    if (!card)
      return { status: 400, body: { error: { code: 'NoCard', message: `${method} of ${JSON.stringify(body)}` } } };
    if (method === 'POST') {
      const refusal = refusalOf(decodeURIComponent(conversation));
      if (refusal) return refusal;
      const message = post(decodeURIComponent(conversation), card);
      return { status: 201, body: { id: message.id } };
    }
    const message = messages.find((one) => one.id === id && !deleted.has(id));
    if (!message) return { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } };
    message.card = card;
    message.versions.push(card);
    return { status: 200, body: { id } };
  };

  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const trouble = troubles.shift();
      const method = request.method ?? '';
      if (trouble === 'hang') return requests.push({ method, status: 0, atMs: performance.now() });
      const delayMs = trouble && 'after' in trouble ? trouble.after : 0;
      const answer =
        trouble && 'status' in trouble
          ? { status: trouble.status, body: { error: { code: 'Scripted' } } }
          : obey(method, new URL(request.url ?? '', 'http://connector').pathname, body);
      requests.push({ method, status: answer.status, atMs: performance.now() });
      const answered = () => {
        send(response, answer, trouble && 'status' in trouble ? trouble.retryAfter : undefined);
        for (const watcher of watchers) watcher();
      };
      if (delayMs === 0) answered();
      else setTimeout(answered, delayMs);
      return undefined;
    });
  });
  const url = await listenOnLoopback(server, 0);

  return {
    url,
    messages,
    requests,
    troubles,
    strange,
    absent,
    refusals,
    lying: () => messages.filter(({ id }) => !deleted.has(id)),
    forget: (id) => void deleted.add(id),
    until(is, what) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = () => {
        if (!is()) return;
        watchers.delete(look);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => reject(new Error(`The connector waited in vain until ${what}`)), 30_000);
      watchers.add(look);
      look();
      return promise;
    },
    close: () => closeServer(server),
  };
}

/** Nothing but cards is expected of the bot: anything else is refused, and the refusal says what it was. */
function cardOf({ type, attachments }: Record<string, unknown>): Record<string, unknown> | undefined {
  if (type !== 'message' || !Array.isArray(attachments)) return undefined;
  const [attachment] = attachments as { content?: Record<string, unknown> }[];
  return attachment?.content;
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function send(
  response: ServerResponse,
  { status, body }: { status: number; body: unknown },
  retryAfter?: number,
): void {
  const headers = {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` }),
  };
  // restify changes every response of the process: its writeHead returns nothing.
  response.writeHead(status, headers);
  response.end(JSON.stringify(body));
}
