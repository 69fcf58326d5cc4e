import { sql } from 'kysely';
import type { CompiledQuery, SqlBool } from 'kysely';
import type { ColumnFacts } from '../fit/obstacles.ts';
import { allOf } from '../rules/conditions.ts';
import type { Scope } from '../rules/conditions.ts';
import { builderFor } from '../rules/queryBuilder.ts';
import type { Condition } from '../pack/conditionSchema.ts';
import { cannotTravel, compareExactly, readExactly, writeExactly, type ExactValue } from './exactValues.ts';

/** Statements that carry rows of the living target over into the copy. Their values are parameters and never leave the two servers' sessions. */
export type TargetRow = Readonly<Record<string, ExactValue>>;

/** One of the two tables: where it stands, and what its columns are like, by their names in upper case. */
export interface Side {
  readonly scope: Scope;
  readonly columns: ReadonlyMap<string, ColumnFacts>;
}

export interface Page {
  readonly columns: readonly string[];
  readonly key: string;
  /** Key of the last row read; absent before the first page, null when that row had none. */
  readonly after?: ExactValue | undefined;
  readonly where: readonly Condition[];
  readonly rows: number;
}

/** The next rows by key, with all that have the same key as the last of them: a key that repeats loses none. */
export function selectPage(side: Side, { columns, key, after, where, rows }: Page): CompiledQuery<TargetRow> {
  const { scope } = side;
  const query = builderFor(scope.dialect, scope.schema)
    .selectFrom(`${scope.table} as kept`)
    .select((eb) =>
      columns.map((column) => readExactly(scope.dialect, eb.ref(`kept.${column}`), factsOf(side, column)).as(column)),
    )
    .where((eb) => {
      const own = eb.ref(`kept.${key}`);
      const isBehind =
        after === undefined
          ? []
          : after === null
            ? [eb(own, 'is not', null)]
            : [eb(own, '>', compareExactly(scope.dialect, after, factsOf(side, key)))];
      return eb.and([allOf(eb, where, scope), ...isBehind]);
    })
    // Qualified, as PostgreSQL would otherwise sort by the text of the same name in the list above.
    .orderBy(`kept.${key}`, (order) => (scope.dialect === 'postgres' ? order.asc().nullsFirst() : order.asc()));
  return (scope.dialect === 'mssql' ? query.top(rows, 'with ties') : query.fetch(rows, 'with ties')).compile();
}

/** SQL Server takes 2,100 parameters and 1,000 rows in one statement. */
export function rowsPerInsert(columns: number): number {
  return Math.max(1, Math.min(1_000, Math.floor(2_000 / columns)));
}

export function insertRows(side: Side, columns: readonly string[], rows: readonly TargetRow[]): CompiledQuery {
  const { scope } = side;
  return builderFor(scope.dialect, scope.schema)
    .insertInto(scope.table)
    .values(rows.map((row) => valuesOf(side, columns, row)))
    .compile();
}

export interface KeyedChange {
  readonly columns: readonly string[];
  readonly key: string;
  readonly where: readonly Condition[];
  readonly row: TargetRow;
}

/** Writes the kept columns into the row with the same key. */
export function updateKept(side: Side, { columns, key, where, row }: KeyedChange): CompiledQuery {
  const { scope } = side;
  return builderFor(scope.dialect, scope.schema)
    .updateTable(scope.table)
    .set(valuesOf(side, columns, row))
    .where((eb) => eb.and([allOf(eb, where, scope), isSameKey(side, key, row)]))
    .compile();
}

/** What stands there afterwards. */
export function selectKept(side: Side, { columns, key, where, row }: KeyedChange): CompiledQuery<TargetRow> {
  const { scope } = side;
  return builderFor(scope.dialect, scope.schema)
    .selectFrom(scope.table)
    .select((eb) =>
      columns.map((column) => readExactly(scope.dialect, eb.ref(column), factsOf(side, column)).as(column)),
    )
    .where((eb) => eb.and([allOf(eb, where, scope), isSameKey(side, key, row)]))
    .compile();
}

/** Of the columns that both sides have, those whose values can be carried over and are not made by the server itself. */
export function sharedColumns(target: Side, copy: Side): readonly string[] {
  return [...copy.columns]
    .filter(([name, facts]) => {
      const there = target.columns.get(name);
      if (there === undefined || facts.isComputed || facts.isServerMade) return false;
      return !cannotTravel(facts) && !cannotTravel(there);
    })
    .map(([name]) => name);
}

const valuesOf = (side: Side, columns: readonly string[], row: TargetRow) =>
  Object.fromEntries(
    columns.map((column) => [column, writeExactly(side.scope.dialect, row[column], factsOf(side, column))]),
  );

/** As every condition compares: text without its case and trailing spaces. */
function isSameKey({ scope, columns }: Side, key: string, row: TargetRow) {
  const facts = columns.get(key);
  const isText = facts !== undefined && TEXTS.has(facts.base);
  if (scope.dialect === 'postgres' && isText)
    return sql<SqlBool>`lower(rtrim(${sql.ref(key)})) = lower(rtrim(${row[key]}))`;
  return sql<SqlBool>`${sql.ref(key)} = ${compareExactly(scope.dialect, row[key], factsOf({ scope, columns }, key))}`;
}

const TEXTS = new Set(['varchar', 'bpchar', 'text', 'citext']);

const UNKNOWN = { base: '', type: '' };
const factsOf = ({ columns }: Side, column: string) => columns.get(column) ?? UNKNOWN;
