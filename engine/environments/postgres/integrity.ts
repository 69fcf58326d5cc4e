import { type Client, escapeIdentifier } from 'pg';
import { PostgresDiskFullError } from '../../databases/postgres/faults.ts';
import { nameFault } from '../../databases/postgres/nameFault.ts';
import { RetryableError } from '../../errors.ts';
import { DATABASE_ROLES, type Sandbox } from '../../contracts.ts';
import { CopyDamagedError } from './errors.ts';
import { type Address, openClient } from './client.ts';

/**
 * `physical` reads every page of every table, index and TOAST table, and PostgreSQL compares its checksum; `full` also
 * walks rows and B-trees with amcheck. The extensions they need are created in a transaction that is rolled back.
 * @throws CopyDamagedError
 */
export async function checkIntegrity(
  address: Address,
  target: Sandbox,
  depth: 'physical' | 'full',
  signal: AbortSignal,
): Promise<string> {
  let relations = 0;
  for (const role of DATABASE_ROLES) {
    await using session = await openClient(address, target.databases[role]);
    const { client } = session;
    await client.query('BEGIN');
    const prewarm = await extension(client, 'pg_prewarm');
    const amcheck = depth === 'full' ? await extension(client, 'amcheck') : undefined;
    const { rows } = await client.query<Relation>(RELATIONS);
    for (const relation of rows) {
      signal.throwIfAborted();
      for (const sql of checksOf(relation, prewarm, amcheck)) {
        const answer = await client.query<{ faults: number }>(sql, [relation.oid]).catch((cause: unknown) => {
          // A cut connection or a full disk says nothing of the copy.
          const fault = nameFault(cause, `checking ${target.databases[role]}`);
          if (fault instanceof RetryableError || fault instanceof PostgresDiskFullError) throw fault;
          throw new CopyDamagedError(target.databases[role], relation.name, cause);
        });
        if (answer.rows[0]?.faults !== 0) throw new CopyDamagedError(target.databases[role], relation.name);
      }
    }
    await client.query('ROLLBACK');
    relations += rows.length;
  }
  return `${String(relations)} tables and indexes read, ${depth === 'full' ? 'checksums, rows and B-trees' : 'page checksums'} are right`;
}

interface Relation {
  readonly oid: number;
  readonly name: string;
  readonly kind: 'heap' | 'btree' | 'other';
}

const RELATIONS = `
SELECT c.oid,
       c.oid::regclass::text AS name,
       CASE a.amname WHEN 'heap' THEN 'heap' WHEN 'btree' THEN 'btree' ELSE 'other' END AS kind
  FROM pg_class c
  LEFT JOIN pg_am a ON a.oid = c.relam
 WHERE c.relkind IN ('r', 'm', 't', 'i', 'S')
   AND c.relpersistence = 'p'
 ORDER BY c.oid`;

/** Each fails, or counts what it found wrong. */
function checksOf({ kind }: Relation, prewarm: string, amcheck: string | undefined): string[] {
  const checks = [`SELECT 0 AS faults FROM ${prewarm}.pg_prewarm($1::oid::regclass, 'buffer')`];
  if (amcheck !== undefined && kind === 'heap') {
    checks.push(`SELECT count(*)::int AS faults FROM ${amcheck}.verify_heapam($1::oid::regclass, check_toast => true)`);
  }
  if (amcheck !== undefined && kind === 'btree') {
    checks.push(`SELECT 0 AS faults FROM ${amcheck}.bt_index_check($1::oid::regclass, true)`);
  }
  return checks;
}

async function extension(client: Client, name: string): Promise<string> {
  await client.query(`CREATE EXTENSION IF NOT EXISTS ${name}`);
  const { rows } = await client.query<{ schema: string }>(
    'SELECT nspname AS schema FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = $1',
    [name],
  );
  return escapeIdentifier(rows[0]?.schema ?? '');
}
