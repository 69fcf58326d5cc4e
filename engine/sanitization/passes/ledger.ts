import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { Dialect, ReadSession } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import { ask } from './facts/ask.ts';
import { idOf, type Resting } from './rest/resting.ts';

/** Of the copy: what has been done to it, and what has to be put back. Gone before the switch. */
export const LEDGER_SCHEMA = 'rewind';

export const METHODS = ['truncate', 'rewrite', 'pages', 'slices', 'whole'] as const;
export type Method = (typeof METHODS)[number];

/** How far one pass is. Written in the transaction of the change that it tells of. */
export interface Progress {
  readonly id: string;
  readonly method: Method;
  /** Up to here everything is done: a page, or the key of a row as texts in JSON. */
  readonly reached?: string | undefined;
  /** Pages of the table when the pass began: new versions of rows go behind them. */
  readonly total: number;
  /** Rows by the id of the rule. */
  readonly rows: Readonly<Record<string, number>>;
  /** The rows were told from a sample. */
  readonly isEstimate: boolean;
  readonly isDone: boolean;
}

export interface Ledger {
  readonly passes: ReadonlyMap<string, Progress>;
  readonly resting: readonly (Resting & { readonly isAwake: boolean })[];
}

export const createLedger: Readonly<Record<Dialect, readonly CompiledQuery[]>> = {
  postgres: [
    'CREATE SCHEMA IF NOT EXISTS rewind',
    'CREATE TABLE IF NOT EXISTS rewind.pass (id text PRIMARY KEY, method text NOT NULL, reached text, total bigint NOT NULL, row_counts text NOT NULL, is_estimate int NOT NULL, is_done int NOT NULL)',
    'CREATE TABLE IF NOT EXISTS rewind.resting (id text PRIMARY KEY, kind text NOT NULL, in_schema text NOT NULL, in_table text NOT NULL, name text NOT NULL, state text NOT NULL, is_awake int NOT NULL)',
  ].map((text) => CompiledQuery.raw(text)),
  mssql: [
    "IF SCHEMA_ID(N'rewind') IS NULL EXEC (N'CREATE SCHEMA rewind')",
    "IF OBJECT_ID(N'rewind.pass') IS NULL CREATE TABLE rewind.pass (id nvarchar(450) NOT NULL PRIMARY KEY, method nvarchar(20) NOT NULL, reached nvarchar(max) NULL, total bigint NOT NULL, row_counts nvarchar(max) NOT NULL, is_estimate int NOT NULL, is_done int NOT NULL)",
    "IF OBJECT_ID(N'rewind.resting') IS NULL CREATE TABLE rewind.resting (id nvarchar(450) NOT NULL PRIMARY KEY, kind nvarchar(40) NOT NULL, in_schema nvarchar(128) NOT NULL, in_table nvarchar(128) NOT NULL, name nvarchar(128) NOT NULL, state nvarchar(max) NOT NULL, is_awake int NOT NULL)",
  ].map((text) => CompiledQuery.raw(text)),
};

export async function readLedger(session: ReadSession): Promise<Ledger> {
  const db = ledgerOf(session.dialect);
  const passes = (await session.select(db.selectFrom('pass').selectAll().compile())).map((row) => passRow.parse(row));
  const resting = await session.select(db.selectFrom('resting').selectAll().orderBy('id').compile());
  return {
    passes: new Map(passes.map((each) => [each.id, each])),
    resting: resting.map((row) => restingRow.parse(row)),
  };
}

const isSet = z.coerce.number().transform((value) => value === 1);
const passRow = z
  .object({
    id: z.string(),
    method: z.enum(METHODS),
    reached: z.string().nullable(),
    total: z.coerce.number(),
    row_counts: z.string().transform((text) => z.record(z.string(), z.number()).parse(JSON.parse(text))),
    is_estimate: isSet,
    is_done: isSet,
  })
  .transform(({ reached, row_counts: rows, is_estimate: isEstimate, is_done: isDone, ...rest }): Progress => ({
    ...{ ...rest, rows, isEstimate, isDone },
    ...(reached === null ? {} : { reached }),
  }));
const restingRow = z
  .object({
    ...{ kind: z.string(), in_schema: z.string(), in_table: z.string(), name: z.string(), state: z.string() },
    is_awake: isSet,
  })
  .transform(({ in_schema: schema, in_table: table, is_awake: isAwake, ...rest }) => ({
    ...{ ...rest, schema, table, isAwake },
  }));

/** Statements for the transaction of the change. */
export function noteProgress(dialect: Dialect, progress: Progress): readonly CompiledQuery[] {
  const { id, method, reached = null, total, rows, isEstimate, isDone } = progress;
  const row = {
    ...{ id, method, reached, total, row_counts: JSON.stringify(rows) },
    ...{ is_estimate: isEstimate ? 1 : 0, is_done: isDone ? 1 : 0 },
  };
  const db = ledgerOf(dialect);
  return [db.deleteFrom('pass').where('id', '=', id).compile(), db.insertInto('pass').values(row).compile()];
}

/** A pass that has to be done again: its result was not as its rule says. */
export const forgetPass = (dialect: Dialect, id: string): CompiledQuery =>
  ledgerOf(dialect).deleteFrom('pass').where('id', '=', id).compile();

export function noteResting(dialect: Dialect, each: Resting, isAwake: boolean): readonly CompiledQuery[] {
  const id = idOf(each);
  const row = {
    ...{ id, kind: each.kind, in_schema: each.schema, in_table: each.table, name: each.name, state: each.state },
    is_awake: isAwake ? 1 : 0,
  };
  const db = ledgerOf(dialect);
  return [db.deleteFrom('resting').where('id', '=', id).compile(), db.insertInto('resting').values(row).compile()];
}

/** Whether an attempt has begun on this copy. */
export const hasLedger = (session: ReadSession): Promise<boolean> => finds(session, LEDGER);

/** Whether anything stands where the ledger was. */
export const isLedgerLeft = (session: ReadSession): Promise<boolean> => finds(session, SCHEMA);

async function finds(session: ReadSession, questions: Readonly<Record<Dialect, string>>): Promise<boolean> {
  const [row] = await ask(session, z.object({ n: z.coerce.number() }), questions[session.dialect]);
  return (row?.n ?? 0) > 0;
}

const LEDGER = {
  mssql:
    "SELECT COUNT(*) AS n FROM sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id WHERE s.name = N'rewind' AND t.name = N'pass'",
  postgres:
    "SELECT count(*) AS n FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace WHERE s.nspname = 'rewind' AND c.relname = 'pass'",
};
const SCHEMA = {
  mssql: "SELECT COUNT(*) AS n FROM sys.schemas WHERE name = N'rewind'",
  postgres: "SELECT count(*) AS n FROM pg_catalog.pg_namespace WHERE nspname = 'rewind'",
};

const ledgerOf = (dialect: Dialect) => offlineBuilder(dialect).withSchema(LEDGER_SCHEMA);
