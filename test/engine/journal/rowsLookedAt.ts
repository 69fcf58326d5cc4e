import type { CompiledQuery } from 'kysely';
import { Client } from 'pg';

interface Node {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
}

/** How many rows of tables PostgreSQL reads to answer `query`, those included that it throws away. */
export async function rowsLookedAt(url: string, { sql, parameters }: CompiledQuery): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const explained = `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`;
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Node }[] }>(explained, [
      ...parameters,
    ]);
    return rows.flatMap((row) => row['QUERY PLAN']).reduce((sum, { Plan }) => sum + read(Plan), 0);
  } finally {
    await client.end();
  }
}

function read(node: Node): number {
  const own = node['Relation Name'] === undefined ? 0 : node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
  return own * node['Actual Loops'] + (node.Plans ?? []).reduce((sum, one) => sum + read(one), 0);
}
