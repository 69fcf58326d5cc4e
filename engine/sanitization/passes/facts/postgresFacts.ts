import { z } from 'zod';
import type { ReadSession } from '../../../environments/provider.ts';
import { ask } from './ask.ts';
import { nameOf, type KeyColumn, type Place, type TableFacts } from './tableFacts.ts';

export async function readPostgresFacts(
  session: ReadSession,
  places: readonly Place[],
): Promise<readonly TableFacts[]> {
  const names = [places.map(nameOf)];
  const tables = await ask(session, tableRow, TABLES, names);
  const columns = Map.groupBy(await ask(session, columnRow, COLUMNS, names), nameOf);
  const keys = Map.groupBy(await ask(session, keyRow, KEYS, names), nameOf);
  const references = Map.groupBy(await ask(session, referenceRow, REFERENCES, names), nameOf);
  return tables.map(({ is_whole: isWhole, ...table }) => ({
    ...table,
    isWhole,
    isTruncationRefused: false,
    referredBy: (references.get(nameOf(table)) ?? []).map((each) => ({ schema: each.by_schema, table: each.by_table })),
    keys: keysOf(keys.get(nameOf(table)) ?? []),
    rewritable: new Map(
      (columns.get(nameOf(table)) ?? []).filter((each) => !each.is_held).map(({ name, type }) => [name, type]),
    ),
  }));
}

/** The primary key first; in each, the columns as they are ordered. */
function keysOf(rows: readonly z.infer<typeof keyRow>[]): readonly (readonly KeyColumn[])[] {
  const byIndex = Map.groupBy(rows, ({ index }) => index);
  return [...byIndex.values()].map((columns) => columns.map(({ name, type }) => ({ name, type })));
}

const count = z.coerce.number();
const place = z.object({ schema: z.string(), table: z.string() });
const tableRow = place.extend({ pages: count, rows: count, is_whole: z.boolean() });
const columnRow = place.extend({ name: z.string(), type: z.string(), is_held: z.boolean() });
const keyRow = place.extend({ index: z.string(), name: z.string(), type: z.string() });
const referenceRow = place.extend({ by_schema: z.string(), by_table: z.string() });

const NAMED = `
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 WHERE n.nspname || '.' || c.relname = ANY ($1)`;

const TABLES = `
SELECT n.nspname AS schema, c.relname AS table,
       pg_relation_size(c.oid) / current_setting('block_size')::int AS pages,
       greatest(c.reltuples, 0)::bigint AS rows,
       c.relkind = 'r' AND NOT c.relispartition
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits AS i WHERE c.oid IN (i.inhparent, i.inhrelid)) AS is_whole
  FROM pg_catalog.pg_class AS c${NAMED}`;

/**
 * A column can be stated again unless something depends on it that the server does not carry over (views, rules, policies,
 * triggers on columns, generated columns, functions), or it has a storage or a compression of its own, which would be lost.
 */
const COLUMNS = `
SELECT n.nspname AS schema, c.relname AS table, a.attname AS name,
       format_type(a.atttypid, a.atttypmod)
         || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END AS type,
       a.attstorage <> t.typstorage OR a.attcompression <> '' OR a.attgenerated <> '' OR a.attidentity <> ''
         OR EXISTS (SELECT FROM pg_catalog.pg_depend AS d
                     WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
                       AND d.classid NOT IN ('pg_catalog.pg_class'::regclass, 'pg_catalog.pg_constraint'::regclass,
                                             'pg_catalog.pg_statistic_ext'::regclass)
                       AND NOT (d.classid = 'pg_catalog.pg_attrdef'::regclass
                                AND EXISTS (SELECT FROM pg_catalog.pg_attrdef AS f
                                             WHERE f.oid = d.objid AND f.adrelid = c.oid AND f.adnum = a.attnum))) AS is_held
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid${NAMED}`;

const KEYS = `
SELECT n.nspname AS schema, c.relname AS table, i.indexrelid::text AS index, a.attname AS name,
       format_type(a.atttypid, a.atttypmod) AS type
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_index AS i ON i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
                                AND i.indpred IS NULL AND i.indexprs IS NULL
  CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
  JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.attnum${NAMED}
   AND k.position <= i.indnkeyatts
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS o
                    WHERE o.attrelid = c.oid AND o.attnum = ANY (i.indkey::int2[]) AND NOT o.attnotnull)
 ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid, k.position`;

const REFERENCES = `
SELECT DISTINCT n.nspname AS schema, c.relname AS table, bn.nspname AS by_schema, b.relname AS by_table
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_constraint AS f ON f.confrelid = c.oid AND f.contype = 'f' AND f.conrelid <> c.oid
  JOIN pg_catalog.pg_class AS b ON b.oid = f.conrelid
  JOIN pg_catalog.pg_namespace AS bn ON bn.oid = b.relnamespace${NAMED}`;
