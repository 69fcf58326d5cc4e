/** What one proof has looked at in the copy, and what it has found there. Plain JSON; no value of the database, and no hash of one. */
export interface ProofResult {
  readonly name: 'post-conditions' | 'search' | 'hosts' | 'coverage';
  /** `values`: how many protected values were looked for. */
  readonly searched: {
    readonly tables: number;
    readonly columns: number;
    readonly bytes: number;
    readonly values: number;
  };
  readonly notSearched: readonly { readonly what: string; readonly why: string }[];
  readonly findings: readonly ProofFinding[];
  /** The time was not enough to look at every row. */
  readonly sampled: boolean;
  readonly seconds: number;
  /** Of the proof of coverage alone: what became of the columns. */
  readonly coverage?: CoverageProof;
}

/** Columns by who has decided about them, and the names of those that look personal or secret and that nobody has decided about. */
export interface CoverageProof {
  readonly ruled: number;
  readonly harmless: number;
  /** Columns that the application keeps for itself in every table. */
  readonly system: number;
  readonly unknown: number;
  /** Columns of which values were looked at. */
  readonly looked: number;
  /** Whether somebody has accepted the columns that there are, so that a new one is known as new. */
  readonly hasBaseline: boolean;
  /** The worst first, and so many at most. */
  readonly suspicious: readonly SuspiciousColumn[];
  /** Further ones, which are not named. */
  readonly more: number;
}

export interface SuspiciousColumn extends Omit<ProofFinding, 'kind' | 'count'> {
  readonly looksLike: readonly string[];
}

/** Where something stands that must not be there, and in how many rows. `column` is empty where a table has none (a comment on it). */
export interface ProofFinding {
  readonly database: string;
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly kind: string;
  readonly count: number;
}
