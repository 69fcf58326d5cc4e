import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Asked, RecordedRequest, Who } from './asked.ts';
import type { Effect, Faults } from './faults.ts';
import type { Azure } from './model.ts';
import { settle } from './operations.ts';
import { Refused, type Reply } from './reply.ts';
import { answer } from './routes.ts';

export interface ServeParts {
  readonly azure: Azure;
  readonly faults: Faults;
  readonly requests: RecordedRequest[];
  /** Whose a token for Resource Manager is; undefined for every other. */
  readonly whoHas: (token: string) => Who | undefined;
  readonly owner: string;
  readonly port: number;
}

/** R: on every answer. */
const COMMON = {
  'cache-control': 'no-cache',
  expires: '-1',
  pragma: 'no-cache',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  server: 'Microsoft-HTTPAPI/2.0',
};

export async function serve(parts: ServeParts): Promise<{ readonly address: string; close(): Promise<void> }> {
  let origin = '';
  const server = createServer((request, response) => {
    void handle(parts, origin, request, response);
  }).listen(parts.port, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on TCP has such an address.
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    address: origin,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function handle(
  parts: ServeParts,
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { azure, faults, requests } = parts;
  const { pathname, searchParams } = new URL(request.url ?? '', origin);
  const path = decodeURIComponent(pathname);
  const method = request.method ?? '';
  const body = await readBody(request);
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const by = parts.whoHas(token) ?? 'nobody';
  const recorded: RecordedRequest = { by, method, path, body, status: 0 };
  requests.push(recorded);
  const before = faults.take(method, path, 'before');
  for (const effect of before) if (effect.kind === 'run') await effect.run();
  if (before.some(({ kind }) => kind === 'cut')) return void request.socket.destroy();
  settle(azure);
  const asked: Asked = { by, method, path, search: searchParams, body, effects: before, origin, owner: parts.owner };
  const reply = replyTo(azure, asked);
  const behind = faults.take(method, path, 'after');
  for (const effect of behind) if (effect.kind === 'run') await effect.run();
  if (behind.some(({ kind }) => kind === 'cut')) return void request.socket.destroy();
  recorded.status = reply.status;
  const text = reply.body === undefined ? '' : JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    ...COMMON,
    ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'content-length': String(Buffer.byteLength(text)),
    date: new Date(azure.now()).toUTCString(),
    ...reply.headers,
  });
  response.end(text);
}

function replyTo(azure: Azure, asked: Asked): Reply {
  try {
    if (asked.by === 'nobody') throw new Refused(401, 'InvalidAuthenticationToken');
    const wanted = asked.effects.find((one): one is Effect & { kind: 'answer' } => one.kind === 'answer');
    if (wanted) {
      const headers: Record<string, string> =
        wanted.retryAfter === undefined ? {} : { 'retry-after': String(wanted.retryAfter) };
      throw new Refused(wanted.status, wanted.code ?? '', undefined, headers);
    }
    return answer(azure, asked);
  } catch (error) {
    if (error instanceof Refused) return error.reply;
    // Loud: a request that the stand-in does not understand is a fault of whoever sent it.
    return {
      status: 400,
      body: { error: { code: 'NotEmulated', message: error instanceof Error ? error.message : '' } },
    };
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
