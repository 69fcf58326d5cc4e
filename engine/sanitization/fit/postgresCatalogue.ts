import { sql, type CompiledQuery } from 'kysely';
import { offlineBuilder } from '../../sql.ts';
import type { CatalogueQuestions } from './catalogueQuestions.ts';

const compile = (query: ReturnType<typeof sql>): CompiledQuery => query.compile(offlineBuilder('postgres'));
/** As text, so that the driver need not know the type of the list. */
const listed = (ids: readonly number[]) => sql`any(${`{${ids.join(',')}}`}::oid[])`;

/** PostgreSQL's catalogue, one question per kind for all tables. */
export const postgresQuestions: CatalogueQuestions = {
  tables: (names) =>
    compile(sql`
      with recursive place as (
        select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relname = any(${[...names]}::name[]) and c.relkind in ('r', 'p') and c.relpersistence <> 't'
          and n.nspname not in ('information_schema', 'rewind') and n.nspname not like 'pg\\_%'
        union
        select i.inhrelid from place join pg_catalog.pg_inherits i on i.inhparent = place.oid)
      select c.oid as id, n.nspname as "schema", c.relname as "table",
        case c.relkind when 'r' then 'table' when 'p' then 'partitioned' else 'foreign' end as kind,
        row_security_active(c.oid) as hides_rows,
        has_table_privilege(c.oid, 'SELECT') as may_select, has_table_privilege(c.oid, 'UPDATE') as may_update,
        has_table_privilege(c.oid, 'DELETE') as may_delete, pg_has_role(c.relowner, 'USAGE') as may_alter
      from place join pg_catalog.pg_class c on c.oid = place.oid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      order by n.nspname, c.relname`),

  columns: (ids) =>
    compile(sql`
      select a.attrelid as id, a.attname as "column", format_type(a.atttypid, a.atttypmod) as type, b.typname as base,
        case when b.typname in ('varchar', 'bpchar') and m.typmod > 4 then m.typmod - 4 end as length,
        case when b.typname = 'numeric' and m.typmod > 4 then (m.typmod - 4) >> 16 end as precision,
        case when b.typname = 'numeric' and m.typmod > 4 then (m.typmod - 4) & 2047 end as scale,
        not (a.attnotnull or t.typnotnull) as is_nullable, a.attgenerated <> '' as is_computed,
        case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end as definition,
        a.attidentity <> '' as is_server_made,
        exists (select from pg_catalog.pg_partitioned_table p where p.partrelid = a.attrelid and a.attnum = any(p.partattrs)) as is_partition_key,
        l.collname as collation, not coalesce(l.collisdeterministic, true) as is_loose,
        has_column_privilege(a.attrelid, a.attnum, 'SELECT') as may_select,
        has_column_privilege(a.attrelid, a.attnum, 'UPDATE') as may_update
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_type t on t.oid = a.atttypid
      join pg_catalog.pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
      cross join lateral (select case when t.typtype = 'd' then t.typtypmod else a.atttypmod end as typmod) m
      left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join pg_catalog.pg_collation l on l.oid = a.attcollation
      where a.attrelid = ${listed(ids)} and a.attnum > 0 and not a.attisdropped
      order by a.attrelid, a.attnum`),

  // What excludes equal values is as good as unique.
  indexes: (ids) =>
    compile(sql`
      select i.indrelid as id, c.relname as "index", k.n as position,
        pg_get_indexdef(i.indexrelid, k.n, true) as key, a.attname as "column",
        (select array_agg(distinct r.attname::text) from pg_catalog.pg_depend d
          join pg_catalog.pg_attribute r on r.attrelid = d.refobjid and r.attnum = d.refobjsubid
          where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.refobjid = i.indrelid and d.refobjsubid > 0) as reads,
        pg_get_expr(i.indpred, i.indrelid) as filter,
        coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) as nulls_are_equal
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      cross join lateral generate_series(1, i.indnkeyatts) as k(n)
      left join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[k.n - 1] and a.attnum > 0
      where i.indisvalid and i.indrelid = ${listed(ids)}
        and (i.indisunique or i.indisexclusion and not exists (
          select from pg_catalog.pg_constraint o cross join unnest(o.conexclop) as e(op) join pg_catalog.pg_operator p on p.oid = e.op
          where o.conindid = i.indexrelid and p.oprname <> '='))
      order by i.indrelid, c.relname, k.n`),

  // A domain calls the value VALUE, which a query takes for a column of that name.
  checks: (ids) =>
    compile(sql`
      select o.conrelid as id, o.conname as name, pg_get_expr(o.conbin, o.conrelid) as definition, not o.convalidated as is_unproved
      from pg_catalog.pg_constraint o
      where o.contype = 'c' and o.conrelid = ${listed(ids)} and coalesce((to_jsonb(o) ->> 'conenforced')::boolean, true)
      union all
      select a.attrelid, o.conname, format('(select %s from (select %I as value) as d)', pg_get_expr(o.conbin, 0), a.attname), not o.convalidated
      from pg_catalog.pg_attribute a
      cross join lateral (
        with recursive domain as (
          select a.atttypid as oid
          union select t.typbasetype from domain join pg_catalog.pg_type t on t.oid = domain.oid where t.typtype = 'd')
        select oid from domain) t
      join pg_catalog.pg_constraint o on o.contypid = t.oid and o.contype = 'c'
      where a.attrelid = ${listed(ids)} and a.attnum > 0 and not a.attisdropped
      order by 1, 2`),

  foreignKeys: (ids) =>
    compile(sql`
      select o.conrelid as id, o.conname as name, n.nspname as "schema", c.relname as "table", a.attname as "column",
        o.confrelid as to_id, tn.nspname as to_schema, tc.relname as to_table, ta.attname as to_column, k.n as position
      from pg_catalog.pg_constraint o
      join pg_catalog.pg_class c on c.oid = o.conrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_class tc on tc.oid = o.confrelid join pg_catalog.pg_namespace tn on tn.oid = tc.relnamespace
      cross join lateral generate_subscripts(o.conkey, 1) as k(n)
      join pg_catalog.pg_attribute a on a.attrelid = o.conrelid and a.attnum = o.conkey[k.n]
      join pg_catalog.pg_attribute ta on ta.attrelid = o.confrelid and ta.attnum = o.confkey[k.n]
      where o.contype = 'f' and o.conparentid = 0 and coalesce((to_jsonb(o) ->> 'conenforced')::boolean, true)
        and (o.conrelid = ${listed(ids)} or o.confrelid = ${listed(ids)})
      order by o.conrelid, o.conname, k.n`),

  triggers: (ids) =>
    compile(sql`
      select t.tgrelid as id, t.tgname as name, 'trigger' as kind, ${state('t.tgenabled')} as state, p.prosrc as text
      from pg_catalog.pg_trigger t join pg_catalog.pg_proc p on p.oid = t.tgfoid
      where not t.tgisinternal and t.tgrelid = ${listed(ids)}
      union all
      select r.ev_class, r.rulename, 'rule', ${state('r.ev_enabled')}, pg_get_ruledef(r.oid)
      from pg_catalog.pg_rewrite r where r.ev_type <> '1' and r.ev_class = ${listed(ids)}
      order by 1, 2`),

  // A view that calls a function of its own may read what the catalogue does not know: functions keep their text to themselves.
  views: (ids) =>
    compile(sql`
      with recursive reads as (
        select d.refobjid as source, r.ev_class as view, 1 as depth
        from pg_catalog.pg_depend d join pg_catalog.pg_rewrite r on r.oid = d.objid
        where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
          and d.refobjid = ${listed(ids)} and r.ev_class <> d.refobjid
        union
        select reads.source, r.ev_class, reads.depth + 1
        from reads join pg_catalog.pg_depend d on d.refobjid = reads.view join pg_catalog.pg_rewrite r on r.oid = d.objid
        where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and r.ev_class <> d.refobjid
      ), unclear as (
        select distinct r.ev_class as view, 1 as depth
        from pg_catalog.pg_depend d join pg_catalog.pg_rewrite r on r.oid = d.objid join pg_catalog.pg_proc p on p.oid = d.refobjid
        join pg_catalog.pg_namespace n on n.oid = p.pronamespace
        where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_proc'::regclass and n.nspname <> 'pg_catalog'
        union
        select r.ev_class, unclear.depth + 1
        from unclear join pg_catalog.pg_depend d on d.refobjid = unclear.view join pg_catalog.pg_rewrite r on r.oid = d.objid
        where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and r.ev_class <> d.refobjid
      )
      select found.id, n.nspname as "schema", c.relname as view,
        case c.relkind when 'm' then 'materialized' else 'view' end as kind, c.relispopulated as is_filled, found.depth
      from (
        select source as id, view, max(depth) as depth from reads group by source, view
        union all
        select null, view, max(depth) from unclear group by view
      ) as found
      join pg_catalog.pg_class c on c.oid = found.view join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'm' or (c.relkind = 'v' and found.id is not null)
      order by found.depth, n.nspname, c.relname`),

  parts: (ids) =>
    compile(sql`
      select i.inhparent as id, i.inhrelid as part_id from pg_catalog.pg_inherits i
      where i.inhparent = ${listed(ids)} order by i.inhparent, i.inhseqno, i.inhrelid`),

  statistics: (ids) =>
    compile(sql`
      select s.stxrelid as id, n.nspname as "schema", s.stxname as name, pg_get_statisticsobjdef(s.oid) as definition
      from pg_catalog.pg_statistic_ext s join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
      where s.stxrelid = ${listed(ids)} order by s.stxrelid, s.stxname`),
};

const state = (column: string) =>
  sql.raw(`case ${column} when 'O' then 'on' when 'A' then 'always' when 'R' then 'replica' else 'off' end`);
