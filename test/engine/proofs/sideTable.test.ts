import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '../../../engine/environments/provider.ts';
import { collectValues } from '../../../engine/proofs/collect/collectValues.ts';
import { readPage } from '../../../engine/proofs/collect/pack.ts';
import { readNote, readSought } from '../../../engine/proofs/collect/sideTable.ts';
import { keysFrom, PRINT_NUMBERS } from '../../../engine/proofs/scan/keys.ts';
import { dropLedger } from '../../../engine/sanitization/passes/dropLedger.ts';
import { isLedgerLeft } from '../../../engine/sanitization/passes/ledger.ts';
import { parsePack, rulesOf } from '../../../engine/sanitization/pack/rulePack.ts';
import { likeOf } from '../../../engine/sanitization/rules/conditions.ts';
import { readCatalogue } from '../../../engine/sanitization/rules/catalogue.ts';
import { prepareRules } from '../../../engine/sanitization/rules/prepareRules.ts';
import { packOf } from '../sanitization/fit/subject.ts';
import { sandbox } from '../sanitization/packs.ts';
import { inTransaction, startTestServer, type TestServer } from '../sanitization/testDatabase.ts';
import { placesIn, sanitizeNoting, search } from './copies.ts';

const TABLES = ['FIRST', 'SECOND'];
const SCHEMA = `${TABLES.map(
  (table) => `create table "${table}" ("V" varchar(200), "N" int); insert into "${table}"
  select 'anna.${table.toLowerCase()}.' || n || '@contoso.example', n from generate_series(1, 1500) n;`,
).join('\n')}
  create table "LOOSE" ("N" int, "V" text) with (fillfactor = 10);
  insert into "LOOSE" select n, repeat('Lorem ipsum ', 60) from generate_series(1, 20000) n;
  insert into "LOOSE" values (0, 'ask anna.second.77@contoso.example');`;

const element = { source: 'as the test says', reason: 'as the test says', disposition: 'cleared', title: 'Canaries' };
const pack = parsePack(
  {
    name: 'two',
    title: 'Two tables',
    elements: [
      {
        ...{ ...element, id: 'two' },
        rules: TABLES.map((table) => ({
          ...{ id: table.toLowerCase(), table, action: 'mask', columns: { V: 'email' } },
          offending: [{ column: 'V', notMasked: 'email' }],
        })),
      },
    ],
  },
  'two.yaml',
);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(SCHEMA);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const always = { packs: [pack], ...sandbox };
const countOf = (session: Session, text: string) => session.select<{ n: string }>(CompiledQuery.raw(text));

test('what is sought › is noted once, whole, and told to nobody who reads one of the databases', async () => {
  await using application = await server.database();
  await using beside = await server.emptyDatabase('');
  const copy = { application: application.session, financialReporting: beside.session };
  // Its worker is gone while the second table is read.
  let poured = 0;
  const dying: Session = {
    ...application.session,
    pour: (query, sink) => {
      poured += 1;
      return poured === 2 ? Promise.reject(new Error('gone')) : application.session.pour(query, sink);
    },
  };
  await expect(sanitizeNoting({ ...always, copy: { ...copy, application: dying } })).rejects.toThrow('gone');
  expect(await readNote(application.session)).toBeUndefined();
  expect(
    await countOf(application.session, `select count(*) as n from "FIRST" where "V" like '%@masked.invalid'`),
  ).toEqual([{ n: '0' }]);

  await sanitizeNoting({ ...always, copy });
  expect(await readNote(application.session)).toEqual({ personal: 3000, endpoints: 0, prints: 3000, isCut: false });
  const kept = await application.rows('select page from rewind.sought');
  const bytes = Buffer.concat(kept.map(({ page }) => (page instanceof Uint8Array ? page : Buffer.alloc(0))));
  expect(bytes.length).toBeGreaterThan(3000 * 20);
  expect([bytes.includes('contoso'), bytes.toString('latin1').includes('anna.')]).toEqual([false, false]);
  // What has the same pages in it twice would be no cipher.
  expect(new Set(kept.map(({ page }) => String(page))).size).toBe(kept.length);

  await sanitizeNoting({ ...always, copy });
  expect(await readNote(application.session)).toEqual({ personal: 3000, endpoints: 0, prints: 3000, isCut: false });

  // Without its first page some would not be found, without its last one none; one that stands there twice came from elsewhere.
  for (const change of [
    'delete from rewind.sought where ctid = (select min(ctid) from rewind.sought)',
    'delete from rewind.sought where ctid = (select max(ctid) from rewind.sought)',
    'insert into rewind.sought select * from rewind.sought',
  ])
    await inTransaction(application, async () => {
      await application.rows(change);
      await expect(readSought(copy)).rejects.toMatchObject({ code: 'search-impossible' });
    });
  await beside.client.query(`update rewind.sought_key set key_bytes = sha256('another')`);
  await expect(readSought(copy)).rejects.toMatchObject({ code: 'search-impossible' });
  await beside.client.query('delete from rewind.sought_key');
  expect(await readSought(copy)).toBeUndefined();
  for (const session of [beside.session, application.session]) await dropLedger(session);
  expect([await isLedgerLeft(application.session), await isLedgerLeft(beside.session)]).toEqual([false, false]);
});

test('a pattern without letters › means the same to PostgreSQL whether or not it is told to fold cases', async () => {
  await using database = await server.emptyDatabase('');
  const values = ['a@b', 'A@B', '@', '\u{212a}@', '\u0130_1', 'ß%', 'x\\y', '1_2', 'Ǆ-9', '１２', 'KEY', ''];
  const patterns = ['%@%', '@', '_@_', '%\\_%', '%\\%%', '%1%', '-', '%-9', '1_2', '%', '%k%', '%É%', '_Z'];
  const isFolded = (pattern: string) => likeOf(pattern, 'postgres') === 'ilike';
  expect(patterns.filter(isFolded)).toEqual(['%k%', '%É%', '_Z']);
  const plain = patterns.filter((pattern) => !isFolded(pattern));
  const question =
    'select v, p from unnest($1::text[]) v, unnest($2::text[]) p where (v like p) <> (v collate pg_c_utf8 ilike p)';
  expect((await database.client.query(question, [values, plain])).rows).toEqual([]);
  expect((await database.client.query(question, [values, ['%k%']])).rows).not.toEqual([]);
});

test('a search beyond its time › reads parts of large tables, says sampled, and finds what it meets', async () => {
  await using application = await server.database();
  await using beside = await server.emptyDatabase('');
  const copy = { application: application.session, financialReporting: beside.session };
  await sanitizeNoting({ ...always, copy });
  const lines: string[] = [];
  const whole = await search({ packs: [pack], log: (text) => void lines.push(text) }, copy);
  expect(placesIn(whole)).toEqual(['AxDB.public.LOOSE.V: 1 mail']);
  expect(lines.filter((line) => line.includes('% searched')).length).toBeGreaterThan(1);
  const [all] = whole;
  const [part] = await search(always, copy, { budgetMs: 0 });
  expect([all?.sampled, part?.sampled]).toEqual([false, true]);
  expect(part?.searched.bytes).toBeLessThan((all?.searched.bytes ?? 0) * 0.9);
  expect(part?.searched.bytes).toBeGreaterThan(0);
});

test('what both databases hold › is noted once, and what only one of them holds is found in the other', async () => {
  await using application = await server.database();
  await using beside = await server.emptyDatabase(`create table "USERS" ("V" varchar(200), "NAME" varchar(100));
    insert into "USERS" values ('Anna.First.1@contoso.example', 'Jürgen Müller'), ('only.here@contoso.example', '')`);
  const users = parsePack(
    {
      name: 'users',
      title: 'Users of reports',
      elements: [
        {
          ...{ ...element, id: 'users' },
          rules: [
            {
              ...{
                id: 'users',
                table: 'USERS',
                database: 'financialReporting',
                action: 'mask',
                columns: { V: 'email', NAME: 'person' },
              },
              offending: [
                {
                  any: [
                    { column: 'V', notMasked: 'email' },
                    { column: 'NAME', notMasked: 'person' },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
    'users.yaml',
  );
  await application.client.query(`update "LOOSE" set "V" = 'ask only.here@contoso.example' where "N" = 0`);
  const copy = { application: application.session, financialReporting: beside.session };
  await sanitizeNoting({ ...sandbox, packs: [pack, users], copy });
  // The name in three ways of writing it: without and with capitals beyond ASCII, and with its accents apart.
  expect(await readNote(application.session)).toEqual({ personal: 3002, endpoints: 0, prints: 3004, isCut: false });
  expect(placesIn(await search({ packs: [pack, users] }, copy))).toEqual(['AxDB.public.LOOSE.V: 1 mail']);
});

test('what is sought › has room for endpoints and keys however many people there are', async () => {
  await using application = await server.database(
    `create table "SHOP" ("URL" varchar(80)); insert into "SHOP" values ('https://tills.contoso.example/x'), ('https://shop.contoso.example/y');`,
  );
  const { session } = application;
  const urls = { id: 'urls', table: 'SHOP', action: 'clear-columns', columns: ['URL'] };
  const shop = packOf({ ...urls, offending: [{ column: 'URL', isNotEmpty: true }] });
  const { rules } = await prepareRules(session, rulesOf([pack, ...shop]), sandbox);
  const catalogue = await readCatalogue(session, [...TABLES, 'SHOP']);
  const kept: Buffer[] = [];

  const note = await collectValues({
    databases: [{ session, rules, scope: { dialect: 'postgres', catalogue, ...sandbox } }],
    ...{
      keys: keysFrom(Buffer.alloc(32, 1)),
      spared: [],
      sparedParts: [],
      known: [],
      most: 1000,
      keptForEndpoints: 50,
      pages: { put: (page) => void kept.push(page), settle: async () => undefined },
    },
  });

  // A URL, and its host.
  expect(note).toEqual({ personal: 950, endpoints: 4, prints: 954, isCut: true });
  const prints = kept.map(readPage).flatMap((page) => ('prints' in page ? [...page.prints] : []));
  expect(prints).toHaveLength(954 * PRINT_NUMBERS);
});

test('a reading that fails in its middle, at the server or at the reader › is told, and the connection goes on', async () => {
  await using application = await server.database();
  const { session } = application;
  const texts: string[] = [];
  const sink = {
    field: (_: number, bytes: Buffer, from: number, to: number) => void texts.push(bytes.toString('utf8', from, to)),
    row: () => undefined,
  };
  const failing = CompiledQuery.raw(`select (6 / (2000 - n))::text from generate_series(1, 2001) n`);
  await expect(session.pour(failing, sink)).rejects.toThrow('division by zero');
  expect(texts.length).toBeLessThan(2000);
  const row = () => {
    throw new Error('enough');
  };
  const long = CompiledQuery.raw(`select repeat(n::text, 40000) from generate_series(1, 9) n`);
  await expect(session.pour(long, { ...sink, row })).rejects.toThrow('enough');
  texts.length = 0;
  const both = [session.pour(long, sink), session.pour(long, sink)];
  await Promise.all(both);
  expect(await countOf(session, 'select 7 as n')).toEqual([{ n: 7 }]);
  expect(texts).toEqual([1, 2].flatMap(() => Array.from({ length: 9 }, (__, at) => String(at + 1).repeat(40_000))));
});
