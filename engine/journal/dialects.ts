import { Kysely, PostgresDialect, sql, type RawBuilder, type Transaction } from 'kysely';
import { Pool } from 'pg';
import type { ColumnTypes, JournalTables, Milliseconds } from './schema.ts';

/** All that differs between the database servers a journal can lie on. */
export interface Dialect {
  readonly types: ColumnTypes;
  /** Milliseconds since 1970 by the database's own clock, at the moment the expression is evaluated. */
  readonly nowMs: RawBuilder<Milliseconds>;
  /** Lets one transaction at a time choose the next run number; released with the transaction. */
  lockNumbers(change: Transaction<JournalTables>): Promise<unknown>;
  /** Another change was faster: a key that exists by now, a deadlock's victim. */
  isConflict(error: unknown): boolean;
  /** The server is away, or the connection to it broke: nothing is known of what was sent last. */
  isOutage(error: unknown): boolean;
}

export interface OpenDatabase {
  readonly db: Kysely<JournalTables>;
  readonly dialect: Dialect;
}

/** @throws Error unless the address names a kind of server that a journal can lie on. */
export function openDatabase(url: string): OpenDatabase {
  const kind = URL.canParse(url) ? new URL(url).protocol : '';
  switch (kind) {
    case 'postgres:':
    case 'postgresql:':
      return { db: new Kysely({ dialect: new PostgresDialect({ pool: postgresPool(url) }) }), dialect: postgres };
    default:
      // The address itself may hold a password, so only its kind is named.
      throw new Error(`A journal lies on postgres://…, not on ${kind || 'an address without a kind'}`);
  }
}

const postgres: Dialect = {
  types: { name: sql`varchar(64)`, text: sql`text` },
  nowMs: sql`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
  // An arbitrary number that nothing else in this database locks.
  lockNumbers: (change) => sql`select pg_advisory_xact_lock(7394660)`.execute(change),
  isConflict: (error) => ['23505', '40001', '40P01'].includes(codeOf(error)),
  isOutage: (error) =>
    /^(08|53|57P0)|^E(CONN|PIPE|TIMEDOUT|HOST|NET|AI_|NOTFOUND)|^25P03$/.test(codeOf(error)) ||
    (error instanceof Error &&
      /^Connection terminated|connection error|timeout exceeded when trying to connect/.test(error.message)),
};

function postgresPool(connectionString: string): Pool {
  const pool = new Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    // A worker that is paused inside a change must not hold its rows against the worker that takes over.
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'rewind journal',
  });
  // A connection that breaks reports it to whoever awaits its answer as well; without listeners it would end the process,
  // and the pool listens only while a connection lies idle.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
