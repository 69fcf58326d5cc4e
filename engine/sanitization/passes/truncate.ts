import { sql } from 'kysely';
import type { CompiledQuery } from 'kysely';
import type { Dialect } from '../../environments/provider.ts';
import { compiled, isDeleting } from './statements.ts';
import type { Pass } from './planPasses.ts';
import { nameOf, type Facts, type Place } from './facts/tableFacts.ts';

/** It leaves no row of its table. */
export const isEmptying = ({ rules }: Pick<Pass, 'rules'>): boolean =>
  rules.every((rule) => isDeleting(rule) && rule.where === undefined);

/**
 * Which of these tables can be emptied at once: no foreign key of another table refers to them, also an empty one's or a
 * disabled one. PostgreSQL empties several together and admits references among them; SQL Server does not.
 */
export function truncatable<Table extends Place>(
  dialect: Dialect,
  tables: readonly Table[],
  facts: Facts,
): readonly Table[] {
  let chosen = tables.filter((each) => facts.get(nameOf(each))?.isTruncationRefused === false);
  for (;;) {
    const together = new Set(dialect === 'postgres' ? chosen.map(nameOf) : []);
    const isFree = (each: Table) => (facts.get(nameOf(each))?.referredBy ?? []).every((by) => together.has(nameOf(by)));
    const free = chosen.filter(isFree);
    if (free.length === chosen.length) return free;
    chosen = free;
  }
}

export function truncateTables(dialect: Dialect, tables: readonly Place[]): readonly CompiledQuery[] {
  const names = tables.map(({ schema, table }) => sql.id(schema, table));
  if (dialect === 'postgres') return [compiled(dialect, sql`truncate table ${sql.join(names)}`)];
  return names.map((name) => compiled(dialect, sql`truncate table ${name}`));
}
