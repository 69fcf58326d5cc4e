import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyTargetSettings } from '../../../../engine/sanitization/target/applyTargetSettings.ts';
import { verifySanitization } from '../../../../engine/sanitization/verify.ts';
import { packOf, sandbox } from '../fit/subject.ts';
import { startTestServer, type TestServer } from '../testDatabase.ts';

/** One column of every type, with values at its edges. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  'numeric(32,16)': ["'1234567890123456.1234567890123456'", "'-0.0000000000000001'", "'7'"],
  numeric: [`'${'9'.repeat(60)}.${'1'.repeat(40)}'`, "'NaN'", "'Infinity'"],
  bigint: ["'9223372036854775807'", "'-9223372036854775808'", "'9007199254740993'"],
  smallint: ["'32767'", "'-32768'", '0'],
  real: ["'3.4028235e38'", "'1e-45'", "'0.1'"],
  'double precision': ["'1.7976931348623157e308'", "'5e-324'", "'0.1'::float8 + '0.2'::float8"],
  money: ["'92233720368547758.07'", "'-0.01'", "'1234.5'"],
  boolean: ['true', 'false', 'null'],
  text: ["E'trailing  \\n'", "'Ünï 名前 🚚'", "''"],
  'varchar(40)': ["'null'", "'1.50'", "' lead'"],
  'char(6)': ["'ab'", "''", "'abcdef'"],
  bytea: ["'\\x00ff10'", "'\\x'", "'\\x5c78'"],
  date: ["'0001-01-01'", "'9999-12-31'", "'2026-03-01 BC'"],
  'time(6)': ["'23:59:59.999999'", "'00:00'", "'24:00'"],
  timetz: ["'10:00:00.5+05:30'", "'00:00-12'", 'null'],
  timestamp: ["'2026-03-29 02:30:00.123456'", "'infinity'", "'1900-01-01'"],
  timestamptz: ["'2026-10-25 02:30:00.000001+02'", "'2026-10-25 02:30:00.000001+01'", "'-infinity'"],
  interval: ["'1 year 2 mons 3 days 04:05:06.000007'", "'-1 mon +2 days'", "'0'"],
  uuid: ["'6f9619ff-8b86-d011-b42d-00cf4fc964ff'", 'null', "'00000000-0000-0000-0000-000000000000'"],
  json: [`'{"b": 1,  "a": 1, "a": 12345678901234567890.10}'`, "'[]'", '\'"x"\''],
  jsonb: [`'{"b": 1, "a": 1.10}'`, "'null'", 'null'],
  xml: ["'<a>  <b/> </a>'", "'text <b/>'", 'null'],
  'text[]': [`'{"a,b",NULL,"null","\\"q\\""}'`, "'{}'", "'[2:3]={x,y}'"],
  'timestamptz[]': [`'{"2026-10-25 02:30:00.000001+02"}'`, 'null', "'{}'"],
  'numeric(10,4)[]': ["'{{1.5,2.0001},{3,4}}'", 'null', "'{}'"],
  inet: ["'10.0.0.1/8'", "'::1'", 'null'],
  'bit(5)': ["B'10101'", "B'00000'", 'null'],
  int4range: ["'[1,5)'", "'empty'", 'null'],
  tsvector: ["'a:1 b:2A'", 'null', "''"],
  point: ["'(0.1,1e-30)'", 'null', "'(1,2)'"],
  mood: ["'good; --'", 'null', "'bad'"],
  short_text: ["'abc'", 'null', "'x'"],
};
const columns = Object.keys(TYPES).map((type, index) => `"C${String(index)}" ${type}`);
const TABLE = `create type mood as enum ('good; --', 'bad'); create domain short_text as varchar(3);
  create table "SETTINGS" ("RECID" bigint primary key, ${columns.join(', ')});`;
const ROWS = [0, 1, 2].map(
  (row) =>
    `insert into "SETTINGS" values (${String(row + 1)}, ${Object.values(TYPES)
      .map((values) => values[row])
      .join(', ')});`,
);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(TABLE);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const keepRows = { id: 'settings', table: 'SETTINGS', action: 'keep-rows', offending: 'any-row' };
const content = `select "RECID", row_to_json("SETTINGS")::text as all_of_it, "C0"::text, "C7"::text from "SETTINGS" order by 1`;

test('rows of every type › arrive exactly, whatever the two databases think of dates, money and zones', async () => {
  await using target = await server.database(ROWS.join(''));
  await using copy = await server.database(ROWS[0]);
  await target.rows(`set datestyle = 'SQL, DMY'; set timezone = 'Asia/Kolkata'; set intervalstyle = 'sql_standard';
    set extra_float_digits = -3; set bytea_output = 'escape'`);
  await copy.rows(
    `set datestyle = 'German, MDY'; set timezone = 'America/St_Johns'; set intervalstyle = 'iso_8601'; set xmloption = document`,
  );

  const packs = packOf(keepRows);
  const kept = await applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox });

  expect(kept).toMatchObject([{ rows: 3 }]);
  expect(await copy.rows(content)).toEqual(await target.rows(content));
  const verdicts = () => verifySanitization({ session: copy.session, packs, sandbox, kept });
  expect(await verdicts()).toMatchObject([{ passed: true, offendingRows: 0 }]);
  await copy.rows(`update "SETTINGS" set "C0" = "C0" + 0.0000000000000001 where "RECID" = 2`);
  expect(await verdicts()).toMatchObject([{ passed: false, offendingRows: 1 }]);
});

test('columns of every type › arrive exactly in the rows with the same key', async () => {
  const names = Object.keys(TYPES).map((_, index) => `C${String(index)}`);
  await using target = await server.database(ROWS.join(''));
  await using copy = await server.database('insert into "SETTINGS" ("RECID") values (1), (2), (3), (4)');
  const rule = {
    ...keepRows,
    action: 'keep-columns',
    key: 'RECID',
    columns: names,
    offending: [{ column: 'C0', isNotNull: true }],
  };

  const kept = await applyTargetSettings({ target: target.session, copy: copy.session, packs: packOf(rule), sandbox });

  expect(kept).toMatchObject([{ rows: 3 }]);
  expect((await copy.rows(content)).slice(0, 3)).toEqual(await target.rows(content));
  const packs = packOf(rule);
  expect(await verifySanitization({ session: copy.session, packs, sandbox, kept })).toMatchObject([{ passed: true }]);
  await copy.rows(`update "SETTINGS" set "C8" = 'production' where "RECID" = 4`);
  expect(await verifySanitization({ session: copy.session, packs, sandbox, kept })).toMatchObject([{ passed: false }]);
});

test('a key that repeats over the border of a page, or is missing › loses no row', async () => {
  const table = `create table "PRINTERS" ("NAME" text, "PATH" text);`;
  await using target = await server.database(`${table}
    insert into "PRINTERS" select case when n % 7 = 0 then null else 'p' || n % 3 end, n::text from generate_series(1, 50) n;`);
  await using copy = await server.database(table);
  const rule = { id: 'printers', table: 'PRINTERS', action: 'keep-rows', key: 'NAME', offending: 'any-row' };

  for (const batchRows of [1, 2, 7, 50, 51]) {
    const context = { target: target.session, copy: copy.session, packs: packOf(rule), sandbox, batchRows };
    expect(await applyTargetSettings(context)).toMatchObject([{ rows: 50 }]);
    const all = `select "NAME", "PATH" from "PRINTERS" order by "PATH"::int`;
    expect(await copy.rows(all)).toEqual(await target.rows(all));
  }
});

test('values that the copy’s type rounds or folds › are refused, though the number of rows is right', async () => {
  for (const [type, narrower, value] of [
    ['numeric(32,16)', 'numeric(18,2)', "'1.239'"],
    ['double precision', 'real', "'0.30000000000000004'"],
    ['timestamp', 'timestamp(3)', "'2026-03-29 02:30:00.123456'"],
    ['json', 'jsonb', `'{"a":1,"a":2}'`],
  ] as const) {
    const table = (of: string) => `create table "T" ("RECID" bigint, "V" ${of});`;
    await using target = await server.database(`${table(type)} insert into "T" values (1, ${value})`);
    await using copy = await server.database(table(narrower));
    const rule = { id: 'kept', table: 'T', action: 'keep-rows', offending: 'any-row' };

    const applied = applyTargetSettings({ target: target.session, copy: copy.session, packs: packOf(rule), sandbox });

    await expect(applied).rejects.toThrow('what stands in the 1 rows of T is not what was read');
  }
});

test('a target that hides rows by a policy › is refused before anything is written', async () => {
  await using target = await server.database(`${ROWS.join('')} create role tester; grant select on "SETTINGS" to tester;
    alter table "SETTINGS" enable row level security; set role tester;`);
  await using copy = await server.database(ROWS[0]);
  const session = { ...copy.session, execute: () => Promise.reject(new Error('A statement was executed')) };

  await expect(
    applyTargetSettings({ target: target.session, copy: session, packs: packOf(keepRows), sandbox }),
  ).rejects.toThrow('public.SETTINGS hides rows of the target by a policy (rule settings of only: exempt this account');
});
