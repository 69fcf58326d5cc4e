import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { journalAddress } from '../../../engine/journal/dialects/sqlServerAddress.ts';
import { SqlServerDialect } from '../../../engine/journal/dialects/sqlServerKysely.ts';
import type { Value } from '../schema/table.ts';
import type { Dialect } from './dialect.ts';
import { postgres } from './postgres.ts';
import { sqlServer } from './sqlServer.ts';

/** Tables by name, rows by column: what is really there only the server knows. */
export type Tables = Readonly<Record<string, Readonly<Record<string, Value>>>>;

export interface Database extends AsyncDisposable {
  readonly dialect: Dialect;
  readonly db: Kysely<Tables>;
  run<Row = unknown>(text: string): Promise<readonly Row[]>;
}

/** One database of the company, by an address postgres://… or mssql://…; nothing is connected before its first use. */
export function openDatabase(url: string): Database {
  const isSqlServer = /^(mssql|sqlserver):$/.test(new URL(url).protocol);
  const db = new Kysely<Tables>({ dialect: isSqlServer ? onSqlServer(url) : onPostgres(url) });
  return {
    dialect: isSqlServer ? sqlServer : postgres,
    db,
    run: (text) => runText(db, text),
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

export async function runText<Row = unknown>(db: Kysely<Tables>, text: string): Promise<readonly Row[]> {
  const { rows } = await sql.raw<Row>(text).execute(db);
  return rows;
}

function onSqlServer(url: string): SqlServerDialect {
  const { settings } = journalAddress(url);
  return new SqlServerDialect({
    ...settings,
    options: { ...settings.options, appName: 'Fabrikam', requestTimeout: 120_000 },
  });
}

function onPostgres(connectionString: string): PostgresDialect {
  const pool = new Pool({ connectionString, max: 4, idleTimeoutMillis: 0, connectionTimeoutMillis: 10_000 });
  // A lost connection shows up in the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}
