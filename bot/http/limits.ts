import { Server as HttpServer, type IncomingMessage } from 'node:http';
import type { Server } from 'restify';
import { limitConnections, type ConnectionLimits } from './connections.ts';
import type { QuietLog } from './quietLog.ts';
import { Refusal } from './refusal.ts';

export const maxBodyBytes = 64 * 1024;

/** How long and how much the server listens to one sender. */
export interface Limits extends ConnectionLimits {
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

const usual: Limits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  connectionsPerAddress: 200,
  connections: 400,
};

/** Longer than any turn takes. */
const SILENT_FOR_MS = 60_000;

/** Puts limits on what holds a connection, in front of every route. */
export function guardServer(server: Server, warn: QuietLog, limits: Partial<Limits> = {}): void {
  const { headersTimeoutMs, requestTimeoutMs, ...connectionLimits } = { ...usual, ...limits };
  const http = server.server;
  if (!(http instanceof HttpServer)) throw new TypeError('The bot’s door speaks HTTP behind a proxy that speaks TLS');
  Object.assign(http, {
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // Ends a sender that does not read its answer.
    timeout: SILENT_FOR_MS,
    // Node looks for slow senders only every 30 s, unless told before it listens.
    connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
  });
  limitConnections(http, connectionLimits, warn);
  server.on('restifyError', hideText);
}

/**
 * Size and encoding, before a body is read.
 * @throws Refusal 413 or 415
 */
export function inspectHeaders({ method, headers }: IncomingMessage): void {
  // What unpacks has no limit on what comes out.
  if (headers['content-encoding'] !== undefined) throw new Refusal(415, 'body that is packed');
  if (method === 'POST' && !/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? ''))
    throw new Refusal(415, 'body that is not JSON by its type');
  if (Number(headers['content-length'] ?? 0) > maxBodyBytes) throw new Refusal(413, 'body too large');
}

/** Errors of restify itself, such as an unknown route, would quote what was sent. */
function hideText(_request: unknown, _response: unknown, error: unknown, done: () => void): void {
  if (error instanceof Error) Object.assign(error, { toJSON: () => ({ code: 'refused' }), toString: () => 'refused' });
  done();
}
