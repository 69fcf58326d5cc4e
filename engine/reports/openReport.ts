import type { Run } from '../contracts.ts';
import type { JournalReports } from '../journal/besideRuns.ts';
import type { VerifyingKey } from '../journal/signatures.ts';
import { examineReport, sha256Of, type ReportVerdict } from './signedReport.ts';

/** What the journal keeps for a run, looked at before anybody reads it. */
export interface OpenedReport {
  readonly text: string;
  readonly verdict: ReportVerdict;
}

/** Undefined: the run has none. */
export async function openReport(
  journal: Pick<JournalReports, 'report'>,
  { runId, report: head }: Pick<Run, 'runId' | 'report'>,
  keys: readonly VerifyingKey[],
): Promise<OpenedReport | undefined> {
  const text = head && (await journal.report(runId, head.sha256));
  if (head === undefined || text === undefined) return undefined;
  const verdict = sha256Of(text) === head.sha256 ? examineReport(text, keys, runId) : ({ kind: 'altered' } as const);
  return { text, verdict };
}
