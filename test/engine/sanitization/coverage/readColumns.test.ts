import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAddress } from '../../../../engine/environments/openAddress.ts';
import type { ColumnFact } from '../../../../engine/sanitization/coverage/columnFacts.ts';
import { readColumns } from '../../../../engine/sanitization/coverage/readColumns.ts';
import { readSamples } from '../../../../engine/sanitization/coverage/readSamples.ts';
import { surveyColumns } from '../../../../engine/sanitization/coverage/surveyColumns.ts';
import { startStandIn } from '../../../sqlServer/standIn.ts';
import { userTables } from '../../../sqlServer/state/tables.ts';
import { packOf, sandbox } from '../fit/subject.ts';
import { sessionOf, startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';

const { administrator } = sandbox;
const described = (facts: readonly ColumnFact[]) =>
  facts.map(({ schema, table, column, type, maxLength, isNullable, unseen }) =>
    [`${schema}.${table}.${column}`, type, maxLength, isNullable ? 'NULL' : undefined, unseen]
      .filter((each) => each !== undefined)
      .join(' '),
  );

let server: TestServer;
let database: TestDatabase;
beforeAll(async () => {
  server = await startTestServer(`
    create schema "AX";
    create domain "MAIL" as varchar(80) not null;
    create table "ORDERS" ("RECID" bigint not null, "MAIL" "MAIL", "TOTAL" numeric(32,6), "LABEL" text generated always as ('x') stored)
      partition by range ("RECID");
    create table "ORDERS_1" partition of "ORDERS" for values from (0) to (10);
    create table "AX"."ORDERS" ("NOTES" text, "DOC" xml, "DATA" jsonb, "SCAN" bytea, "BORN" date not null, "CODE" char(8));
    create table "CHILD" ("EXTRA" varchar(20)) inherits ("AX"."ORDERS");
    create table "HIDDEN" ("SECRET" varchar(20), "OPEN" varchar(20));
    create table "POLICED" ("PHONE" varchar(20));
    alter table "POLICED" enable row level security;
    create schema rewind; create table rewind.step ("ID" int);
    create temporary table "PASSING" ("MAIL" text);
    create view "SEEN" as select "NOTES" from "AX"."ORDERS";
    insert into "ORDERS" ("RECID", "MAIL") select g, 'mira' || g || '@contoso.example' from generate_series(1, 5) g;
    insert into "AX"."ORDERS" ("DOC", "DATA", "SCAN", "BORN") values
      ('<a>lars@contoso.example</a>', '{"to":"jonas@contoso.example"}', convert_to('mira@contoso.example', 'UTF8'), '2026-01-01');
    insert into "POLICED" values ('+44 20 7946 0001');
    create role reader;
    grant usage on schema "AX", public to reader;
    grant select on "ORDERS", "AX"."ORDERS", "CHILD", "POLICED" to reader;
    grant select ("OPEN") on "HIDDEN" to reader;`);
  database = await server.database();
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const asReader = async () => {
  const client = await database.connect();
  await client.query('set role reader');
  return { ...sessionOf(client), [Symbol.asyncDispose]: () => client.end() };
};

test('columns of PostgreSQL › are those of every table that has rows of its own, with what this account may not see', async () => {
  await using session = await asReader();
  expect(described(await readColumns(session))).toEqual([
    'AX.ORDERS.NOTES text NULL',
    'AX.ORDERS.DOC xml NULL',
    'AX.ORDERS.DATA jsonb NULL',
    'AX.ORDERS.SCAN bytea NULL',
    'AX.ORDERS.BORN date',
    'AX.ORDERS.CODE bpchar 8 NULL',
    'public.CHILD.EXTRA varchar 20 NULL',
    'public.HIDDEN.SECRET varchar 20 NULL no right to read it',
    'public.HIDDEN.OPEN varchar 20 NULL',
    'public.ORDERS.RECID int8',
    'public.ORDERS.MAIL varchar 80',
    'public.ORDERS.TOTAL numeric NULL',
    'public.POLICED.PHONE varchar 20 NULL rows hidden by a policy',
  ]);
});

test('a look at values › reads all kinds that can hold text, and nothing that this account may not', async () => {
  await using session = await asReader();
  const { columns, counts } = await surveyColumns({ session, packs: [], administrator });
  const seen = columns.flatMap(({ fact, suspicions, isSampled }) =>
    isSampled ? [[fact.column, suspicions.filter(({ by }) => by === 'content').map(({ kind }) => kind)]] : [],
  );
  expect(Object.fromEntries(seen)).toEqual({
    ...{ MAIL: ['e-mail'], SCAN: ['e-mail'], DOC: ['e-mail'], DATA: ['e-mail'] },
    ...{ NOTES: [], CODE: [], EXTRA: [], OPEN: [] },
  });
  expect(counts).toMatchObject({ columns: 13, tables: 5, system: 1, unknown: 12 });
});

test('a look at values › takes the beginnings of so many rows as it is told, in so many columns at once', async () => {
  const facts = (await readColumns(database.session)).filter(({ table }) => table === 'ORDERS');
  const mail = facts.filter(({ column }) => column === 'MAIL');
  const [values] = [
    ...(await readSamples(database.session, mail, { size: { rows: 2, length: 5, columns: 1 } })).values(),
  ];
  expect(values).toEqual(['mira1', 'mira2']);
});

test('rows that no rule means › are looked at, the others are not', async () => {
  await using other = await server.emptyDatabase(`
    create table "LEA" ("TYPE" int, "LOCATOR" varchar(80), "NOTE" varchar(80));
    insert into "LEA" select 2, 'mira@contoso.example', 'mira@contoso.example' from generate_series(1, 50);
    insert into "LEA" select 1, '+44 20 7946 0001', 'none' from generate_series(1, 50);
    insert into "LEA" select null, '+44 20 7946 0001', null;`);
  const mails = { id: 'mails', table: 'LEA', where: [{ column: 'TYPE', equals: 2 }], offending: 'any-row' } as const;
  const looks = async (rule: object) => {
    const { columns } = await surveyColumns({
      session: other.session,
      packs: packOf({ ...mails, ...rule }),
      administrator,
    });
    return columns
      .filter(({ suspicions }) => suspicions.length > 0)
      .map(({ fact, ruling, suspicions }) => [
        fact.column,
        ruling.state,
        suspicions.map((each) => ('sampled' in each ? each.sampled : each.piece)),
      ]);
  };
  // A rule for some rows says nothing of the others, and what it will have written is no news.
  expect(await looks({ action: 'set-columns', values: { LOCATOR: '' } })).toEqual([
    ['NOTE', 'unknown', [100, 'NOTE']],
    ['LOCATOR', 'ruled', [51]],
  ]);
  expect(await looks({ action: 'delete-rows' })).toEqual([
    ['LOCATOR', 'unknown', [51, 'LOCATOR']],
    ['NOTE', 'unknown', ['NOTE']],
  ]);
  expect(await looks({ action: 'delete-rows', where: undefined })).toEqual([]);
});

test('columns of SQL Server › leave out history and what is computed, and are read in every type of text', async () => {
  await using standIn = await startStandIn({ logins: [{ name: 'reader', password: 'Reader-2026!' }] });
  await standIn.administer('master', 'CREATE DATABASE [AxDB]');
  for (const statement of [
    'CREATE SCHEMA ax',
    `CREATE TABLE dbo.ORDERS (RECID bigint NOT NULL PRIMARY KEY, MAIL nvarchar(80) NOT NULL, CODE varchar(8) NULL, SCAN varbinary(max) NULL)`,
    'CREATE TABLE dbo.ORDERS_HISTORY (MAIL nvarchar(80) NULL)',
    `CREATE TABLE ax.[o]]dd] ([N'ote] nvarchar(max) NULL, DOC xml NULL)`,
    `INSERT INTO dbo.ORDERS VALUES (1, N'mira@contoso.example', 'x', 0x6D006900720061004000780079002E0065007500)`,
    `INSERT INTO ax.[o]]dd] VALUES (N'lars@contoso.example', N'<a>jonas@contoso.example</a>')`,
    'CREATE USER reader FOR LOGIN reader; ALTER ROLE db_datareader ADD MEMBER reader',
  ])
    await standIn.administer('AxDB', statement);
  const [database] = standIn.state.databases.filter(({ name }) => name === 'AxDB');
  const tables = database === undefined ? [] : userTables(database);
  const idOf = (name: string) => tables.find((table) => table.name === name)?.id ?? 0;
  database?.ownRows.set('versioned tables', [
    { id: idOf('ORDERS'), is_on: 1, history_table_id: idOf('ORDERS_HISTORY') },
  ]);
  await using session = await openAddress('it', standIn.url('reader', 'AxDB'));

  expect(described(await readColumns(session))).toEqual([
    `ax.o]dd.N'ote nvarchar NULL`,
    'ax.o]dd.DOC xml NULL',
    'dbo.ORDERS.RECID bigint',
    'dbo.ORDERS.MAIL nvarchar 80',
    'dbo.ORDERS.CODE varchar 8 NULL',
    'dbo.ORDERS.SCAN varbinary NULL',
  ]);
  const { columns } = await surveyColumns({ session, packs: [], administrator });
  expect(
    columns.filter(({ suspicions }) => suspicions.some(({ by }) => by === 'content')).map(({ fact }) => fact.column),
  ).toEqual([`DOC`, `N'ote`, 'MAIL', 'SCAN']);
});
