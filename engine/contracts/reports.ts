import type { Instant } from './people.ts';

/** What a rule has done to one table: no value of the database. */
export interface RuleCount {
  readonly ruleId: string;
  /** With its schema where that is not the usual one. */
  readonly table: string;
  /** Changed by this attempt or by an earlier one on the same copy. */
  readonly rows: number;
  /** Kept from the sandbox: rows that were left, as they were not so when the plan was made. */
  readonly left?: number;
  /** Told from a sample of a large table. */
  readonly isEstimate?: true;
  /** Why it did not run here. */
  readonly skipped?: string;
}

/** Which report a run was switched with; the report itself lies beside the run. */
export interface ReportHead {
  /** SHA-256, hex, of the report's text, byte for byte. */
  readonly sha256: string;
  readonly madeAt: Instant;
  /** Name of the key that has signed it; absent where it is not signed. */
  readonly key?: string;
}
