/** The part of the journal that keeps the reports of runs; which of them counts, the run's document and records say. */
export interface JournalReports {
  /** Safe to repeat: a report is kept under the hash of its text. */
  keepReport(runId: string, report: { readonly sha256: string; readonly text: string }): Promise<void>;
  report(runId: string, sha256: string): Promise<string | undefined>;
}
