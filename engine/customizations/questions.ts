import { sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { Dialect } from '../environments/provider.ts';
import { nameOf } from '../sanitization/fit/obstacles.ts';
import type { CountedRows } from '../sanitization/rules/compileRule.ts';
import { countAll } from '../sanitization/rules/conditions.ts';
import type { Place } from '../sanitization/rules/catalogue.ts';
import { offlineBuilder } from '../sql.ts';
import type { Constraint, ForeignKey, UniqueIndex } from './constraint.ts';
import { columnsOfPlain } from './plainExpression.ts';
import type { ColumnFacts, TableFacts } from './schemaFacts.ts';

/** A table in the sandbox, whose constraint it is, and where it is tried. */
export interface TwoTables {
  readonly wanted: ReadonlyMap<string, ColumnFacts>;
  /** Absent: synchronization makes it, empty. */
  readonly there?: { readonly facts: TableFacts; readonly columns: ReadonlyMap<string, ColumnFacts> } | undefined;
}

export type Question =
  | { readonly kind: 'count'; readonly columns: readonly string[]; readonly count: CompiledQuery<CountedRows> }
  | { readonly kind: 'untriable'; readonly why: string };

const untriable = (why: string): Question => ({ kind: 'untriable', why });

/** How many rows break a constraint, asked by what the constraint itself says. */
export function questionFor(
  constraint: Constraint,
  tables: ReadonlyMap<string, TwoTables>,
  dialect: Dialect,
): Question {
  const own = tables.get(nameOf(constraint));
  if (own?.there === undefined) return untriable('its table is not there');
  const read = columnsOf(constraint, own.wanted, dialect);
  if (read === undefined) return untriable('it calls functions');
  const rows = rowsOf(own, constraint, [...read], dialect);
  if (typeof rows === 'string') return untriable(rows);
  const compile = (query: RawBuilder<CountedRows>): Question => ({
    kind: 'count',
    columns: [...read],
    count: query.compile(offlineBuilder(dialect)),
  });
  switch (constraint.kind) {
    case 'unique':
      return compile(sharedRows(constraint, rows, dialect));
    case 'check':
      return compile(sql`${counted(dialect)} from (${rows}) as t where not (${sql.raw(constraint.definition)})`);
    case 'foreign-key': {
      const to = tables.get(nameOf(constraint.to));
      const targets = to && rowsOf(to, constraint.to, constraint.toColumns, dialect);
      if (targets === undefined) return untriable('the table that it refers to is not known');
      return typeof targets === 'string' ? untriable(targets) : compile(orphans(constraint, rows, targets, dialect));
    }
  }
}

/** By the names of the sandbox. */
function columnsOf(
  constraint: Constraint,
  wanted: ReadonlyMap<string, ColumnFacts>,
  dialect: Dialect,
): ReadonlySet<string> | undefined {
  const plain = (text: string) => columnsOfPlain(text, dialect, (name) => wanted.has(name));
  switch (constraint.kind) {
    case 'foreign-key':
      return new Set(constraint.columns);
    case 'check':
      return plain(constraint.definition);
    case 'unique': {
      const parts = [
        ...constraint.keys.map(({ column, text }) => (column === undefined ? plain(text) : new Set([column]))),
        ...(constraint.filter === undefined ? [] : [plain(constraint.filter)]),
      ];
      const known = parts.filter((part) => part !== undefined);
      return known.length < parts.length ? undefined : new Set(known.flatMap((part) => [...part]));
    }
  }
}

/** The rows as synchronization would find them, with the columns that it would add. */
function rowsOf(
  { wanted, there }: TwoTables,
  { schema, table }: Place,
  columns: readonly string[],
  dialect: Dialect,
): RawBuilder<unknown> | string {
  if (there?.facts.isHidden) return 'a policy hides rows of its table';
  const values: RawBuilder<unknown>[] = [];
  for (const column of columns) {
    const known = there?.columns.has(column) ?? false;
    const value = known ? sql.id(column) : addedValue(wanted.get(column), dialect);
    if (value === undefined) return `what ${column} would hold is known to nobody`;
    values.push(sql`${value} as ${sql.id(column)}`);
  }
  if (there === undefined) return sql`select ${sql.join(values)} where 1 = 0`;
  // A table with children of its own enforces what it says on its own rows.
  const only = dialect === 'postgres' && !there.facts.isPartitioned ? sql.raw('only ') : sql.raw('');
  return sql`select ${sql.join(values)} from ${only}${sql.id(schema, table)}`;
}

/** What rows get in a column that is added to their table. */
function addedValue(column: ColumnFacts | undefined, dialect: Dialect): RawBuilder<unknown> | undefined {
  if (column === undefined || column.isMade) return undefined;
  const { fallback, isNullable, type } = column;
  const typed = (value: RawBuilder<unknown>) =>
    dialect === 'postgres' ? sql`cast(${value} as ${sql.raw(type)})` : value;
  // SQL Server leaves rows NULL in a column that may be NULL, whatever its default.
  if (fallback === undefined || (dialect === 'mssql' && isNullable)) return isNullable ? typed(sql`null`) : undefined;
  return columnsOfPlain(fallback, dialect, () => false) === undefined ? undefined : typed(sql.raw(fallback));
}

const counted = (dialect: Dialect) => sql`select ${countAll[dialect]} as ${sql.id('rows')}`;

/** Every row that is not the only one of its key. */
function sharedRows(
  { keys, filter, nullsAreEqual }: UniqueIndex,
  rows: RawBuilder<unknown>,
  dialect: Dialect,
): RawBuilder<CountedRows> {
  const names = keys.map((_, index) => sql.id(`k${String(index)}`));
  const values = keys.map(({ column, text, collation }, index) => {
    const value = column === undefined ? sql`(${sql.raw(text)})` : sql.id(column);
    const collated = collation ? sql`${value} collate ${sql.id(collation.schema, collation.name)}` : value;
    return sql`${collated} as ${names[index] ?? sql``}`;
  });
  const meant = filter === undefined ? sql`` : sql` where ${sql.raw(filter)}`;
  const isSet = nullsAreEqual
    ? sql``
    : sql` where ${sql.join(
        names.map((name) => sql`${name} is not null`),
        sql.raw(' and '),
      )}`;
  const shared = sql`select ${countAll[dialect]} as ${sql.id('n')} from (select ${sql.join(values)} from (${rows}) as t${meant}) as k${isSet} group by ${sql.join(names)} having count(*) > 1`;
  return sql<CountedRows>`select coalesce(sum(${sql.id('n')}), 0) as ${sql.id('rows')} from (${shared}) as s`;
}

function orphans(
  { columns, toColumns }: ForeignKey,
  from: RawBuilder<unknown>,
  to: RawBuilder<unknown>,
  dialect: Dialect,
): RawBuilder<CountedRows> {
  const and = sql.raw(' and ');
  const isSet = columns.map((column) => sql`${sql.id('f', column)} is not null`);
  const isSame = columns.map((column, index) => sql`${sql.id('r', toColumns[index] ?? '')} = ${sql.id('f', column)}`);
  return sql`${counted(dialect)} from (${from}) as f where ${sql.join(isSet, and)} and not exists (select 1 from (${to}) as r where ${sql.join(isSame, and)})`;
}
