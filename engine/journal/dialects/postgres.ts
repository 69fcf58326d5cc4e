import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { answerWithin, KEEPALIVE } from '../../databases/postgres/answering.ts';
import { noConnectionOf, serverOf } from '../../databases/noConnection.ts';
import type { Dialect, JournalBounds, OpenDatabase } from './dialect.ts';

export function openPostgres(url: string, bounds: JournalBounds): OpenDatabase {
  const server = serverOf(url, 5432);
  return {
    db: new Kysely({ dialect: new PostgresDialect({ pool: openPool(url, server, bounds) }) }),
    dialect: { ...postgres, refusalOf: (error) => noConnectionOf(error, server) },
  };
}

const postgres: Omit<Dialect, 'refusalOf'> = {
  types: { name: sql`varchar(64)`, text: sql`text` },
  nowMs: sql`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
  // An arbitrary number that nothing else in this database locks.
  lockNumbers: (change) => sql`select pg_advisory_xact_lock(7394660)`.execute(change),
  isConflict: (error) => ['23505', '40001', '40P01'].includes(codeOf(error)),
  isDeadlock: (error) => codeOf(error) === '40P01',
  isOutage: (error) =>
    /^(08|53|57P0)|^E(CONN|PIPE|TIMEDOUT|HOST|NET|AI_|NOTFOUND)|^25P03$/.test(codeOf(error)) ||
    (error instanceof Error &&
      /^Connection terminated|connection error|timeout exceeded when trying to connect/.test(error.message)),
};

function openPool(connectionString: string, server: string, bounds: JournalBounds): Pool {
  const pool = new Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: bounds.connectMs,
    statement_timeout: bounds.statementMs,
    ...KEEPALIVE,
    // A worker that is paused inside a change must not hold its rows against the worker that takes over.
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'rewind journal',
  });
  // A connection that breaks reports it to whoever awaits its answer as well; without listeners it would end the process,
  // and the pool listens only while a connection lies idle.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    answerWithin(client, server, bounds.answerMs);
  });
  return pool;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
