import type { Response, Server } from 'restify';
import type { Clock } from '../../engine/clock.ts';
import type { Run } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { VerifyingKey } from '../../engine/journal/signatures.ts';
import { openReport, type OpenedReport } from '../../engine/reports/openReport.ts';
import { reportPage } from '../../engine/reports/reportPage.ts';
import { describeVerdict } from '../../engine/reports/reportText.ts';
import type { LogLinks } from './logLinks.ts';
import { HEADERS, sendText, serving } from './served.ts';

export interface ReportRouteParts {
  readonly links: Pick<LogLinks, 'report'>;
  readonly journal: Pick<Journal, 'run' | 'report'>;
  readonly clock: Pick<Clock, 'elapsedMs'>;
  /** Public keys of reports. */
  readonly keys: readonly VerifyingKey[];
}

/** `GET /reports/:token`: the report of one run as a page; `/reports/:token/file`: the signed file itself. */
export function reportRoute({ links, journal, clock, keys }: ReportRouteParts): (server: Server) => void {
  const serve = serving({
    ...{ links: links.report, journal, clock, many: 'reports' },
    askAgain: 'Ask for the status again: /status',
    gone: 'This run has no report.',
  });
  const answering = (send: (response: Response, found: OpenedReport, run: Run, token: string) => void) =>
    serve(async (response, run, token) => {
      const found = await openReport(journal, run, keys);
      if (found) send(response, found, run, token);
      return found !== undefined;
    });
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
