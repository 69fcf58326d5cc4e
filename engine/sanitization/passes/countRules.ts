import { sql } from 'kysely';
import type { CompiledQuery, Expression, SqlBool } from 'kysely';
import type { ReadSession } from '../../environments/provider.ts';
import type { Scope } from '../rules/conditions.ts';
import { compiled, expressions, tableOf } from './statements.ts';
import type { Expressions } from '../rules/queryBuilder.ts';

export type Claim = (eb: Expressions) => Expression<SqlBool>;

export interface Counts {
  /** Of the table, or of the sample of it. */
  readonly rows: number;
  /** In the order of the claims. */
  readonly counts: readonly number[];
}

/**
 * Counts the rows of several claims about one table in one look at it; of a sample of its pages, if a share is given. The
 * claims stand in a query of their own, as SQL Server counts nothing that holds a subquery (error 130).
 */
export function countClaims(scope: Scope, claims: readonly Claim[], samplePercent?: number): CompiledQuery {
  const eb = expressions();
  const { dialect } = scope;
  const count = dialect === 'mssql' ? sql`count_big` : sql`count`;
  const names = claims.map((_, index) => sql.id(`c${String(index)}`));
  const answers = claims.map((claim, index) => sql`case when ${claim(eb)} then 1 end as ${names[index] ?? sql``}`);
  const counts = names.map((name) => sql`${count}(${name}) as ${name}`);
  // Repeatable, so that a second look sees the same.
  const sample =
    samplePercent === undefined ? sql`` : sql` tablesample system (${sql.lit(samplePercent)}) repeatable (1)`;
  return compiled(
    dialect,
    sql`select ${sql.join([sql`${count}(*) as ${sql.id('n')}`, ...counts])} from (select ${sql.join(answers)} from ${tableOf(scope)}${sample}) as ${sql.id('answers')}`,
  );
}

export async function readCounts(
  session: ReadSession,
  scope: Scope,
  claims: readonly Claim[],
  samplePercent?: number,
): Promise<Counts> {
  const [row] = await session.select(countClaims(scope, claims, samplePercent));
  // Both drivers hand a 64-bit count over as text.
  const values = new Map(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]));
  return { rows: values.get('n') ?? 0, counts: claims.map((_, index) => values.get(`c${String(index)}`) ?? 0) };
}
