import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import type { CountedRows } from '../rules/compileRule.ts';
import { countAll } from '../rules/conditions.ts';
import type { UniqueIndex } from './obstacles.ts';

export const counted = (dialect: Dialect) => sql`select ${countAll[dialect]} as ${sql.id('rows')}`;

/** How many rows a unique index would find there that are the same; `isMeant` leaves some out. */
export function sameRows(
  rows: RawBuilder<unknown>,
  { keys, filter, nullsAreEqual }: Pick<UniqueIndex, 'keys' | 'filter' | 'nullsAreEqual'>,
  dialect: Dialect,
  isMeant?: RawBuilder<unknown>,
): RawBuilder<CountedRows> {
  const claims = [
    ...(isMeant === undefined ? [] : [isMeant]),
    ...(filter === undefined ? [] : [sql`(${sql.raw(filter)})`]),
    ...(nullsAreEqual ? [] : keys.map((key) => sql`(${sql.raw(key)}) is not null`)),
  ];
  const where = claims.length === 0 ? sql.raw('1 = 1') : sql.join(claims, sql.raw(' and '));
  const from = sql`from (${rows}) as t where ${where}`;
  // Without a key that tells them apart all rows are one group.
  if (keys.length === 0) return sql`select case when count(*) > 1 then 1 else 0 end as ${sql.id('rows')} ${from}`;
  const group = sql.join(keys.map((key) => sql.raw(key)));
  return sql`${counted(dialect)} from (select 1 as ${sql.id('one')} ${from} group by ${group} having count(*) > 1) as g`;
}
