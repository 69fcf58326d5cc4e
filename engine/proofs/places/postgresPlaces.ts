import { CompiledQuery } from 'kysely';
import { z } from 'zod';
import { ask } from '../../sanitization/passes/facts/ask.ts';
import { LONG, OVERLAP, PIECE, type PlaceColumn, type Places, type PlatformPlaces, type TablePlace } from './place.ts';
import { postgresCatalogue } from './postgresCatalogue.ts';
import { HIDDEN_ROWS, unread } from './unread.ts';

export const postgresPlaces: PlatformPlaces = {
  async list(session) {
    const rows = await ask(session, columnRow, COLUMNS);
    const places = Map.groupBy(rows, ({ id }) => id);
    const tables = [...places.values()].flatMap((columns): readonly TablePlace[] => {
      const [first] = columns;
      if (first === undefined) return [];
      const { schema, table, bytes, pages, has_children: hasChildren, is_toasted: mayBeLong } = first;
      const from = `${hasChildren ? 'only ' : ''}${quote(schema)}.${quote(table)}`;
      return [{ schema, table, bytes, pages, mayBeLong, from, columns: columns.map(columnOf) }];
    });
    const hidden = [...new Set(rows.filter((row) => row.is_hidden).map(({ schema, table }) => `${schema}.${table}`))];
    const { catalogue, notSearched } = await postgresCatalogue(session);
    return { tables, catalogue, notSearched: [...unread(hidden, HIDDEN_ROWS), ...notSearched] } satisfies Places;
  },

  read({ from, columns, mayBeLong }, part) {
    const expressions = columns.map(({ expression, isMeasured }) =>
      mayBeLong && isMeasured
        ? `case when octet_length(${expression}) <= ${String(LONG)} then ${expression} end`
        : expression,
    );
    const where =
      part.kind === 'pages'
        ? ` where ctid >= '(${String(part.from)},0)'::tid and ctid < '(${String(part.to)},0)'::tid`
        : '';
    const sample = part.kind === 'sample' ? ` tablesample system (${String(part.percent)})` : '';
    return CompiledQuery.raw(`select ${expressions.join(', ')} from ${from}${sample}${where}`);
  },

  longest: ({ from }, columns) =>
    CompiledQuery.raw(
      `select ${columns.map(({ expression }, index) => `max(octet_length(${expression})) as c${String(index)}`).join(', ')} from ${from}`,
    ),

  readPiece: ({ from }, { expression }, at) =>
    CompiledQuery.raw(
      `select substring(${expression} from ${String(at)} for ${String(PIECE + OVERLAP)}) from ${from} where octet_length(${expression}) > ${String(LONG)}`,
    ),
};

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const columnRow = z.object({
  id: z.coerce.number(),
  schema: z.string(),
  table: z.string(),
  column: z.string(),
  nature: z.enum(['text', 'bytes', 'list of bytes', 'other']),
  bytes: z.coerce.number(),
  pages: z.coerce.number(),
  has_children: z.coerce.boolean(),
  is_toasted: z.coerce.boolean(),
  is_hidden: z.coerce.boolean().default(false),
});

function columnOf({ column, nature }: z.infer<typeof columnRow>): PlaceColumn {
  const name = quote(column);
  const isMeasured = nature === 'text' || nature === 'bytes';
  return {
    name: column,
    expression: isMeasured ? name : nature === 'list of bytes' ? joined(name) : `cast(${name} as text)`,
    isBinary: nature === 'bytes' || nature === 'list of bytes',
    isMeasured,
  };
}

/** As text they would be digits. */
const joined = (list: string): string => `(select string_agg(each, '\\x00'::bytea) from unnest(${list}) as each)`;

/**
 * Everything that is no number, date or truth: text of every kind as it is, all else that can hold text as the server writes it. A table of
 * partitions has its rows in them; a foreign one has them elsewhere. What somebody has made stands in any schema.
 */
const COLUMNS = `
select c.oid as id, n.nspname as schema, c.relname as table, a.attname as column,
  case when b.typcategory = 'S' and b.typname not in ('char', 'name') then 'text' when b.typname = 'bytea' then 'bytes'
    when b.typcategory = 'A' and 'bytea'::regtype in (e.oid, e.typbasetype) then 'list of bytes' else 'other' end as nature,
  pg_table_size(c.oid) as bytes, pg_relation_size(c.oid) / current_setting('block_size')::int as pages, c.relhassubclass::int as has_children,
  (c.reltoastrelid <> 0 and pg_relation_size(c.reltoastrelid) > 0)::int as is_toasted, row_security_active(c.oid)::int as is_hidden
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
cross join lateral (
  with recursive domain as (
    select a.atttypid as oid
    union all select t.typbasetype from domain join pg_catalog.pg_type t on t.oid = domain.oid where t.typtype = 'd')
  select t.* from domain join pg_catalog.pg_type t on t.oid = domain.oid where t.typtype <> 'd') b
left join pg_catalog.pg_type e on e.oid = b.typelem
where c.relkind in ('r', 'm') and c.relpersistence <> 't' and c.oid >= 16384 and n.nspname <> 'rewind'
  and (c.relkind <> 'm' or c.relispopulated)
  and (b.typcategory in ('S', 'C', 'R') or b.typcategory = 'U' and b.typname not in ('uuid', 'macaddr', 'macaddr8', 'pg_lsn', 'txid_snapshot', 'pg_snapshot')
    or b.typcategory = 'A' and e.typcategory in ('S', 'C', 'U', 'R'))
order by n.nspname, c.relname, a.attnum`;
