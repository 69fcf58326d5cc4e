import type { Request, Response, Server } from 'restify';
import type { Clock } from '../../engine/clock.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { addressOf } from '../http/addressOf.ts';
import { createKept } from '../http/kept.ts';
import { createTokenBucket } from '../http/tokenBucket.ts';
import type { LogLinks } from './logLinks.ts';
import { writeLog } from './writeLog.ts';

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'",
};

export interface LogRouteParts {
  readonly links: LogLinks;
  readonly journal: Pick<Journal, 'run' | 'records' | 'log'>;
  readonly clock: Pick<Clock, 'elapsedMs'>;
}

/** Nobody reads logs as fast; somebody who tries links, or whose link has got around, would. */
const RATE = { capacity: 20, perSecond: 0.5 };
const ADDRESSES = 10_000;

/** `GET /logs/:token`: the log of one run as a file. What the token names is looked up, never a path. */
export function logRoute({ links, journal, clock }: LogRouteParts): (server: Server) => void {
  const downloadsOf = createKept(() => createTokenBucket(clock, RATE), ADDRESSES);
  return (server) => {
    server.get('/logs/:token', async (request: Request, response: Response) => {
      if (!downloadsOf(addressOf(request)).take())
        return sendText(response, 429, 'Too many logs at once from your address. Open the link again in a minute.\n', {
          'Retry-After': '60',
        });
      const params: unknown = request.params;
      const runId = links.read(tokenOf(params));
      if (runId === undefined)
        return sendText(
          response,
          403,
          'This link has expired or was not made by Rewind. Ask for the log again: /logs RUN\n',
        );
      const run = await journal.run(runId);
      if (!run) return sendText(response, 404, 'This run no longer exists.\n');
      const text = writeLog(run, await journal.records(runId), await journal.log(runId));
      return sendText(response, 200, text, { 'Content-Disposition': `attachment; filename="rewind-${runId}.txt"` });
    });
  };
}

function tokenOf(params: unknown): string {
  if (typeof params !== 'object' || params === null || !('token' in params)) return '';
  return typeof params.token === 'string' && params.token.length <= 512 ? params.token : '';
}

function sendText(
  response: Response,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.sendRaw(status, text, { 'Content-Type': 'text/plain; charset=utf-8', ...HEADERS, ...headers });
}
