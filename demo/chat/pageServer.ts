import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isForThisMachine, readJson, saysJson } from '../localRequest.ts';
import { closeServer, listenOnLoopback } from '../loopbackServer.ts';
import { createApi, type ApiAnswer } from './api.ts';
import type { Client } from './client.ts';
import type { Guide } from './guide.ts';
import { pageFiles } from './pageFiles.ts';

export interface ChatPage extends AsyncDisposable {
  readonly url: string;
}

/** Nothing is loaded from elsewhere, and nobody frames the page. Inline style attributes are what the renderer of cards sets. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * A window onto the chat for a browser of this machine. Whoever opens it speaks in everybody's name, so it listens on
 * 127.0.0.1 alone, and takes nothing from a page of another origin.
 */
export async function serveChatPage(client: Client, guide: Guide): Promise<ChatPage> {
  const files = pageFiles();
  const api = createApi(client, guide);
  const server = createServer((request, response) => {
    const send = ({ status, type, body }: PageAnswer) => {
      response.writeHead(status, { ...HEADERS, 'content-type': type });
      response.end(body);
    };
    answer(request, response).then(
      (found) => found && send(found),
      () => send(json({ status: 500, body: { note: 'The demo’s bot cannot be reached' } })),
    );
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<PageAnswer | undefined> => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (!isForThisMachine(request) || !comesFromThePage(request)) return json(REFUSED);
    if (request.method === 'GET' && path === '/api/events') {
      streamNews(client, response);
      return undefined;
    }
    const file = files.get(path);
    if (request.method === 'GET' && file) return { status: 200, ...file };
    if (request.method === 'GET' && path === '/api/state') return json(api.state());
    const call = request.method === 'POST' ? api.calls.get(path) : undefined;
    if (!call) return json({ status: 404, body: {} });
    return json(saysJson(request) ? await call(await readJson(request)) : REFUSED);
  };

  const url = await listenOnLoopback(server);
  return { url, [Symbol.asyncDispose]: () => closeServer(server) };
}

interface PageAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

const REFUSED: ApiAnswer = { status: 403, body: {} };

const json = ({ status, body }: ApiAnswer): PageAnswer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

/** What changes something has to name the page as its origin; what only reads must not name another. */
function comesFromThePage({ method, headers: { origin, host } }: IncomingMessage): boolean {
  return origin === `http://${host}` || (origin === undefined && method === 'GET');
}

/** Server-sent events, until the page goes. */
function streamNews(client: Client, response: ServerResponse): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
  response.write(': listening\n\n');
  const stop = client.conversations.listen((news) => response.write(`data: ${JSON.stringify(news)}\n\n`));
  response.once('close', stop);
}
