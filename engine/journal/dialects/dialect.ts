import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { ColumnTypes, JournalTables, Milliseconds } from '../sql/tables.ts';

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
