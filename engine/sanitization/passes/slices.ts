import { sql } from 'kysely';
import type { CompiledQuery, RawBuilder } from 'kysely';
import type { ReadSession } from '../../environments/provider.ts';
import type { Scope } from '../rules/conditions.ts';
import { compiled, expressions, tableOf, type Part } from './statements.ts';
import type { KeyColumn } from './facts/tableFacts.ts';

/** The values of a key, as texts. */
export type KeyValues = readonly string[];

/**
 * The rows whose key lies behind `after` and not behind `upTo`, as conditions of statements that each find theirs by one
 * seek: equal in the leading columns, a range in the next one. One condition over all columns would read the whole
 * index on SQL Server, as the leading column of Finance & Operations (PARTITION) has one value. They leave out no row and
 * share none.
 */
export function partsOf(key: readonly KeyColumn[], after?: KeyValues, upTo?: KeyValues): readonly Part[] {
  const eb = expressions();
  const at = (index: number, operator: '=' | '>' | '<' | '<=', values: KeyValues): Part[] => {
    const column = key[index];
    return column === undefined ? [] : [eb(sql.id(column.name), operator, valueOf(column, values[index] ?? ''))];
  };
  const equal = (length: number, values: KeyValues) =>
    key.slice(0, length).flatMap((_, index) => at(index, '=', values));

  if (after === undefined && upTo === undefined) return [sql<boolean>`1 = 1`];
  // Where both ends begin alike, the parts differ behind that beginning only.
  const shared =
    after === undefined || upTo === undefined ? 0 : key.findIndex((_, index) => after[index] !== upTo[index]);
  if (shared === -1) return [];
  const parts: Part[][] = [];
  if (after !== undefined)
    for (let index = key.length - 1; index > shared; index--)
      parts.push([...equal(index, after), ...at(index, '>', after)]);
  parts.push([
    ...equal(shared, after ?? upTo ?? []),
    ...(after === undefined ? [] : at(shared, '>', after)),
    ...(upTo === undefined ? [] : at(shared, isLast(shared) ? '<=' : '<', upTo)),
  ]);
  if (upTo !== undefined)
    for (let index = shared + 1; index < key.length; index++)
      parts.push([...equal(index, upTo), ...at(index, isLast(index) ? '<=' : '<', upTo)]);
  return parts.map((claims) => eb.and(claims));

  function isLast(index: number): boolean {
    return index === key.length - 1;
  }
}

const valueOf = ({ type }: KeyColumn, text: string): RawBuilder<unknown> => sql`cast(${text} as ${sql.raw(type)})`;

/** The key of every `rows`th row behind `after`: one look at the table in the order of its key, which the index has already. */
export function boundariesOf(
  scope: Scope,
  {
    key,
    rows,
    after,
  }: { readonly key: readonly KeyColumn[]; readonly rows: number; readonly after?: KeyValues | undefined },
): CompiledQuery<Readonly<Record<string, string>>> {
  const columns = sql.join(key.map(({ name }) => sql.id(name)));
  const texts = sql.join(key.map((column, index) => sql`${asText(scope, column)} as ${sql.id(`k${String(index)}`)}`));
  const behind = expressions().or(partsOf(key, after));
  return compiled(
    scope.dialect,
    sql`select ${texts} from (select ${columns}, row_number() over (order by ${columns}) as ${sql.id('n')} from ${tableOf(scope)} where ${behind}) as ${sql.id('numbered')} where ${sql.id('n')} % ${sql.lit(rows)} = 0 order by ${sql.id('n')}`,
  );
}

/** Style 126 writes dates so that they are read back as they were; for everything else it changes nothing. */
const asText = ({ dialect }: Scope, { name, type }: KeyColumn) =>
  dialect === 'postgres'
    ? sql`cast(${sql.id(name)} as text)`
    : /^(date|uniqueidentifier)/.test(type)
      ? sql`convert(nvarchar(40), ${sql.id(name)}, 126)`
      : sql`cast(${sql.id(name)} as nvarchar(4000))`;

export async function readBoundaries(
  session: ReadSession,
  scope: Scope,
  slices: Parameters<typeof boundariesOf>[1],
): Promise<readonly KeyValues[]> {
  const found = await session.select(boundariesOf(scope, slices));
  return found.map((row) => slices.key.map((_, index) => String(row[`k${String(index)}`])));
}
