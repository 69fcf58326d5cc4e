import { TerminalError } from '../errors.ts';

/** Nothing is switched without the report of what was proved of this very copy. */
export class ReportMissingError extends TerminalError {
  override readonly code = 'report-missing';

  constructor(runId: string, why: string) {
    super(`The report of ${runId} ${why}, so nothing is switched`, {
      remedy: 'Retry the run: the copy is proved once more, and a new report is made. The target has not been changed.',
    });
  }
}

/** The installation wants signed reports alone, and this worker cannot sign. */
export class ReportNotSignedError extends TerminalError {
  override readonly code = 'report-not-signed';

  constructor(runId: string) {
    super(`The report of ${runId} would not be signed: this worker has no REWIND_REPORT_KEY`, {
      remedy:
        'Run `rewind signing-key NAME --reports` and give its first line to every worker, or take signedReportsOnly out of environments.yaml; then retry the run.',
    });
  }
}
