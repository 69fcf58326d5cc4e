/** A value that no rule speaks of where it stands; where the search has to find it, as schema, table and column. */
export interface Canary {
  readonly place: string;
  readonly plant: (value: string) => string;
}

const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64');
const hex = (bytes: Buffer) => `'\\x${bytes.toString('hex')}'::bytea`;
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();
const escaped = (text: string) =>
  Array.from(text, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const entities = (text: string) => Array.from(text, (letter) => `&#${String(letter.charCodeAt(0))};`).join('');
const percent = (text: string) => Array.from(text, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');

/** A table of one column in a schema of somebody's own. */
const column = (name: string, type: string, value: (value: string) => string): Canary => ({
  place: `loose.${name}.v`,
  plant: (text) => `create table loose."${name}" (v ${type}); insert into loose."${name}" values (${value(text)});`,
});
const quoted = (text: string) => `'${text}'`;

/** Types, encodings, and everything else in which PostgreSQL keeps a value. */
export const CANARIES: readonly Canary[] = [
  column('as text', 'text', quoted),
  column('as varchar', 'varchar(200)', quoted),
  column('as char', 'char(200)', quoted),
  column('as name', 'name', quoted),
  column('in other words', 'text', (v) => quoted(`Please write to <${v}>, or call.`)),
  column('in capitals', 'text', (v) => quoted(v.toUpperCase())),
  column('behind a tag', 'text', (v) => quoted(`<b>${v}</b>`)),
  column('as json', 'json', (v) => quoted(`{"a":["${v}"]}`)),
  column('as jsonb', 'jsonb', (v) => quoted(`{"a":["${v}"]}`)),
  column('as xml', 'xml', (v) => quoted(`<a b="${v}"/>`)),
  column('as array', 'text[]', (v) => `array['x', '${v}']`),
  column('as words', 'tsvector', (v) => `to_tsvector('simple', '${v}')`),
  column('escaped in json', 'text', (v) => quoted(`{"a":"${escaped(v)}"}`)),
  column('escaped in xml', 'text', (v) => quoted(`<a>${entities(v)}</a>`)),
  column('escaped in an address', 'text', (v) => quoted(`https://a.invalid/?q=${percent(v)}&r=1`)),
  column('in base64', 'text', (v) => quoted(base64(`to: ${v}, and others`))),
  column('in base64 for addresses', 'text', (v) => quoted(`t=${Buffer.from(`>>>${v}???`).toString('base64url')}.x`)),
  column('wide in base64', 'text', (v) => quoted(base64(v, 'utf16le'))),
  column('in base64 in json in an address', 'text', (v) =>
    quoted(percent(`{"a":"${base64(`{"m":"${escaped(v)}"}`)}"}`)),
  ),
  column('as bytes', 'bytea', (v) => hex(Buffer.from(v))),
  column('as wide bytes', 'bytea', (v) => hex(Buffer.from(v, 'utf16le'))),
  column('as wide bytes the other way', 'bytea', (v) => hex(swapped(v))),
  column('among bytes', 'bytea', (v) =>
    hex(Buffer.concat([Buffer.from([1, 255, 3]), Buffer.from(v), Buffer.from([0, 7])])),
  ),
  column('wide among bytes', 'bytea', (v) =>
    hex(Buffer.concat([Buffer.from([1, 0xfe, 0xff]), Buffer.from(v, 'utf16le'), Buffer.from([0xff, 0xff])])),
  ),
  column('in base64 as bytes', 'bytea', (v) => hex(Buffer.from(base64(`x ${v} y`)))),
  column('far behind', 'text', (v) => `repeat('lorem ', 1500000) || '${v}' || repeat(' ipsum', 1000)`),
  {
    place: 'loose.typed.v',
    plant: (v) =>
      `create type loose.pair as (a int, b text); create table loose.typed (v loose.pair); insert into loose.typed values (row(1, '${v}'));`,
  },
  {
    place: 'loose.ranged.v',
    plant: (v) =>
      `create domain loose.short as text; create table loose.ranged (v loose.short); insert into loose.ranged values ('${v}');`,
  },
  {
    place: 'loose.part_1.v',
    plant: (v) =>
      `create table loose.parted (v text) partition by list (v); create table loose.part_1 partition of loose.parted default; insert into loose.parted values ('${v}');`,
  },
  {
    place: 'loose.child.v',
    plant: (v) =>
      `create table loose.parent (v text); create table loose.child () inherits (loose.parent); insert into loose.child values ('${v}');`,
  },
  {
    place: 'loose.quick.v',
    plant: (v) => `create unlogged table loose.quick (v text); insert into loose.quick values ('${v}');`,
  },
  {
    place: 'loose.kept.v',
    plant: (v) =>
      `create materialized view loose.kept as select repeat('${v.slice(0, 5)}', 1) || '${v.slice(5)}' as v;`,
  },
  { place: 'loose.seen.(definitions)', plant: (v) => `create view loose.seen as select '${v}'::text as v;` },
  {
    place: 'loose.greet.(definitions)',
    plant: (v) => `create function loose.greet() returns text language sql as $$ select '${v}'::text $$;`,
  },
  { place: 'loose.usual.(definitions)', plant: (v) => `create table loose.usual (v text default '${v}');` },
  { place: 'loose.checked.(definitions)', plant: (v) => `create table loose.checked (v text check (v <> '${v}'));` },
  {
    place: 'loose.indexed.(definitions)',
    plant: (v) => `create table loose.indexed (v text); create index on loose.indexed (v) where v = '${v}';`,
  },
  {
    place: 'loose.ruled.(definitions)',
    plant: (v) =>
      `create table loose.ruled (v text); create rule r as on delete to loose.ruled where old.v = '${v}' do instead nothing;`,
  },
  {
    place: 'loose.guarded.(definitions)',
    plant: (v) => `create table loose.guarded (v text); create policy p on loose.guarded using (v <> '${v}');`,
  },
  { place: 'loose.mood.(definitions)', plant: (v) => `create type loose.mood as enum ('${v}');` },
  {
    place: 'loose.told.(comments)',
    plant: (v) => `create table loose.told (v text); comment on table loose.told is 'ask ${v}';`,
  },
  {
    place: 'loose.told_more.(comments)',
    plant: (v) => `create table loose.told_more (v text); comment on column loose.told_more.v is '${v}';`,
  },
  { place: 'pg_namespace.(comments)', plant: (v) => `comment on schema loose is '${v}';` },
  {
    place: 'loose.counted.(statistics)',
    plant: (v) =>
      `create table loose.counted (v text); insert into loose.counted select '${v}' from generate_series(1, 50); analyze loose.counted; alter table loose.counted set (autovacuum_enabled = off); delete from loose.counted;`,
  },
  { place: '90001.(large objects)', plant: (v) => `select lo_from_bytea(90001, ${hex(Buffer.from(`see ${v}`))});` },
  {
    place: '90002.(large objects)',
    plant: (v) => `select lo_from_bytea(90002, convert_to(repeat('.', 1048570) || ' ${v}', 'UTF8'));`,
  },
  {
    place: 'far.(settings and servers)',
    plant: (v) => `create foreign data wrapper w; create server far foreign data wrapper w options (host '${v}');`,
  },
  {
    place: 'loose.before.v',
    plant: (v) =>
      `create table loose.after (v text); create table loose.before (v text); create function loose.note() returns trigger language plpgsql as $$ begin insert into loose.before values (new.v); return new; end $$; create trigger t after insert on loose.after for each row execute function loose.note(); insert into loose.after values ('${v}'); truncate loose.after;`,
  },
  {
    place: 'loose.history.v',
    plant: (v) =>
      `create table loose.history (id int, v text, valid_to timestamptz); insert into loose.history values (1, '${v}', now());`,
  },
  {
    place: 'loose.spans.v',
    plant: (v) =>
      `create type loose.textspan as range (subtype = text); create table loose.spans (v loose.textspan); insert into loose.spans values ('[${v},${v}]');`,
  },
  {
    place: 'loose.several spans.v',
    plant: (v) =>
      `create table loose."several spans" (v loose.textspan_multirange); insert into loose."several spans" values ('{[${v},${v}]}');`,
  },
  column('in a list of bytes', 'bytea[]', (v) => `array['x'::bytea, ${hex(Buffer.from(v, 'utf16le'))}]`),
  {
    place: 'loose.deep.v',
    plant: (v) =>
      `create domain loose.blob as bytea; create domain loose.blobs as loose.blob; create table loose.deep (v loose.blobs); insert into loose.deep values (${hex(Buffer.from(v))});`,
  },
  {
    place: 'information_schema.hidden.v',
    plant: (v) =>
      `create table information_schema.hidden (v text); insert into information_schema.hidden values ('${v}');`,
  },
  {
    place: 'loose.missing.(definitions)',
    plant: (v) =>
      `create table loose.missing (id int); insert into loose.missing values (1); alter table loose.missing add v text default '${v}'; alter table loose.missing alter v drop default; update loose.missing set v = '';`,
  },
  { place: 'loose.worded.(definitions)', plant: (v) => `create domain loose.worded as text default '${v}';` },
  {
    place: 'loose.tell.(definitions)',
    plant: (v) => `create function loose.tell() returns text begin atomic select '${v}'::text; end;`,
  },
  {
    place: 'loose.ask.(definitions)',
    plant: (v) => `create function loose.ask(a text default '${v}') returns text language sql as $$ select a $$;`,
  },
  {
    place: 'loose.joined.(definitions)',
    plant: (v) => `create aggregate loose.joined(text) (sfunc = textcat, stype = text, initcond = '${v}');`,
  },
  {
    place: 'loose.bound_1.(definitions)',
    plant: (v) =>
      `create table loose.bound (v text) partition by list (v); create table loose.bound_1 partition of loose.bound for values in ('${v}');`,
  },
  {
    place: 'heard.(definitions)',
    plant: (v) =>
      `create table loose.heard (v text primary key); create publication heard for table loose.heard where (v <> '${v}');`,
  },
  {
    place: 'loose.summed.(definitions)',
    plant: (v) =>
      `create table loose.summed (a text, b text); create statistics on (a || '${v}'), b from loose.summed;`,
  },
  {
    place: 'loose.(names)',
    plant: (v) => `create function loose."${v}"() returns int language sql as $$ select 1 $$;`,
  },
  { place: '(names)', plant: (v) => `create sequence loose."${v}";` },
  {
    place: 'user mapping.(settings and servers)',
    plant: (v) => `create user mapping for current_user server far options (password '${v}');`,
  },
  {
    place: 'loose.away.(settings and servers)',
    plant: (v) => `create foreign table loose.away (a text options (note '${v}')) server far;`,
  },
  {
    place: 'settings.(settings and servers)',
    plant: (v) =>
      `do $$ begin execute format('alter database %I set my.note = %L', current_database(), '${v}'); end $$;`,
  },
];
