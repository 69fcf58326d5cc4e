import type { Server } from 'restify';
import type { Clock } from '../../engine/clock.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { LogLinks } from './logLinks.ts';
import { sendText, serving } from './served.ts';
import { writeLog } from './writeLog.ts';

export interface LogRouteParts {
  readonly links: LogLinks;
  readonly journal: Pick<Journal, 'run' | 'records' | 'log'>;
  readonly clock: Pick<Clock, 'elapsedMs'>;
}

/** `GET /logs/:token`: the log of one run as a file. What the token names is looked up, never a path. */
export function logRoute({ links, journal, clock }: LogRouteParts): (server: Server) => void {
  const serve = serving({
    ...{ links, journal, clock, many: 'logs' },
    askAgain: 'Ask for the log again: /logs RUN',
    gone: 'This run no longer exists.',
  });
  return (server) => {
    server.get(
      '/logs/:token',
      serve(async (response, run) => {
        const { runId } = run;
        const text = writeLog(run, await journal.records(runId), await journal.log(runId));
        sendText(response, 200, text, { 'Content-Disposition': `attachment; filename="rewind-${runId}.txt"` });
        return true;
      }),
    );
  };
}
