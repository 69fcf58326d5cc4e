import type { ColumnFact } from './columnFacts.ts';
import type { Suspicion } from './findings.ts';
import type { Ruling } from './rulings.ts';

/** What is known of one column. No value of it. */
export interface CoveredColumn {
  readonly fact: ColumnFact;
  /** Unknown: no pack speaks of it. */
  readonly ruling: Ruling | { readonly state: 'unknown' } | { readonly state: 'system' };
  /** Why it looks personal or secret: of an unknown column, and of the rows that no rule of a column means. */
  readonly suspicions: readonly Suspicion[];
  /** The baseline does not have it, or not with all these suspicions. */
  readonly isNew: boolean;
  /** The baseline does not have it at all. */
  readonly isUnlisted: boolean;
  /** Whether values were looked at. */
  readonly isSampled: boolean;
}

export interface Coverage {
  /** New and suspicious ones first, then by what they look like, then by name. */
  readonly columns: readonly CoveredColumn[];
  readonly counts: CoverageCounts;
  /** Columns whose values were to be looked at, and were not for want of time. */
  readonly unlooked?: number;
}

export interface CoverageCounts {
  readonly columns: number;
  readonly tables: number;
  readonly ruled: number;
  readonly harmless: number;
  /** Columns that the application keeps for itself in every table. */
  readonly system: number;
  readonly unknown: number;
  /** Columns with suspicions, and those of them that the baseline does not accept. */
  readonly suspicious: number;
  readonly notAccepted: number;
}
