import { createHash } from 'node:crypto';
import { sql, type CompiledQuery, type SqlBool } from 'kysely';
import { z } from 'zod';
import type { ReadSession, Session } from '../../environments/provider.ts';
import { isSamePlace, type TableObstacles, type UniqueIndex } from '../fit/obstacles.ts';
import { readObstacles } from '../fit/readObstacles.ts';
import { ask } from '../passes/facts/ask.ts';
import { AT_ONCE, inParts } from '../passes/rest/restTables.ts';
import { builderFor, DEFAULT_SCHEMA } from '../rules/queryBuilder.ts';
import { compareExactly, readExactly, writeExactly } from '../target/exactValues.ts';
import type { Side, TargetRow } from '../target/targetRows.ts';

/** One table where Finance & Operations itself would look for it. */
export interface TableSide extends Side {
  readonly uniqueIndexes: readonly UniqueIndex[];
}
export type Tables = ReadonlyMap<string, TableSide>;

/** Those of `names` that are there, by their names in upper case. */
export async function openTables(session: ReadSession, names: readonly string[]): Promise<Tables> {
  const { dialect } = session;
  const { tables } = await readObstacles(session, names, ['columns', 'indexes']);
  const schema = DEFAULT_SCHEMA[dialect];
  const isMain = (each: TableObstacles) => isSamePlace(each, { schema, table: each.table });
  return new Map(
    tables.filter(isMain).map((each) => [
      each.table.toUpperCase(),
      {
        scope: { dialect, schema, table: each.table, catalogue: new Map(), administrator: NOBODY },
        columns: new Map([...each.columns].map(([name, facts]) => [name.toUpperCase(), facts])),
        uniqueIndexes: each.uniqueIndexes,
      },
    ]),
  );
}

/** No condition of the profile speaks of the administrator. */
const NOBODY = { signIn: '', objectId: '', tenantId: '' };

const UNKNOWN = { base: '', type: '' };
const factsOf = ({ columns }: Side, column: string) => columns.get(column) ?? UNKNOWN;

/** Values of one column of which a row has one. */
export interface OneOf {
  readonly column: string;
  readonly values: readonly string[];
}

/** All rows, or those that one of the values stands in: each value as a text that loses nothing. */
export async function readRows(
  session: ReadSession,
  side: Side,
  columns: readonly string[],
  only?: OneOf,
): Promise<readonly TargetRow[]> {
  const { dialect, schema, table } = side.scope;
  const from = builderFor(dialect, schema)
    .selectFrom(`${table} as own`)
    .select((eb) =>
      columns.map((column) => readExactly(dialect, eb.ref(`own.${column}`), factsOf(side, column)).as(column)),
    );
  if (only === undefined) return session.select<TargetRow>(from.compile());
  const rows: TargetRow[] = [];
  for (const part of inParts(only.values, AT_ONCE)) {
    const among = part.map((value) => sql`${compareExactly(dialect, value, factsOf(side, only.column))}`);
    const where = sql<SqlBool>`${sql.ref(`own.${only.column}`)} in (${sql.join(among)})`;
    rows.push(...(await session.select<TargetRow>(from.where(where).compile())));
  }
  return rows;
}

/** Changes the rows in which `value` stands, and raises their version as the application does. */
export function updateRows(
  side: Side,
  set: TargetRow,
  { column, value }: { readonly column: string; readonly value: string },
): CompiledQuery {
  const { dialect, schema, table } = side.scope;
  const written = Object.entries(set).map(
    ([name, each]) => [name, writeExactly(dialect, each, factsOf(side, name))] as const,
  );
  return builderFor(dialect, schema)
    .updateTable(table)
    .set({ ...Object.fromEntries(written), ...raisedVersion(side) })
    .where(sql<SqlBool>`${sql.ref(column)} = ${compareExactly(dialect, value, factsOf(side, column))}`)
    .compile();
}

const raisedVersion = ({ columns }: Side) =>
  columns.has('RECVERSION') ? { RECVERSION: sql`${sql.ref('RECVERSION')} + 1` } : {};

/** All rows but those in which one of the few values stands. Text is compared as the application does. */
export function deleteRowsBut(side: Side, column: string, spared: readonly string[]): CompiledQuery {
  const { dialect, schema, table } = side.scope;
  const own = sql`lower(rtrim(${sql.ref(column)}))`;
  const all = builderFor(dialect, schema).deleteFrom(table);
  const few = spared.map((each) => sql`${each}`);
  return (few.length === 0 ? all : all.where(sql<SqlBool>`${own} not in (${sql.join(few)})`)).compile();
}

/** The same on the rows that an update means. */
export function updateRowsBut(
  side: Side,
  { name, value }: { readonly name: string; readonly value: string },
  column: string,
  spared: readonly string[],
): CompiledQuery {
  const { dialect, schema, table } = side.scope;
  const few = spared.map((each) => sql`${each}`);
  const all = builderFor(dialect, schema)
    .updateTable(table)
    .set({ [name]: writeExactly(dialect, value, factsOf(side, name)), ...raisedVersion(side) })
    .where(sql<SqlBool>`${sql.ref(name)} <> ${compareExactly(dialect, value, factsOf(side, name))}`);
  const own = sql`lower(rtrim(${sql.ref(column)}))`;
  return (few.length === 0 ? all : all.where(sql<SqlBool>`${own} not in (${sql.join(few)})`)).compile();
}

/** New rows are numbered by the table itself, by a default or an identity; where nothing numbers them, behind its last. */
export async function numbered(
  session: Session,
  side: Side,
  rows: readonly TargetRow[],
): Promise<readonly TargetRow[]> {
  if (rows.length === 0 || !side.columns.has('RECID') || (await numbersItself(session, side))) return rows;
  const { dialect, schema, table } = side.scope;
  const last = builderFor(dialect, schema)
    .selectFrom(table)
    .select(readExactly(dialect, sql`coalesce(max(${sql.ref('RECID')}), 0)`, factsOf(side, 'RECID')).as('RECID'));
  const [row] = await session.select(last.compile());
  const from = BigInt(z.object({ RECID: z.string() }).parse(row).RECID);
  return rows.map((each, index) => ({ ...each, RECID: String(from + BigInt(index) + 1n) }));
}

async function numbersItself(session: ReadSession, { scope: { schema, table } }: Side): Promise<boolean> {
  const [row] = await ask(session, z.object({ n: z.coerce.number() }), NUMBERS[session.dialect], [schema, table]);
  return (row?.n ?? 0) > 0;
}

const NUMBERS = {
  mssql:
    "SELECT COUNT(*) AS n FROM sys.columns AS c JOIN sys.tables AS t ON t.object_id = c.object_id JOIN sys.schemas AS s ON s.schema_id = t.schema_id WHERE s.name = @1 AND t.name = @2 AND c.name = N'RECID' AND (c.is_identity = 1 OR c.default_object_id <> 0)",
  postgres:
    "SELECT count(*) AS n FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace WHERE s.nspname = $1 AND c.relname = $2 AND a.attname = 'RECID' AND (a.atthasdef OR a.attidentity <> '')",
};

const SECRET = /PASSWORD|PASSWD|SECRET|KEY$|KEY_?DATA|TOKEN|CONNECTIONSTRING|CERT|CREDENTIAL|PROPERTIES|ENCRYPTED/;

/** By its name. */
export const isSecret = (column: string): boolean => SECRET.test(column);

/** What the server numbers and counts itself, and what says only when somebody last touched the row. */
export const isNotCarried = (column: string): boolean =>
  /^(RECID|RECVERSION|SYSROWVERSION|(CREATED|MODIFIED)(DATETIME|BY|TRANSACTIONID))$/.test(column);

/** So that a sameness can be kept without the values. */
export const hashOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

export const textIn = (row: TargetRow, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : '';
};
