import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../engine/clock.ts';
import type { QuietLog } from './quietLog.ts';
import { Refusal } from './refusal.ts';
import { createTokenBucket } from './tokenBucket.ts';

const codeOf: Record<Refusal['status'], string> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'forbidden',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-refusals',
  503: 'unavailable',
};

export type Refuse = (request: IncomingMessage, response: ServerResponse, error: unknown) => void;

/** Answers a request that goes no further, without restify: it has not been set up there, or need not be. */
export function createRefuse(clock: Clock, warn: QuietLog): Refuse {
  const toldApart = createTokenBucket(clock, { capacity: 50, perSecond: 5 });
  return (request, response, error) => {
    if (response.headersSent || response.destroyed) return;
    const refusal = error instanceof Refusal ? error : new Refusal(400, 'request that cannot be read', error);
    warn('request refused', { status: refusal.status, reason: refusal.message, cause: nameOf(refusal.cause) });
    // Only requests that are refused anyway are slowed down, so that a flood of bad ones costs the good ones nothing.
    const status = toldApart.take() ? refusal.status : 429;
    const body = JSON.stringify({ code: codeOf[status] });
    // Nobody waits for the end of a body that is too large, or does not say how long it is.
    const isEndless =
      refusal.status === 413 || (request.method === 'POST' && request.headers['content-length'] === undefined);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(isEndless && { connection: 'close' }),
    });
    response.end(body);
  };
}

/** Not its text: it may quote what was sent. */
function nameOf(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.name : undefined;
}
