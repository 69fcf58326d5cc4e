import { afterAll, beforeAll, expect, test } from 'vitest';
import { placesOf } from '../../../engine/proofs/places/places.ts';
import { readColumns } from '../../../engine/sanitization/coverage/readColumns.ts';
import { parsePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { sandbox } from '../sanitization/packs.ts';
import { startTestServer, type TestServer } from '../sanitization/testDatabase.ts';
import { CANARIES } from './canaries.ts';
import { placesIn, sanitizeNoting, search } from './copies.ts';

const TABLES = 200;
const ROWS = 25;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The table's number decides what its column holds, and what a rule does with it. */
const KINDS = ['email', 'person', 'iban', 'phone', 'tax-number'] as const;
const kindOf = (table: number) => KINDS[table % KINDS.length] ?? 'email';
const WORDS = ['Anna', 'Bertil', 'Chiara', 'Dorothea', 'Emil', 'Florian', 'Greta', 'Hendrik', 'Ingeborg', 'Jaromir'];
const word = (number: number) => WORDS[number % WORDS.length] ?? '';

function valueOf(table: number, row: number): string {
  const n = table * ROWS + row;
  switch (kindOf(table)) {
    case 'email':
      return `${word(n)}.${word(n >> 3)}${String(n)}@contoso.example`.toLowerCase();
    case 'person':
      return `${word(n)} ${word(n >> 2)}${'abcdefghij'.charAt(n % 10)}${'klmnopqrst'.charAt((n >> 3) % 10)}son`;
    case 'iban':
      return iban(String(37_040_044_0532_013_000 + n * 97).padStart(18, '0'));
    case 'phone':
      return `+49 30 ${String(90_000_000 + n * 7)}`;
    case 'tax-number':
      return `CZ${String(700_000_000 + n * 13)}`;
  }
}

function iban(account: string): string {
  const rest = BigInt(`${account}131400`) % 97n;
  return `DE${String(98n - rest).padStart(2, '0')}${account}`;
}

const nameOf = (table: number) => `T${String(table).padStart(3, '0')}`;

const SCHEMA = `create schema loose;
create table "T900" ("ENDPOINT" text, "APPLICATIONKEY" bytea, "CONNECTIONSTRING" text);
insert into "T900" values ('https://erp.contoso-prod.net/soap', '\\x0123456789abcdef00112233445566778899aabb',
  'Server=tcp:sql-7.contoso-prod.net;Database=AX;User Id=axuser;Password=S3cr3t/Passw0rd+77');
${numbers(TABLES)
  .map(
    (table) => `create table "${nameOf(table)}" ("RECID" int primary key, "V" varchar(200), "N" int);
insert into "${nameOf(table)}" values ${numbers(ROWS)
      .map((row) => `(${String(row)}, '${valueOf(table, row)}', 1)`)
      .join(', ')};`,
  )
  .join('\n')}`;

const element = { source: 'as the test says', reason: 'as the test says', disposition: 'cleared', title: 'Canaries' };
const pack = parsePack(
  {
    name: 'canaries',
    title: 'Every column that is ruled',
    elements: [
      {
        ...{ ...element, id: 'canaries' },
        rules: [
          ...numbers(TABLES).map((table) =>
            table % 4 === 3
              ? { id: `t${String(table)}`, table: nameOf(table), action: 'delete-rows', offending: 'any-row' }
              : {
                  ...{ id: `t${String(table)}`, table: nameOf(table), action: 'mask', columns: { V: kindOf(table) } },
                  offending: [{ column: 'V', notMasked: kindOf(table) }],
                },
          ),
          {
            ...{ id: 't900', table: 'T900', action: 'clear-columns' },
            columns: ['ENDPOINT', 'APPLICATIONKEY', 'CONNECTIONSTRING'],
            offending: [{ column: 'ENDPOINT', isNotEmpty: true }],
          },
        ],
      },
    ],
  },
  'canaries.yaml',
);

/** What of production's own services stands where nobody looks for it. */
const ENDPOINTS = [
  ['link', `'open HTTPS://ERP.contoso-prod.net/soap first'`, 'text', 'host', 'url'],
  ['path', `'sql-7.contoso-prod.net'`, 'text', 'host'],
  ['secret', `'\\xff0123456789abcdef00112233445566778899aabbff'`, 'bytea', 'key'],
  ['note', `encode('\\x0123456789abcdef00112233445566778899aabb', 'base64')`, 'text', 'key'],
  ['login', `'{"pw":"S3cr3t/Passw0rd+77"}'`, 'json', 'key'],
].map(([name = '', value = '', type = '', ...kinds]) => ({
  plant: `create table loose.${name} (v ${type}); insert into loose.${name} values (${value});`,
  found: kinds.map((kind) => `AxDB.loose.${name}.v: ${kind}`),
}));

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(SCHEMA);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const { administrator } = sandbox;

test(
  'the search › finds no canary in ruled columns, and every one in places that no rule speaks of',
  { timeout: 60_000 },
  async () => {
    await using application = await server.database();
    await using beside = await server.emptyDatabase('create table ledger (v text);');
    const planted = CANARIES.map((canary, index) => ({ ...canary, value: valueOf(5 * (index % 40), index % ROWS) }));
    for (const { plant, value } of planted) await application.client.query(plant(value));
    for (const { plant } of ENDPOINTS) await application.client.query(plant);
    await beside.client.query(`insert into ledger values ('${valueOf(1, 1)}')`);
    const copy = { application: application.session, financialReporting: beside.session };

    await sanitizeNoting({ copy, packs: [pack], administrator });
    const results = await search({ packs: [pack] }, copy);

    const [personal] = results;
    expect(personal?.searched.values).toBeGreaterThan(5_000);
    expect(personal?.sampled).toBe(false);
    const found = placesIn(results).map((place) => place.replace(/: \d+ /, ': '));
    expect(found.toSorted()).toEqual(
      [
        ...planted.map(({ place }) => `AxDB.${place}: mail`),
        ...ENDPOINTS.flatMap(({ found }) => found),
        'MR.public.ledger.v: full-name',
      ].toSorted(),
    );
  },
);

test('rows that a policy hides, and what somebody has put among the server’s own › read “not searched”, or are looked at', async () => {
  await using database = await server.emptyDatabase(`
    create table "GUARDED" (v text); create table "OPEN" (v text); alter table "GUARDED" enable row level security;
    create role reader; grant select on all tables in schema public to reader;
    create table information_schema.hidden (v text)`);
  const rowsOf = async () => {
    const { notSearched } = await placesOf.postgres.list(database.session);
    return notSearched.filter(({ what }) => what.startsWith('rows of'));
  };
  expect(await rowsOf()).toEqual([]);
  expect((await readColumns(database.session)).map(({ schema }) => schema)).toContain('information_schema');
  await database.rows('set role reader');
  expect(await rowsOf()).toEqual([
    { what: 'rows of public.GUARDED', why: 'a policy of the database hides rows from this account' },
  ]);
});
