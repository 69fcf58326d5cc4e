import { escapeIdentifier } from 'pg';
import { FOREIGN_KEY, type Resting } from './resting.ts';

/**
 * Triggers and rules with their kind (O on, R on replicas, A always), event triggers, and policies with or without FORCE.
 * A partitioned table's triggers stand on each of its partitions as well, where each may have been switched by itself.
 */
export const AWAKE = `
WITH RECURSIVE meant AS (
  SELECT c.oid FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
   WHERE n.nspname || '.' || c.relname = ANY ($1)
   UNION
  SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i JOIN meant ON meant.oid = i.inhparent
), named AS (
  SELECT c.oid, n.nspname AS schema, c.relname AS table, c.relrowsecurity, c.relforcerowsecurity
    FROM meant JOIN pg_catalog.pg_class AS c USING (oid) JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
)
SELECT 'event trigger' AS kind, '' AS schema, '' AS table, evtname::text AS name, evtenabled::text AS state
  FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D'
UNION ALL
SELECT 'trigger', schema, "table", t.tgname::text, t.tgenabled::text
  FROM named JOIN pg_catalog.pg_trigger AS t ON t.tgrelid = named.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'
UNION ALL
SELECT 'rule', schema, "table", r.rulename::text, r.ev_enabled::text
  FROM named JOIN pg_catalog.pg_rewrite AS r ON r.ev_class = named.oid AND r.rulename <> '_RETURN' AND r.ev_enabled <> 'D'
UNION ALL
SELECT 'row level security', schema, "table", '', CASE WHEN relforcerowsecurity THEN 'FORCE' ELSE '' END
  FROM named WHERE relrowsecurity`;

export function putToRest({ kind, name, ...place }: Resting): string {
  switch (kind) {
    case 'event trigger':
      return `ALTER EVENT TRIGGER ${escapeIdentifier(name)} DISABLE`;
    case FOREIGN_KEY:
      return `ALTER TABLE ${placed(place)} ALTER CONSTRAINT ${escapeIdentifier(name)} NOT ENFORCED`;
    case 'row level security':
      return `ALTER TABLE ONLY ${placed(place)} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY`;
    default:
      return `ALTER TABLE ONLY ${placed(place)} DISABLE ${kind.toUpperCase()} ${escapeIdentifier(name)}`;
  }
}

export function wake({ kind, name, state, ...place }: Resting): string {
  const enable = HOW[state] ?? 'ENABLE';
  switch (kind) {
    case 'event trigger':
      return `ALTER EVENT TRIGGER ${escapeIdentifier(name)} ${enable}`;
    case FOREIGN_KEY:
      return `ALTER TABLE ${placed(place)} ALTER CONSTRAINT ${escapeIdentifier(name)} ENFORCED`;
    case 'row level security':
      return `ALTER TABLE ONLY ${placed(place)} ENABLE ROW LEVEL SECURITY${state === 'FORCE' ? ', FORCE ROW LEVEL SECURITY' : ''}`;
    default:
      return `ALTER TABLE ONLY ${placed(place)} ${enable} ${kind.toUpperCase()} ${escapeIdentifier(name)}`;
  }
}

const HOW: Readonly<Record<string, string>> = { R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };

const placed = ({ schema, table }: Pick<Resting, 'schema' | 'table'>) =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
