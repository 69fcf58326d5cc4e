import type { Request, Response, Server } from 'restify';
import type { Clock } from '../../engine/clock.ts';
import type { Run } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { VerifyingKey } from '../../engine/journal/signatures.ts';
import { openReport, type OpenedReport } from '../../engine/reports/openReport.ts';
import { reportPage } from '../../engine/reports/reportPage.ts';
import { describeVerdict } from '../../engine/reports/reportText.ts';
import { addressOf } from '../http/addressOf.ts';
import { createKept } from '../http/kept.ts';
import { createTokenBucket } from '../http/tokenBucket.ts';
import type { LogLinks } from './logLinks.ts';
import { ADDRESSES, HEADERS, RATE, sendText, tokenOf } from './served.ts';

export interface ReportRouteParts {
  readonly links: Pick<LogLinks, 'report'>;
  readonly journal: Pick<Journal, 'run' | 'report'>;
  readonly clock: Pick<Clock, 'elapsedMs'>;
  /** Public keys of reports. */
  readonly keys: readonly VerifyingKey[];
}

/** `GET /reports/:token`: the report of one run as a page; `/reports/:token/file`: the signed file itself. */
export function reportRoute({ links, journal, clock, keys }: ReportRouteParts): (server: Server) => void {
  const openingsOf = createKept(() => createTokenBucket(clock, RATE), ADDRESSES);
  const answering = (send: (response: Response, found: OpenedReport, run: Run, token: string) => void) => {
    return async (request: Request, response: Response) => {
      if (!openingsOf(addressOf(request)).take())
        return sendText(
          response,
          429,
          'Too many reports at once from your address. Open the link again in a minute.\n',
          {
            'Retry-After': '60',
          },
        );
      const token = tokenOf(request.params as unknown);
      const runId = links.report.read(token);
      if (runId === undefined)
        return sendText(
          response,
          403,
          'This link has expired or was not made by Rewind. Ask for the status again: /status\n',
        );
      const run = await journal.run(runId);
      const found = run && (await openReport(journal, run, keys));
      if (!run || !found) return sendText(response, 404, 'This run has no report.\n');
      return send(response, found, run, token);
    };
  };
  return (server) => {
    server.get('/reports/:token', answering(sendPage));
    server.get('/reports/:token/file', answering(sendFile));
  };

  function sendPage(response: Response, { verdict }: OpenedReport, { runId }: Run, token: string): void {
    const said = describeVerdict(
      verdict,
      keys.map(({ id }) => id),
    );
    // What does not fit is not shown: a page would lend it a face.
    if (!('report' in verdict) || verdict.kind === 'other-run')
      return sendText(response, 409, `The report of ${runId} is ${said}. rewind audit ${runId} says more.\n`);
    const { html, contentSecurityPolicy } = reportPage(verdict.report, said, `${token}/file`);
    response.sendRaw(200, html, {
      ...HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy,
    });
  }

  function sendFile(response: Response, { text }: OpenedReport, { runId }: Run): void {
    response.sendRaw(200, text, {
      ...HEADERS,
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${runId}.report.json"`,
    });
  }
}
