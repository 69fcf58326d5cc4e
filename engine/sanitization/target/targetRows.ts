import { sql } from 'kysely';
import type { CompiledQuery } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import type { TableColumns } from '../rules/catalogue.ts';
import { allOf, differsFromConstant } from '../rules/conditions.ts';
import type { Scope } from '../rules/conditions.ts';
import { builderFor } from '../rules/queryBuilder.ts';
import type { Expressions } from '../rules/queryBuilder.ts';
import type { Condition } from '../pack/conditionSchema.ts';

/** Statements that carry rows of the living target over into the copy. Their values are parameters and never leave the two servers' sessions. */
export type TargetRow = Readonly<Record<string, unknown>>;

export interface Page {
  readonly columns: readonly string[];
  readonly key: string;
  /** Key of the last row read. */
  readonly after: unknown;
  readonly where: readonly Condition[];
  readonly rows: number;
}

/** The next rows by key. */
export function selectPage(scope: Scope, { columns, key, after, where, rows }: Page): CompiledQuery<TargetRow> {
  const query = builderFor(scope.dialect, scope.schema)
    .selectFrom(`${scope.table} as kept`)
    .select((eb) => columns.map((column) => exactly(eb, column, scope.dialect).as(column)))
    .where((eb) =>
      eb.and([allOf(eb, where, scope), ...(after === undefined ? [] : [eb(eb.ref(`kept.${key}`), '>', after)])]),
    )
    // Qualified, as PostgreSQL would otherwise sort by the text of the same name in the list above.
    .orderBy(`kept.${key}`);
  return (scope.dialect === 'mssql' ? query.top(rows) : query.limit(rows)).compile();
}

/** PostgreSQL's driver would round timestamps to milliseconds and read them in the worker's zone; text goes both ways unchanged. */
function exactly(eb: Expressions, column: string, dialect: Dialect) {
  const own = eb.ref(`kept.${column}`);
  return dialect === 'postgres' ? sql`cast(${own} as text)` : sql`${own}`;
}

/** SQL Server takes 2,100 parameters and 1,000 rows in one statement. */
export function rowsPerInsert(columns: number): number {
  return Math.max(1, Math.min(1_000, Math.floor(2_000 / columns)));
}

export function insertRows(scope: Scope, columns: readonly string[], rows: readonly TargetRow[]): CompiledQuery {
  return builderFor(scope.dialect, scope.schema)
    .insertInto(scope.table)
    .values((eb) =>
      rows.map((row) => Object.fromEntries(columns.map((column) => [column, nullOrValue(eb, row[column])]))),
    )
    .compile();
}

export interface KeyedChange {
  readonly columns: readonly string[];
  readonly where: readonly Condition[];
  readonly row: TargetRow;
}

/** Writes the kept columns of one row; a row that has them already is left alone. */
export function updateKept(scope: Scope, { columns, where, row }: KeyedChange): CompiledQuery {
  return builderFor(scope.dialect, scope.schema)
    .updateTable(scope.table)
    .set((eb) => Object.fromEntries(columns.map((column) => [column, nullOrValue(eb, row[column])])))
    .where((eb) => isDifferent(eb, scope, { columns, where, row }))
    .compile();
}

export function isDifferent(eb: Expressions, scope: Scope, { columns, where, row }: KeyedChange) {
  return eb.and([
    allOf(eb, where, scope),
    eb.or(columns.map((column) => differsFromConstant(eb, column, row[column]))),
  ]);
}

function nullOrValue(eb: Expressions, value: unknown) {
  return value === null ? eb.lit(null) : eb.val(value);
}

/** Of those that would be kept: the columns whose values cannot travel. */
export const clrColumns = (columns: readonly string[], described: TableColumns): readonly string[] =>
  columns.filter((column) => described.get(column)?.isClr);

/** Columns that both sides have and whose values are not made by the server itself. */
export function sharedColumns(target: TableColumns, copy: TableColumns): readonly string[] {
  return [...copy]
    .filter(([column, { isGenerated, isClr }]) => !isGenerated && !isClr && target.get(column)?.isClr === false)
    .map(([column]) => column);
}
