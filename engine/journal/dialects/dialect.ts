import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { ColumnTypes, JournalTables, Milliseconds } from '../sql/tables.ts';

/** How long the journal waits: for a connection, and on one for the end of a statement and for the answer that tells of it. */
export interface JournalBounds {
  readonly connectMs: number;
  readonly statementMs: number;
  /** Longer than a statement may take at the server, which says then that it gave up. */
  readonly answerMs: number;
}

export const JOURNAL_BOUNDS: JournalBounds = { connectMs: 10_000, statementMs: 30_000, answerMs: 35_000 };

/** All that differs between the database servers a journal can lie on. */
export interface Dialect {
  readonly types: ColumnTypes;
  /** Milliseconds since 1970 by the database's own clock, at the moment the expression is evaluated. */
  readonly nowMs: RawBuilder<Milliseconds>;
  /** Lets one transaction at a time choose the next run number; released with the transaction. */
  lockNumbers(change: Transaction<JournalTables>): Promise<unknown>;
  /** Another change was faster: a key that exists by now, a deadlock's victim. */
  isConflict(error: unknown): boolean;
  /** The server ended one of two that waited for each other, and undid it: also a mere reader, where readers lock. */
  isDeadlock(error: unknown): boolean;
  /** The server is away, or the connection to it broke: nothing is known of what was sent last. */
  isOutage(error: unknown): boolean;
  /** Why there is no connection, when the server or our own side said no to one: what a person has to mend. */
  refusalOf(error: unknown): Error | undefined;
}

export interface OpenDatabase {
  readonly db: Kysely<JournalTables>;
  readonly dialect: Dialect;
  /** For people, where an address may ask for several kinds: never a secret. */
  readonly authentication?: string;
}
