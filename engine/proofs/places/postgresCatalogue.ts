import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { ReadSession } from '../../environments/provider.ts';
import { ask } from '../../sanitization/passes/facts/ask.ts';
import type { CataloguePlace, Places } from './place.ts';

/** What PostgreSQL keeps of values outside of tables. Some of it is for superusers alone: what this account may not read is said. */
export async function postgresCatalogue(session: ReadSession): Promise<Pick<Places, 'catalogue' | 'notSearched'>> {
  const rights = await ask(session, z.object({ name: z.string() }), MAY_READ);
  const readable = new Set(rights.map(({ name }) => name));
  const isReadable = ({ needs = 'pg_class' }: Kept) => readable.has(needs);
  return {
    catalogue: KEPT.filter(isReadable).map(({ what, text, isBinary }): CataloguePlace => ({
      ...{ what, query: CompiledQuery.raw(text) },
      ...(isBinary ? { isBinary } : {}),
    })),
    notSearched: [
      // A server that says nothing of rights has nothing of all this.
      ...(rights.length === 0 ? [] : KEPT.filter((each) => !isReadable(each))).map(({ what }) => ({
        ...{ what, why: 'this account may not read them' },
      })),
      { what: 'foreign tables', why: 'their rows are on another server' },
    ],
  };
}

interface Kept {
  readonly what: string;
  readonly text: string;
  readonly isBinary?: true;
  readonly needs?: string;
}

const MAY_READ = `
select c.relname as name from pg_catalog.pg_class c
where c.relnamespace = 'pg_catalog'::regnamespace and c.relname in ('pg_largeobject', 'pg_user_mapping', 'pg_subscription', 'pg_statistic', 'pg_class')
  and has_table_privilege(c.oid, 'select')`;

const OWN = `n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'rewind')`;
const relation = (alias: string) =>
  `join pg_catalog.pg_class c on c.oid = ${alias} join pg_catalog.pg_namespace n on n.oid = c.relnamespace and ${OWN}`;

/** Rows of schema, table, and texts. */
const KEPT: readonly Kept[] = [
  {
    what: 'comments',
    text: `select coalesce(n.nspname, '')::text, coalesce(c.relname, d.classoid::regclass::text)::text, d.description
      from pg_catalog.pg_description d
      left join pg_catalog.pg_class c on c.oid = d.objoid and d.classoid = 'pg_catalog.pg_class'::regclass
      left join pg_catalog.pg_namespace n on n.oid = c.relnamespace where d.objoid >= 16384 or ${OWN}
      union all select '', s.classoid::regclass::text, s.description from pg_catalog.pg_shdescription s
      union all select '', l.provider, l.label from pg_catalog.pg_seclabel l`,
  },
  {
    what: 'definitions',
    text: `select n.nspname::text, c.relname::text, pg_catalog.pg_get_viewdef(c.oid) from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace and ${OWN} where c.relkind in ('v', 'm')
      union all select n.nspname::text, p.proname::text, p.prosrc from pg_catalog.pg_proc p
        join pg_catalog.pg_namespace n on n.oid = p.pronamespace and ${OWN}
      union all select n.nspname::text, c.relname::text, pg_catalog.pg_get_expr(d.adbin, d.adrelid) from pg_catalog.pg_attrdef d ${relation('d.adrelid')}
      union all select n.nspname::text, coalesce(c.relname, k.conname)::text, pg_catalog.pg_get_constraintdef(k.oid) from pg_catalog.pg_constraint k
        join pg_catalog.pg_namespace n on n.oid = k.connamespace and ${OWN} left join pg_catalog.pg_class c on c.oid = k.conrelid
      union all select n.nspname::text, c.relname::text, pg_catalog.pg_get_indexdef(i.indexrelid) from pg_catalog.pg_index i ${relation('i.indrelid')}
      union all select n.nspname::text, c.relname::text, pg_catalog.pg_get_triggerdef(g.oid) from pg_catalog.pg_trigger g ${relation('g.tgrelid')}
      union all select n.nspname::text, c.relname::text, pg_catalog.pg_get_ruledef(r.oid) from pg_catalog.pg_rewrite r ${relation('r.ev_class')}
      union all select n.nspname::text, c.relname::text, concat_ws(' ', pg_catalog.pg_get_expr(y.polqual, y.polrelid), pg_catalog.pg_get_expr(y.polwithcheck, y.polrelid))
        from pg_catalog.pg_policy y ${relation('y.polrelid')}
      union all select n.nspname::text, t.typname::text, e.enumlabel::text from pg_catalog.pg_enum e
        join pg_catalog.pg_type t on t.oid = e.enumtypid join pg_catalog.pg_namespace n on n.oid = t.typnamespace and ${OWN}`,
  },
  {
    what: 'names of tables, columns and routines',
    text: `select '', '', n.nspname::text, c.relname::text from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace and ${OWN}
      union all select n.nspname::text, c.relname::text, a.attname::text, '' from pg_catalog.pg_attribute a ${relation('a.attrelid')} where a.attnum > 0`,
  },
  {
    what: 'statistics',
    needs: 'pg_statistic',
    text: `select s.schemaname::text, s.tablename::text, s.most_common_vals::text, s.histogram_bounds::text, s.most_common_elems::text
        from pg_catalog.pg_stats s where s.schemaname not in ('pg_catalog', 'information_schema', 'rewind')
      union all select e.schemaname::text, e.tablename::text, e.most_common_vals::text, null, null from pg_catalog.pg_stats_ext e
      union all select x.schemaname::text, x.tablename::text, x.most_common_vals::text, x.histogram_bounds::text, x.most_common_elems::text
        from pg_catalog.pg_stats_ext_exprs x`,
  },
  {
    what: 'large objects',
    needs: 'pg_largeobject',
    isBinary: true,
    text: `select '', m.oid::text, pg_catalog.lo_get(m.oid, g.piece, 1049600) from pg_catalog.pg_largeobject_metadata m
      cross join lateral pg_catalog.generate_series(0::bigint, (select max(o.pageno)::bigint * 2048 from pg_catalog.pg_largeobject o where o.loid = m.oid), 1048576) as g(piece)`,
  },
  {
    what: 'settings and servers',
    needs: 'pg_user_mapping',
    text: `select '', s.srvname::text, array_to_string(s.srvoptions, ' ') from pg_catalog.pg_foreign_server s
      union all select '', 'user mapping', array_to_string(u.umoptions, ' ') from pg_catalog.pg_user_mapping u
      union all select n.nspname::text, c.relname::text, array_to_string(f.ftoptions, ' ') from pg_catalog.pg_foreign_table f ${relation('f.ftrelid')}
      union all select '', 'settings', array_to_string(r.setconfig, ' ') from pg_catalog.pg_db_role_setting r`,
  },
  {
    what: 'subscriptions',
    needs: 'pg_subscription',
    text: `select '', s.subname::text, s.subconninfo from pg_catalog.pg_subscription s`,
  },
];
