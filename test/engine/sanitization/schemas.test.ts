import { afterAll, beforeAll, expect, test } from 'vitest';
import { ColumnMismatchError, MandatoryTableMissingError } from '../../../engine/sanitization/errors.ts';
import { parsePack, type RulePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { sanitize } from '../../../engine/sanitization/sanitize.ts';
import { applyTargetSettings } from '../../../engine/sanitization/target/applyTargetSettings.ts';
import { verifySanitization } from '../../../engine/sanitization/verify.ts';
import { sandbox } from './packs.ts';
import { startTestServer, type TestServer } from './testDatabase.ts';

const quoted = (schema: string) => `"${schema.replaceAll('"', '""')}"`;
const customers = (schema: string) => `
  create schema if not exists ${quoted(schema)};
  create table ${quoted(schema)}."CUSTTABLE" ("RECID" bigserial primary key, "NAME" text not null default '', "NOTES" text default '');
  insert into ${quoted(schema)}."CUSTTABLE" ("NAME", "NOTES") values ('Jörg Kröger', 'of ${schema}');`;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(['public', 'ax', 'a.b "c', 'rewind'].map(customers).join('\n'));
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const blank = {
  id: 'names',
  table: 'CUSTTABLE',
  action: 'set-columns',
  values: { NAME: '' },
  offending: [{ column: 'NAME', isNotEmpty: true }],
};
const packOf = (...rules: readonly object[]): readonly RulePack[] => {
  const element = { id: 'e', title: 'T', source: 'S', disposition: 'kept-from-target', reason: 'R', rules };
  return [parsePack({ name: 'p', title: 'T', elements: [element] }, 'p')];
};

const names = `select 'public' as schema, "NAME" from public."CUSTTABLE" union all select 'ax', "NAME" from ax."CUSTTABLE"
  union all select 'a.b', "NAME" from "a.b ""c"."CUSTTABLE" union all select 'rewind', "NAME" from rewind."CUSTTABLE"`;

test('a rule without a schema › holds for the table of its name in every schema of the company', async () => {
  await using copy = await server.database();
  const packs = packOf(blank);

  const results = await sanitize({ session: copy.session, packs, sandbox });
  const verdicts = await verifySanitization({ session: copy.session, packs, sandbox });

  expect(results.map(({ table, rows }) => [table, rows])).toEqual([
    ['CUSTTABLE', 1],
    ['a.b "c.CUSTTABLE', 1],
    ['ax.CUSTTABLE', 1],
  ]);
  expect(verdicts.map(({ table, passed }) => [table, passed])).toEqual(results.map(({ table }) => [table, true]));
  expect((await copy.rows(names)).filter(({ NAME }) => NAME !== '').map(({ schema }) => schema)).toEqual(['rewind']);
});

test('a rule without a schema › is not proved while one table of its name is as before', async () => {
  await using copy = await server.database();
  await sanitize({ session: copy.session, packs: packOf({ ...blank, schema: 'DBO' }), sandbox });

  const verdicts = await verifySanitization({
    session: copy.session,
    packs: packOf({ ...blank, schema: 'AX' }),
    sandbox,
  });
  const all = await verifySanitization({ session: copy.session, packs: packOf(blank), sandbox });

  expect(verdicts.map(({ table, passed }) => [table, passed])).toEqual([['ax.CUSTTABLE', false]]);
  expect(all.map(({ passed }) => passed)).toEqual([true, false, false]);
});

test.each([
  ['DBO', 'public'],
  ['AX', 'ax'],
])('a rule for schema %s › holds there alone', async (schema, changed) => {
  await using copy = await server.database();

  await sanitize({ session: copy.session, packs: packOf({ ...blank, schema }), sandbox });

  expect((await copy.rows(names)).filter(({ NAME }) => NAME === '').map((row) => row['schema'])).toEqual([changed]);
});

test('a namesake whose columns do not fit › is refused with its schema before the first change', async () => {
  await using copy = await server.database('alter table ax."CUSTTABLE" drop column "NAME";');
  const session = { ...copy.session, execute: () => Promise.reject(new Error('A statement was executed')) };

  const refused = sanitize({ session, packs: packOf(blank), sandbox });

  await expect(refused).rejects.toThrow(ColumnMismatchError);
  await expect(refused).rejects.toThrow('ax.CUSTTABLE.NAME does not exist (rule names of p)');
});

test('a table that must be there › must be where Finance & Operations looks for it', async () => {
  await using copy = await server.database('drop table public."CUSTTABLE";');

  await expect(
    sanitize({ session: copy.session, packs: packOf({ ...blank, whenAbsent: 'fail' }), sandbox }),
  ).rejects.toThrow(MandatoryTableMissingError);
});

test('what is kept from the target › is kept schema by schema', async () => {
  await using copy = await server.database();
  await using target = await server.database(`
    update public."CUSTTABLE" set "NOTES" = 'the sandbox’s own'; update ax."CUSTTABLE" set "NOTES" = 'its second';
    drop table "a.b ""c"."CUSTTABLE";`);
  const packs = packOf({ id: 'kept', table: 'CUSTTABLE', action: 'keep-rows', offending: 'any-row' });

  await sanitize({ session: copy.session, packs, sandbox });
  const kept = await applyTargetSettings({ target: target.session, copy: copy.session, packs, sandbox });

  expect(kept.map(({ table, rows, skipped }) => [table, rows, skipped])).toEqual([
    ['CUSTTABLE', 1, undefined],
    ['a.b "c.CUSTTABLE', 0, 'no such table'],
    ['ax.CUSTTABLE', 1, undefined],
  ]);
  expect(
    await copy.rows('select "NOTES" from public."CUSTTABLE" union all select "NOTES" from ax."CUSTTABLE"'),
  ).toEqual([{ NOTES: 'the sandbox’s own' }, { NOTES: 'its second' }]);
  const verdicts = await verifySanitization({ session: copy.session, packs, sandbox, kept });
  expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
});

test('a value from another table › comes from the one beside, else from Finance & Operations’ own', async () => {
  await using copy = await server.database(`
    create table public."PARTITIONS" ("KEY" text, "LABEL" text); insert into public."PARTITIONS" values ('a', 'main');
    create table ax."PARTITIONS" ("KEY" text, "LABEL" text); insert into ax."PARTITIONS" values ('a', 'beside');`);
  const from = { table: 'PARTITIONS', column: 'LABEL', where: [{ column: 'KEY', equals: 'a' }] };

  await sanitize({
    session: copy.session,
    packs: packOf({ ...blank, values: { NAME: { from } }, offending: [{ column: 'NAME', differs: { from } }] }),
    sandbox,
  });

  expect(Object.fromEntries((await copy.rows(names)).map(({ schema, NAME }) => [schema, NAME]))).toEqual({
    public: 'main',
    ax: 'beside',
    'a.b': 'main',
    rewind: 'Jörg Kröger',
  });
});

test('a pack’s own statement › runs for every table of its name, while its post-condition finds rows', async () => {
  await using copy = await server.database();
  const rule = {
    id: 'own',
    table: 'CUSTTABLE',
    action: 'sql',
    statements: { postgres: `update {table} set "NAME" = '', "NOTES" = "NOTES" || '!'` },
    offending: [{ column: 'NAME', isNotEmpty: true }],
  };

  const first = await sanitize({ session: copy.session, packs: packOf(rule), sandbox });
  const again = await sanitize({ session: copy.session, packs: packOf(rule), sandbox });

  expect([first, again].map((results) => results.map(({ rows }) => rows))).toEqual([
    // The ledger in the copy says what the first attempt has done; nothing runs twice.
    [1, 1, 1],
    [1, 1, 1],
  ]);
  expect([first, again].map((results) => results.map(({ by }) => by))).toEqual([
    [undefined, undefined, undefined],
    ['earlier', 'earlier', 'earlier'],
  ]);
  expect(await copy.rows('select "NOTES" from ax."CUSTTABLE"')).toEqual([{ NOTES: 'of ax!' }]);
  await expect(
    sanitize({
      session: copy.session,
      packs: packOf({ ...rule, statements: { mssql: 'delete from {table}' } }),
      sandbox,
    }),
  ).rejects.toThrow('CUSTTABLE has no statement for postgres (rule own of p)');
});
