import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import { canonicalOf } from '../masks/canonical.ts';
import type { CountedRows } from '../rules/compileRule.ts';
import type { ReadyRule } from '../rules/prepareRules.ts';
import { counted } from './counts.ts';
import type { FitQuestion } from './fit.ts';
import { masksOf } from './masksOf.ts';
import { nameOf, type ForeignKey, type TableObstacles } from './obstacles.ts';
import { uniqueUnderMasks } from './uniqueUnderMasks.ts';

interface Asked {
  /** One physical table of the rule. */
  readonly table: TableObstacles;
  /** The rule and all before it. */
  readonly rules: readonly ReadyRule[];
  readonly found: ReadonlyMap<string, TableObstacles>;
  readonly dialect: Dialect;
  /** The table as these rules leave it, made-up values told apart as far as they are. */
  readonly toldApart: RawBuilder<unknown>;
}

/** Would made-up values be the same where a unique index tells values apart, or differ where a collation calls values equal? */
export function questionsOfMask({ rule }: ReadyRule, asked: Asked): readonly FitQuestion[] {
  if (rule.action !== 'mask') return [];
  const { table, rules, found, dialect, toldApart } = asked;
  const masked = masksOf(table, rules, found);
  const own = [...masked.keys()].filter((column) => rule.columns[column.toUpperCase()] !== undefined);
  const ask = (
    columns: readonly string[],
    { why, remedy, count }: { readonly why: string; readonly remedy: string; readonly count: RawBuilder<CountedRows> },
  ): FitQuestion => ({
    ...{ ruleId: rule.id, what: `${nameOf(table)}.${columns.join(', ')}`, why, remedy },
    count: count.compile(offlineBuilder(dialect)),
  });
  const unique = (table.kind === 'partitioned' ? [] : table.uniqueIndexes)
    .map((index) => uniqueUnderMasks(index, table, masked, toldApart, dialect))
    .filter((doubt) => doubt?.columns.some((column) => own.includes(column)));
  const loose = own.filter((column) => table.columns.get(column)?.isLoose);
  return [
    ...unique.flatMap((doubt) => (doubt === undefined ? [] : [ask(doubt.columns, doubt)])),
    ...loose.map((column) =>
      ask([column], {
        why: `has values that its collation ${table.columns.get(column)?.collation ?? ''} calls equal, and masks do not`,
        remedy: 'write them alike in the source, or clear the column',
        count: unlike(table, column, dialect),
      }),
    ),
    ...table.references
      .filter(({ columns }) => columns.some((column) => loose.includes(column)))
      .map((key) =>
        ask(key.columns, {
          why: `has values that foreign key ${key.name} finds in ${nameOf(key.to)}, and as made-up ones would not`,
          remedy: 'write them alike in the source',
          count: apart(key, loose, dialect),
        }),
      ),
  ];
}

/** Values that are equal to another one for the column, and another one for a mask. */
function unlike({ schema, table }: TableObstacles, column: string, dialect: Dialect): RawBuilder<CountedRows> {
  const name = sql.id(column);
  const from = sql.id(schema, table);
  if (dialect === 'postgres')
    return sql<CountedRows>`${counted(dialect)} from (select 1 from ${from} where ${name} is not null group by ${name} having count(distinct ${canonicalOf(dialect, name)}) > 1) as g`;
  const [one, other] = [canonicalOf(dialect, sql.id('a', column)), canonicalOf(dialect, sql.id('b', column))];
  // Two texts of ASCII alone that are equal differ in their case alone: one of the two has something else.
  return sql<CountedRows>`${counted(dialect)} from ${from} as a where ${one} like N'%[^ -~]%' and exists (select 1 from ${from} as b where ${sql.id('b', column)} = ${sql.id('a', column)} and ${other} <> ${one})`;
}

/** Rows that refer to another one by a value that a mask takes for another. */
function apart({ from, columns, to, toColumns }: ForeignKey, loose: readonly string[], dialect: Dialect) {
  const [f, t] = [(column: string) => sql.id('f', column), (column: string) => sql.id('t', column)];
  const isSame = columns.map((column, index) => sql`${t(toColumns[index] ?? '')} = ${f(column)}`);
  const isApart = columns
    .map((column, index) => [column, toColumns[index] ?? ''] as const)
    .filter(([column]) => loose.includes(column))
    .map(([column, other]) => sql`${canonicalOf(dialect, f(column))} <> ${canonicalOf(dialect, t(other))}`);
  return sql<CountedRows>`${counted(dialect)} from ${sql.id(from.schema, from.table)} as f join ${sql.id(to.schema, to.table)} as t on ${sql.join(isSame, sql.raw(' and '))} where ${sql.join(isApart, sql.raw(' or '))}`;
}
