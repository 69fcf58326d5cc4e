import type { Request, Response, Server } from 'restify';
import type { Clock } from '../../engine/clock.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { addressOf } from '../http/addressOf.ts';
import { createKept } from '../http/kept.ts';
import { createTokenBucket } from '../http/tokenBucket.ts';
import type { LogLinks } from './logLinks.ts';
import { ADDRESSES, RATE, sendText, tokenOf } from './served.ts';
import { writeLog } from './writeLog.ts';

export interface LogRouteParts {
  readonly links: LogLinks;
  readonly journal: Pick<Journal, 'run' | 'records' | 'log'>;
  readonly clock: Pick<Clock, 'elapsedMs'>;
}

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
