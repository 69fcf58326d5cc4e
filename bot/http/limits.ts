import { Server as HttpServer } from 'node:http';
import type { Next, Request, Response, Server } from 'restify';

export const maxBodyBytes = 64 * 1024;

/** How long and how much the server listens to one sender. */
export interface Limits {
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly maxConnections: number;
}

/** Slow senders hold a connection for as long as the headers may take; there is room for 200 of them and for Teams. */
const usual: Limits = { headersTimeoutMs: 10_000, requestTimeoutMs: 15_000, maxConnections: 400 };

/** Puts limits in front of every route: size, encoding and slowness are judged before a body is read. */
export function guardServer(server: Server, limits: Partial<Limits> = {}): void {
  const { headersTimeoutMs, requestTimeoutMs, maxConnections } = { ...usual, ...limits };
  const http = server.server;
  if (!(http instanceof HttpServer)) throw new TypeError('The bot’s door speaks HTTP behind a proxy that speaks TLS');
  Object.assign(http, {
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    maxConnections,
    // Node looks for slow senders only every 30 s, unless told before it listens.
    connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
  });
  server.pre(refuseBody);
  server.on('restifyError', hideText);
}

function refuseBody(request: Request, response: Response, next: Next): void {
  const { 'content-encoding': encoding, 'content-length': length, 'content-type': type } = request.headers;
  const refuse = (status: number, code: string) => {
    response.send(status, { code }, { connection: 'close' });
    next(false);
  };
  // restify unpacks without a limit on what comes out, and a body that only claims to be packed ends the process.
  if (encoding !== undefined) return refuse(415, 'unsupported-media-type');
  // Its parsers of forms write files.
  if (request.method === 'POST' && !/^application\/json\s*(;|$)/i.test(type ?? ''))
    return refuse(415, 'unsupported-media-type');
  if (Number(length ?? 0) > maxBodyBytes) return refuse(413, 'too-large');
  return next();
}

/** Errors of restify itself (unknown route, JSON that cannot be parsed) would quote what was sent. */
function hideText(_request: Request, _response: Response, error: unknown, done: () => void): void {
  if (error instanceof Error) Object.assign(error, { toJSON: () => ({ code: 'refused' }), toString: () => 'refused' });
  done();
}
