import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MaskKind } from '../../../../engine/sanitization/pack/maskSchema.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { shippedPack } from '../packs.ts';
import { inTransaction, startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { packOf, sandbox } from './subject.ts';

let server: TestServer;
let copy: TestDatabase;
beforeAll(async () => {
  server = await startTestServer(`
    create collation loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
    create table "CUST" ("RECID" bigserial primary key, "NAME" varchar(40), "TAG" varchar(40), "AREA" varchar(10));
    insert into "CUST" ("NAME", "TAG", "AREA") values ('Ada Lovelace', 'one', 'a'), ('Bob Kahn', 'two', 'a'), (null, null, 'a'), ('', '', 'a'), ('Cy Young', 'three', 'b');`);
  copy = await server.database();
}, 60_000);
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const mask = (columns: Readonly<Record<string, MaskKind>>, where: readonly object[] = []) => {
  const left = Object.entries(columns).map(([column, kind]) => ({ column, notMasked: kind }));
  const chosen = where.length === 0 ? {} : { where };
  const offending = [...where, ...(left.length === 1 ? left : [{ any: left }])];
  return { id: 'masked', table: 'CUST', action: 'mask', columns, offending, ...chosen };
};

/** What becomes of a rule: refused before the first change, or carried out to the end by the server itself. */
async function resultOf(ddl: string, ...rules: readonly Readonly<Record<string, unknown>>[]): Promise<string> {
  return inTransaction(copy, async () => {
    await copy.rows(ddl);
    const touched: string[] = [];
    const session = {
      ...copy.session,
      executeTogether: (queries: Parameters<typeof copy.session.executeTogether>[0]) => {
        touched.push(...queries.map(({ sql }) => sql));
        return copy.session.executeTogether(queries);
      },
    };
    try {
      await sanitize({ session, packs: packOf(...rules), sandbox });
      return 'carried out';
    } catch (error) {
      return `${touched.length === 0 ? 'before the first change' : 'in the middle'}: ${String(error)}`;
    }
  });
}

const both = (place: string, index: string, kinds: string) =>
  `public.CUST.${place} belongs to unique index ${index}, in which several made-up values (${kinds}) can be the same (rule masked of only: mask it with a kind that keeps different values apart, or delete the rows)`;

test.each<readonly [what: string, ddl: string, columns: Readonly<Record<string, MaskKind>>, says: string]>([
  ['an index', 'create unique index u on "CUST" ("NAME")', { NAME: 'person' }, both('NAME', 'u', 'person')],
  [
    'a constraint',
    'alter table "CUST" add constraint u unique ("NAME")',
    { NAME: 'phone' },
    both('NAME', 'u', 'phone'),
  ],
  [
    'a short column, in which a kind that keeps values apart has too few characters for it',
    'alter table "CUST" alter "TAG" type varchar(12); create unique index u on "CUST" ("TAG")',
    { TAG: 'token' },
    both('TAG', 'u', 'token'),
  ],
  [
    'an index over several columns of which the others tell too little',
    'create unique index u on "CUST" ("AREA", "NAME")',
    { NAME: 'city' },
    both('NAME', 'u', 'city'),
  ],
  [
    'two masked columns, one of which keeps apart what the other does not: of no use where it is the same',
    `update "CUST" set "TAG" = 'same'; create unique index u on "CUST" ("TAG", "NAME")`,
    { NAME: 'person', TAG: 'token' },
    both('NAME, TAG', 'u', 'person, token'),
  ],
  [
    'an index over some of the rows',
    `create unique index u on "CUST" ("NAME") where "AREA" = 'a'`,
    { NAME: 'person' },
    both('NAME', 'u', 'person'),
  ],
  [
    'an index over the rows that a condition on the masked column itself chooses',
    `create unique index u on "CUST" ("AREA") where "NAME" like 'Ada%'`,
    { NAME: 'token' },
    both('NAME', 'u', 'token'),
  ],
  [
    'an expression that takes a part of the value',
    'create unique index u on "CUST" (left("NAME", 2))',
    { NAME: 'token' },
    both('NAME', 'u', 'token'),
  ],
  [
    'a computed column that takes a part of the value',
    'alter table "CUST" add "START" text generated always as (left("NAME", 2)) stored; create unique index u on "CUST" ("START")',
    { NAME: 'token' },
    both('NAME', 'u', 'token'),
  ],
])('a mask that can give the same value twice › is refused with its place: %s', async (_what, ddl, columns, says) => {
  const result = await resultOf(ddl, mask(columns));

  expect(result).toMatch(/^before the first change: RulesDoNotFitError/);
  expect(result).toContain(says);
});

test.each<readonly [what: string, ddl: string, columns: Readonly<Record<string, MaskKind>>]>([
  ['a kind that keeps values apart', 'create unique index u on "CUST" ("NAME")', { NAME: 'token' }],
  ['a tax number', 'create unique index u on "CUST" ("AREA", "NAME")', { NAME: 'tax-number' }],
  ['another column that tells all rows apart', 'create unique index u on "CUST" ("NAME", "RECID")', { NAME: 'city' }],
  ['capitals of a value that is kept apart', 'create unique index u on "CUST" (lower("NAME"))', { NAME: 'email' }],
  [
    'a computed column in capitals',
    'alter table "CUST" add "BIG" text generated always as (upper("NAME")) stored; create unique index u on "CUST" ("BIG")',
    { NAME: 'token' },
  ],
  [
    'rows that have a value at all',
    `create unique index u on "CUST" ("NAME") where "NAME" is not null and "NAME" <> ''`,
    { NAME: 'token' },
  ],
  [
    'a column whose name begins as that of the masked one',
    'alter table "CUST" add "NAMEALIAS" bigserial unique',
    { NAME: 'city' },
  ],
  [
    'rows of which one alone is masked',
    `delete from "CUST" where "RECID" in (2, 5); create unique index u on "CUST" ("NAME")`,
    { NAME: 'city' },
  ],
])('a mask under a unique index › is carried out where rows stay apart: %s', async (_what, ddl, columns) => {
  expect(await resultOf(ddl, mask(columns))).toBe('carried out');
});

test('a mask under a unique index › is refused where values differ in their case alone', async () => {
  const ddl = `insert into "CUST" ("NAME") values ('ADA LOVELACE'); create unique index u on "CUST" ("NAME")`;

  expect(await resultOf(ddl, mask({ NAME: 'token' }))).toContain(
    'public.CUST.NAME belongs to unique index u, which tells values apart that masks take for the same',
  );
  expect(await resultOf(ddl, mask({ NAME: 'token' }, [{ column: 'RECID', equals: 1 }]))).toBe('carried out');
});

test('a rule behind a mask › is refused where the two together leave rows the same', async () => {
  const ddl = 'create unique index u on "CUST" ("NAME", "TAG")';
  const cleared = {
    id: 'tags',
    table: 'CUST',
    action: 'set-columns',
    values: { TAG: '' },
    offending: [{ column: 'TAG', isNotEmpty: true }],
  };

  expect(await resultOf(ddl, mask({ NAME: 'person' }))).toBe('carried out');
  expect(await resultOf(ddl, mask({ NAME: 'person' }), cleared)).toContain('public.CUST.TAG belongs to unique index u');
  expect(await resultOf(ddl, mask({ NAME: 'token' }), cleared)).toContain('carried out');
});

test('the unique index of a partition › is asked there', async () => {
  const ddl = `create table parted ("NAME" varchar(40), "AREA" varchar(10)) partition by list ("AREA");
    create table "parted a" partition of parted for values in ('a');
    create unique index u on "parted a" ("NAME");
    insert into parted values ('Ada', 'a'), ('Bob', 'a');
    drop table "CUST"; alter table parted rename to "CUST";`;

  expect(await resultOf(ddl, mask({ NAME: 'person' }))).toContain('public.parted a.NAME belongs to unique index u');
  expect(await resultOf(ddl, mask({ NAME: 'token' }))).toBe('carried out');
});

test.each([
  ['case', 'Ada', 'ADA'],
  ['trailing spaces', 'Ada', 'Ada  '],
  ['ß and ss', 'Hauptstraße', 'HAUPTSTRASSE'],
  ['full width', 'Ａｄａ', 'Ada'],
  ['what nobody sees', 'A\u00add\u200ba\u00a0', 'Ada'],
])('values that a collation calls equal › get equal masks: %s', async (_what, one, other) => {
  await inTransaction(copy, async () => {
    await copy.rows(`alter table "CUST" alter "NAME" type varchar(40) collate loose; delete from "CUST"`);
    await copy.client.query('insert into "CUST" ("NAME") values ($1), ($2)', [one, other]);

    await sanitize({ session: copy.session, packs: packOf(mask({ NAME: 'person' })), sandbox });

    expect(
      await copy.rows(
        'select count(distinct "NAME" collate "C")::int as n, min("NAME" collate "C") ~ \' ~$\' as "isMasked" from "CUST"',
      ),
    ).toEqual([{ n: 1, isMasked: true }]);
  });
});

test('values that a collation calls equal and masks do not › are refused with their place', async () => {
  const collated = 'alter table "CUST" alter "NAME" type varchar(40) collate loose;';
  const accents = `insert into "CUST" ("NAME") values ('José'), ('Jose');`;

  expect(await resultOf(collated + accents, mask({ NAME: 'person' }))).toContain(
    'public.CUST.NAME has values that its collation loose calls equal, and masks do not (rule masked of only: write them alike in the source, or clear the column)',
  );
  expect(await resultOf(collated, mask({ NAME: 'person' }))).toBe('carried out');
  // A collation that compares bytes leaves nothing to ask.
  expect(await resultOf(accents, mask({ NAME: 'person' }))).toBe('carried out');
});

test('a foreign key whose values a collation calls equal › is refused where its ends would get different masks', async () => {
  const ddl = `alter table "CUST" alter "TAG" type varchar(40) collate loose; alter table "CUST" add unique ("TAG");
    create table "ORDERS" ("CUST" varchar(40) collate loose references "CUST" ("TAG"));`;
  const orders = { ...mask({ CUST: 'token' }), id: 'orders', table: 'ORDERS' };

  expect(await resultOf(`${ddl} insert into "ORDERS" values ('ONE')`, mask({ TAG: 'token' }), orders)).toBe(
    'carried out',
  );
  expect(await resultOf(`${ddl} insert into "ORDERS" values ('Öne')`, mask({ TAG: 'token' }), orders)).toContain(
    'public.ORDERS.CUST has values that foreign key ORDERS_CUST_fkey finds in public.CUST, and as made-up ones would not',
  );
});

test('a foreign key whose ends have different lengths › is refused where its masks would have different forms', async () => {
  const ddl = `alter table "CUST" alter "TAG" type varchar(12); alter table "CUST" add unique ("TAG");
    create table "ORDERS" ("CUST" varchar(40) references "CUST" ("TAG"));`;
  const rules = (kind: MaskKind) => [mask({ TAG: kind }), { ...mask({ CUST: kind }), id: 'orders', table: 'ORDERS' }];

  expect(await resultOf(ddl, ...rules('token'))).toContain(
    'public.CUST.TAG belongs to foreign key ORDERS_CUST_fkey with public.ORDERS.CUST, which has another length, and so its mask another form (rule masked of only: mask both with a kind that fits the shorter one)',
  );
});

test('a mask in a column that is too short for it › has a shorter form, and the log says so', async () => {
  await inTransaction(copy, async () => {
    await copy.rows('alter table "CUST" alter "NAME" type varchar(12)');
    const log: string[] = [];

    await sanitize({
      session: copy.session,
      packs: packOf(mask({ NAME: 'person', TAG: 'token' })),
      sandbox,
      log: (text) => log.push(text),
    });

    expect(log[0]).toBe(
      'public.CUST.NAME holds 12 characters: its mask person has a shorter form there, which joins with columns of the same form alone',
    );
    expect(log.filter((text) => text.includes('shorter form'))).toHaveLength(1);
    const names = await copy.rows('select "NAME" from "CUST" where "NAME" <> \'\'');
    expect(names.filter(({ NAME }) => !/^[A-Z][a-z]+ ~$/.test(String(NAME)))).toEqual([]);
  });
});

test('tax numbers of the shipped pack › stay apart under their unique index', async () => {
  await inTransaction(copy, async () => {
    await copy.rows(`create table "TAXVATNUMTABLE" ("DATAAREAID" varchar(4), "COUNTRYREGIONID" varchar(10), "VATNUM" varchar(20),
        unique ("DATAAREAID", "COUNTRYREGIONID", "VATNUM"));
      insert into "TAXVATNUMTABLE" select 'usmf', 'DE', 'DE' || n from generate_series(100000000, 100002000) n`);

    await sanitize({ session: copy.session, packs: [shippedPack('personal-data')], sandbox });

    expect(
      await copy.rows(
        'select count(distinct "VATNUM")::int as n from "TAXVATNUMTABLE" where "VATNUM" ~ \'^XX[0-9]{18}$\'',
      ),
    ).toEqual([{ n: 2001 }]);
  });
});
