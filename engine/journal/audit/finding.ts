/** What an examination of the journal can find; docs/how-to/audit-a-run.md says what leads to each. */
export const FINDING_KINDS = [
  'record-altered',
  'record-missing',
  'record-unexpected',
  'document-altered',
  'log-altered',
  'log-missing',
  'run-altered',
  'run-missing',
  'target-altered',
  'report-altered',
  'report-missing',
  'signature-wrong',
  'anchor-broken',
] as const;

export interface Finding {
  readonly kind: (typeof FINDING_KINDS)[number];
  /** Absent where it is about no single run. */
  readonly runId?: string;
  /** A sentence without its full stop. */
  readonly text: string;
}

/** `7`, or `7 to 9`. */
export const range = (from: number, to: number): string =>
  from === to ? String(from) : `${String(from)} to ${String(to)}`;
