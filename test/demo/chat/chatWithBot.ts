import { createServer } from 'node:http';
import { openClient, type Client } from '../../../demo/chat/client.ts';
import { serveChatPage } from '../../../demo/chat/pageServer.ts';
import { closeServer, listenOnLoopback } from '../../../demo/loopbackServer.ts';
import { readJson } from '../../../demo/localRequest.ts';
import { JONAS, MIRA } from '../../../demo/people.ts';

export interface Heard {
  readonly type: string;
  readonly serviceUrl: string;
  readonly text?: string;
  readonly from: { readonly id: string };
  readonly conversation: { readonly id: string };
  readonly [part: string]: unknown;
}

/** The chat and its page, with a bot that remembers what it hears and does what a test tells it to. */
export interface ChatWithBot extends AsyncDisposable {
  readonly client: Client;
  readonly url: string;
  readonly heard: Heard[];
  /** The answer to the next clicks. */
  answer: unknown;
  /** The bot's own call to the connector. */
  connector(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
}

export async function openChatWithBot(): Promise<ChatWithBot> {
  await using undo = new AsyncDisposableStack();
  const heard: Heard[] = [];
  const bot = createServer((request, response) => {
    void readJson(request).then((activity) => {
      // The client's own activities.
      heard.push(activity as Heard);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(heard.at(-1)?.type === 'invoke' ? JSON.stringify(chat.answer) : '');
    });
  });
  const botUrl = await listenOnLoopback(bot);
  undo.defer(() => closeServer(bot));
  const client = undo.use(await openClient({ botUrl, botAppId: 'bot' }));
  const page = undo.use(
    await serveChatPage(client, {
      people: [JONAS, MIRA],
      moments: [{ name: 'before the mistake', at: '2026-11-30T01:32:48.145Z' }],
      commands: ['/status'],
    }),
  );
  const parts = undo.move();
  const chat: ChatWithBot = {
    client,
    url: page.url,
    heard,
    answer: {},
    async connector(method, path, body) {
      const response = await fetch(`${client.serviceUrl}${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      return { status: response.status, body: await response.json() };
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
  return chat;
}

export function cardMessage(...body: readonly object[]) {
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard', version: '1.5', body },
      },
    ],
  };
}
