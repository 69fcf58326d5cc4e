/** One batch for the server. Values travel as parameters (`@name`), identifiers are quoted in the text. */
export interface Statement {
  readonly text: string;
  readonly parameters?: Readonly<Record<string, StatementValue>>;
}

/** A Buffer travels as varbinary, a Date as datetime2 in UTC. */
export type StatementValue = string | number | boolean | null | Buffer | Date;

/** Who acts on which target with which fence; goes into every batch that changes something. */
export interface Guard {
  /** Database on the target's server that holds the fence; absent: the one that the connection is in. */
  readonly controlDatabase?: string;
  readonly target: string;
  readonly fence: number;
}

/** Raised by a guard whose fence is stale. */
export const FENCED = 51000;
