/** What one proof has looked at in the copy, and what it has found there. Plain JSON; no value of the database, and no hash of one. */
export interface ProofResult {
  readonly name: 'post-conditions' | 'search' | 'hosts';
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
