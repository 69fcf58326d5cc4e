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
      {
        what: 'roles and their settings, replication slots, and statements that the server remembers',
        why: 'they are the server’s, and no part of the copy',
      },
      { what: 'bytes within composite types', why: 'the server writes them as digits' },
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

/** Whatever somebody has made, in whichever schema: what the server brings along has smaller numbers. */
const own = (oid: string) => `${oid} >= 16384 and n.nspname not in ('rewind', 'pg_toast')`;
const relation = (oid: string) =>
  `join pg_catalog.pg_class c on c.oid = ${oid} join pg_catalog.pg_namespace n on n.oid = c.relnamespace and ${own('c.oid')}`;
const routine = (oid: string) =>
  `join pg_catalog.pg_proc p on p.oid = ${oid} join pg_catalog.pg_namespace n on n.oid = p.pronamespace and ${own('p.oid')}`;
const type = (oid: string) =>
  `join pg_catalog.pg_type t on t.oid = ${oid} join pg_catalog.pg_namespace n on n.oid = t.typnamespace and ${own('t.oid')}`;
/** Of what all databases of the server share. */
const OWN_DATABASE = '(select o.oid from pg_catalog.pg_database o where o.datname = current_database())';
const expression = (tree: string, of: string) => `pg_catalog.pg_get_expr(${tree}, ${of})`;

/** Each gives a schema, a name, and the text. What a column had before it had a default is kept with it, whatever its rows say since. */
const DEFINITIONS = [
  `select n.nspname::text, c.relname::text, pg_catalog.pg_get_viewdef(c.oid) from pg_catalog.pg_class v ${relation('v.oid')} where v.relkind in ('v', 'm')`,
  `select n.nspname::text, p.proname::text, concat_ws(' ', p.prosrc, pg_catalog.pg_get_function_sqlbody(p.oid),
      pg_catalog.pg_get_function_arguments(p.oid), array_to_string(p.proconfig, ' ')) from pg_catalog.pg_proc r ${routine('r.oid')}`,
  `select n.nspname::text, p.proname::text, concat_ws(' ', g.agginitval, g.aggminitval) from pg_catalog.pg_aggregate g ${routine('g.aggfnoid')}`,
  `select n.nspname::text, c.relname::text, ${expression('d.adbin', 'd.adrelid')} from pg_catalog.pg_attrdef d ${relation('d.adrelid')}`,
  `select n.nspname::text, c.relname::text, a.attmissingval::text from pg_catalog.pg_attribute a ${relation('a.attrelid')} where a.atthasmissing`,
  `select n.nspname::text, c.relname::text, concat_ws(' ', ${expression('x.relpartbound', 'x.oid')}, pg_catalog.pg_get_partkeydef(x.oid))
    from pg_catalog.pg_class x ${relation('x.oid')} where x.relispartition or x.relkind = 'p'`,
  `select n.nspname::text, coalesce(c.relname, k.conname)::text, concat_ws(' ', k.conname, pg_catalog.pg_get_constraintdef(k.oid)) from pg_catalog.pg_constraint k
    join pg_catalog.pg_namespace n on n.oid = k.connamespace and ${own('k.oid')} left join pg_catalog.pg_class c on c.oid = k.conrelid`,
  `select n.nspname::text, c.relname::text, pg_catalog.pg_get_indexdef(i.indexrelid) from pg_catalog.pg_index i ${relation('i.indrelid')}`,
  `select n.nspname::text, c.relname::text, pg_catalog.pg_get_triggerdef(g.oid) from pg_catalog.pg_trigger g ${relation('g.tgrelid')}`,
  `select n.nspname::text, c.relname::text, pg_catalog.pg_get_ruledef(r.oid) from pg_catalog.pg_rewrite r ${relation('r.ev_class')}`,
  `select n.nspname::text, c.relname::text, concat_ws(' ', y.polname, ${expression('y.polqual', 'y.polrelid')}, ${expression('y.polwithcheck', 'y.polrelid')})
    from pg_catalog.pg_policy y ${relation('y.polrelid')}`,
  `select n.nspname::text, t.typname::text, e.enumlabel::text from pg_catalog.pg_enum e ${type('e.enumtypid')}`,
  `select n.nspname::text, t.typname::text, t.typdefault from pg_catalog.pg_type d ${type('d.oid')} where d.typdefault is not null`,
  `select n.nspname::text, c.relname::text, pg_catalog.pg_get_statisticsobjdef(s.oid) from pg_catalog.pg_statistic_ext s ${relation('s.stxrelid')}`,
  // A filter of rows is there from PostgreSQL 15 on.
  `select '', u.pubname::text, to_jsonb(u) ->> 'rowfilter' from pg_catalog.pg_publication_tables u`,
  `select n.nspname::text, d.dictname::text, d.dictinitoption from pg_catalog.pg_ts_dict d join pg_catalog.pg_namespace n on n.oid = d.dictnamespace and ${own('d.oid')}`,
];

const NAMES = [
  `select '', '', n.nspname::text, c.relname::text from pg_catalog.pg_class k ${relation('k.oid')}`,
  `select '', '', n.nspname::text, null from pg_catalog.pg_namespace n where ${own('n.oid')}`,
  `select n.nspname::text, c.relname::text, a.attname::text, null from pg_catalog.pg_attribute a ${relation('a.attrelid')} where a.attnum > 0`,
  `select n.nspname::text, '', p.proname::text, null from pg_catalog.pg_proc r ${routine('r.oid')}`,
  `select n.nspname::text, '', t.typname::text, null from pg_catalog.pg_type d ${type('d.oid')}`,
  `select '', '', e.evtname::text, null from pg_catalog.pg_event_trigger e`,
  `select '', '', u.pubname::text, null from pg_catalog.pg_publication u`,
];

const SETTINGS = [
  `select '', w.fdwname::text, array_to_string(w.fdwoptions, ' ') from pg_catalog.pg_foreign_data_wrapper w`,
  `select '', s.srvname::text, array_to_string(s.srvoptions, ' ') from pg_catalog.pg_foreign_server s`,
  `select '', 'user mapping', array_to_string(u.umoptions, ' ') from pg_catalog.pg_user_mapping u`,
  `select n.nspname::text, c.relname::text, array_to_string(f.ftoptions, ' ') from pg_catalog.pg_foreign_table f ${relation('f.ftrelid')}`,
  `select n.nspname::text, c.relname::text, array_to_string(a.attfdwoptions, ' ') from pg_catalog.pg_attribute a ${relation('a.attrelid')} where a.attfdwoptions is not null`,
  `select '', 'settings', array_to_string(r.setconfig, ' ') from pg_catalog.pg_db_role_setting r where r.setdatabase = ${OWN_DATABASE}`,
];

const all = (questions: readonly string[]): string => questions.join('\nunion all ');

/** Rows of schema, table, and texts. */
const KEPT: readonly Kept[] = [
  {
    what: 'comments',
    text: all([
      `select coalesce(n.nspname, '')::text, coalesce(c.relname, d.classoid::regclass::text)::text, d.description
        from pg_catalog.pg_description d
        left join pg_catalog.pg_class c on c.oid = d.objoid and d.classoid = 'pg_catalog.pg_class'::regclass
        left join pg_catalog.pg_namespace n on n.oid = c.relnamespace where d.objoid >= 16384`,
      `select '', s.classoid::regclass::text, s.description from pg_catalog.pg_shdescription s where s.classoid = 'pg_catalog.pg_database'::regclass and s.objoid = ${OWN_DATABASE}`,
      `select '', l.provider, l.label from pg_catalog.pg_seclabel l`,
    ]),
  },
  { what: 'definitions', text: all(DEFINITIONS) },
  { what: 'names', text: all(NAMES) },
  {
    what: 'statistics',
    needs: 'pg_statistic',
    text: all([
      `select n.nspname::text, c.relname::text, s.stavalues1::text, s.stavalues2::text, s.stavalues3::text, s.stavalues4::text, s.stavalues5::text
        from pg_catalog.pg_statistic s ${relation('s.starelid')}`,
      `select e.schemaname::text, e.tablename::text, e.most_common_vals::text, null, null, null, null from pg_catalog.pg_stats_ext e`,
      `select x.schemaname::text, x.tablename::text, x.most_common_vals::text, x.histogram_bounds::text, x.most_common_elems::text, null, null
        from pg_catalog.pg_stats_ext_exprs x`,
    ]),
  },
  {
    what: 'large objects',
    needs: 'pg_largeobject',
    isBinary: true,
    text: `select '', m.oid::text, pg_catalog.lo_get(m.oid, g.piece, 1049600) from pg_catalog.pg_largeobject_metadata m
      cross join lateral pg_catalog.generate_series(0::bigint, (select max(o.pageno)::bigint * 2048 from pg_catalog.pg_largeobject o where o.loid = m.oid), 1048576) as g(piece)`,
  },
  { what: 'settings and servers', needs: 'pg_user_mapping', text: all(SETTINGS) },
  {
    what: 'subscriptions',
    needs: 'pg_subscription',
    text: `select '', s.subname::text, s.subconninfo from pg_catalog.pg_subscription s where s.subdbid = ${OWN_DATABASE}`,
  },
];
