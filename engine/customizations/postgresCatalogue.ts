import { sql, type CompiledQuery } from 'kysely';
import { offlineBuilder } from '../sql.ts';
import type { CatalogueQuestions } from './catalogueQuestions.ts';

const compile = (query: ReturnType<typeof sql>): CompiledQuery => query.compile(offlineBuilder('postgres'));

/** PostgreSQL's catalogue. What a partition has from the table above it is read there alone. */
export const postgresQuestions: CatalogueQuestions = {
  tables: compile(sql`
    select c.oid as id, n.nspname as "schema", c.relname as "table", c.relkind = 'p' as is_partitioned,
      row_security_active(c.oid) as is_hidden,
      has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT') as may_select,
      (select coalesce(sum(pg_relation_size(p.relid)), 0) / 100 from pg_partition_tree(c.oid) as p)::bigint as rows
    from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and c.relpersistence <> 't'
      and n.nspname not in ('information_schema', 'rewind') and n.nspname not like 'pg\\_%'
    order by n.nspname, c.relname`),

  // A key takes the collation of its column, unless the index names another one.
  uniqueIndexes: compile(sql`
    select i.indrelid as id, c.relname as name, a.attname as "column", pg_get_indexdef(i.indexrelid, k.n, true) as key,
      pg_get_expr(i.indpred, i.indrelid) as filter,
      coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) as nulls_are_equal,
      ln.nspname as collation_schema, l.collname as collation
    from pg_catalog.pg_index as i
    join pg_catalog.pg_class as c on c.oid = i.indexrelid
    cross join lateral generate_series(1, i.indnkeyatts) as k(n)
    left join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = i.indkey[k.n - 1] and a.attnum > 0
    left join pg_catalog.pg_collation as l on l.oid = i.indcollation[k.n - 1] and l.collname <> 'default'
      and l.oid is distinct from a.attcollation
    left join pg_catalog.pg_namespace as ln on ln.oid = l.collnamespace
    where i.indisunique and i.indisvalid and not i.indisexclusion and not c.relispartition
    order by i.indrelid, c.relname, k.n`),

  checks: compile(sql`
    select o.conrelid as id, o.conname as name, pg_get_expr(o.conbin, o.conrelid) as definition
    from pg_catalog.pg_constraint as o join pg_catalog.pg_class as c on c.oid = o.conrelid
    where o.contype = 'c' and o.convalidated and not (c.relispartition and o.coninhcount > 0)
      and coalesce((to_jsonb(o) ->> 'conenforced')::boolean, true)
    order by o.conrelid, o.conname`),

  foreignKeys: compile(sql`
    select o.conrelid as id, o.conname as name, a.attname as "column",
      tn.nspname as to_schema, tc.relname as to_table, ta.attname as to_column
    from pg_catalog.pg_constraint as o
    join pg_catalog.pg_class as tc on tc.oid = o.confrelid
    join pg_catalog.pg_namespace as tn on tn.oid = tc.relnamespace
    cross join lateral generate_subscripts(o.conkey, 1) as k(n)
    join pg_catalog.pg_attribute as a on a.attrelid = o.conrelid and a.attnum = o.conkey[k.n]
    join pg_catalog.pg_attribute as ta on ta.attrelid = o.confrelid and ta.attnum = o.confkey[k.n]
    where o.contype = 'f' and o.conparentid = 0 and o.convalidated
      and coalesce((to_jsonb(o) ->> 'conenforced')::boolean, true)
    order by o.conrelid, o.conname, k.n`),

  columns: (ids) =>
    compile(sql`
      select a.attrelid as id, a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
        not a.attnotnull as is_nullable, a.attgenerated <> '' or a.attidentity <> '' as is_made,
        case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as fallback
      from pg_catalog.pg_attribute as a
      left join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = any(${`{${ids.join(',')}}`}::oid[]) and a.attnum > 0 and not a.attisdropped
      order by a.attrelid, a.attnum`),
};
