import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import { kindOf, shownKind } from '../masks/kinds.ts';
import type { ColumnMask } from '../masks/maskExpression.ts';
import type { CountedRows } from '../rules/compileRule.ts';
import { sameRows } from './counts.ts';
import { escaped, mentions } from './mentions.ts';
import type { TableObstacles, UniqueIndex } from './obstacles.ts';

export interface UniqueDoubt {
  /** The masked columns that the index reads. */
  readonly columns: readonly string[];
  readonly why: string;
  readonly remedy: string;
  readonly count: RawBuilder<CountedRows>;
}

/**
 * Rows that a unique index may find to be the same once masks are written. `rows`: the table with what stands in for made-up values,
 * told apart as far as they are.
 */
export function uniqueUnderMasks(
  index: UniqueIndex,
  table: TableObstacles,
  masked: ReadonlyMap<string, ColumnMask>,
  rows: RawBuilder<unknown>,
  dialect: Dialect,
): UniqueDoubt | undefined {
  const columns = [...masked.keys()].filter((column) => reads(index, column, table));
  if (columns.length === 0) return undefined;
  const computed = [...table.columns.keys()].filter((name) =>
    columns.some((column) => mentions(table.columns.get(name)?.definition, column)),
  );
  // What an expression makes of two made-up values may be the same, unless it changes nothing but the case.
  const isApart = (key: string) => {
    const own = columns.find((column) => isPlain(key, column) || isInOneCase(key, column, table));
    const mask = own === undefined ? undefined : masked.get(own);
    return mask !== undefined && kindOf(mask.kind, mask.room).isUnique;
  };
  const isUntouched = (key: string) =>
    isPlainOfAny(key, table.columns.keys())
      ? ![...columns, ...computed].some((column) => isPlain(key, column))
      : ![...columns, ...computed].some((column) => mentions(key, column));
  const keys = index.keys.filter((key) => isUntouched(key) || isApart(key));
  // A condition on the made-up value itself is as good as none.
  const isAsked = index.filter === undefined || !columns.some((column) => asksMore(index.filter ?? '', column));
  const someMasked = sql.join(
    columns.map((column) => sql`rtrim(${sql.id(column)}) <> ''`),
    sql.raw(' or '),
  );
  const filter = isAsked && index.filter !== undefined ? { filter: index.filter } : {};
  const count = sameRows(rows, { keys, ...filter, nullsAreEqual: index.nullsAreEqual }, dialect, sql`(${someMasked})`);
  if (keys.length === index.keys.length && isAsked)
    return {
      ...{ columns, count },
      why: `belongs to unique index ${index.name}, which tells values apart that masks take for the same`,
      remedy: 'let them differ in more than case, trailing spaces, width, ß and ss, or delete the rows',
    };
  const kinds = [...new Set(columns.flatMap((column) => masked.get(column)?.kind ?? []).map(shownKind))];
  return {
    ...{ columns, count },
    why: `belongs to unique index ${index.name}, in which several made-up values (${kinds.join(', ')}) can be the same`,
    remedy: 'mask it with a kind that keeps different values apart, or delete the rows',
  };
}

/** Also through a computed column. */
const reads = ({ columns, keys, filter }: UniqueIndex, column: string, { columns: all }: TableObstacles): boolean =>
  [...keys, filter].some((text) => mentions(text, column)) ||
  columns.some((each) => each === column || mentions(all.get(each)?.definition, column));

/** As both servers write a column that is a key by itself. */
const isPlain = (key: string, column: string): boolean =>
  key === column || key === `"${column.replaceAll('"', '""')}"` || key === `[${column.replaceAll(']', ']]')}]`;

const isPlainOfAny = (key: string, columns: Iterable<string>): boolean =>
  [...columns].some((column) => isPlain(key, column));

function isInOneCase(key: string, column: string, { columns }: TableObstacles): boolean {
  const computed = [...columns].find(([name, { definition }]) => definition !== undefined && isPlain(key, name));
  const text = computed?.[1].definition ?? key;
  return new RegExp(String.raw`^\(*(upper|lower)\(\(?${named(column)}\)?(::text)?\)+$`, 'iu').test(text);
}

/** More than whether there is a value at all, which a mask leaves as it is. */
function asksMore(filter: string, column: string): boolean {
  const own = named(column);
  const left = filter
    .replaceAll(new RegExp(String.raw`${own}\)?(::text)? is (not )?null`, 'giu'), '')
    .replaceAll(new RegExp(String.raw`${own}\)?(::text)?\s*<>\s*\(?N?''(::\w+( varying)?)?`, 'giu'), '');
  return mentions(left, column);
}

const named = (column: string): string => String.raw`["[]?${escaped(column)}["\]]?`;
