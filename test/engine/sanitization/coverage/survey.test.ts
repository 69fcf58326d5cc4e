import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { postgres } from '../../../../demo/company/dialects/postgres.ts';
import { sqlServer } from '../../../../demo/company/dialects/sqlServer.ts';
import { openAddress } from '../../../../engine/environments/openAddress.ts';
import type { Dialect, ReadSession } from '../../../../engine/environments/provider.ts';
import type { Coverage } from '../../../../engine/sanitization/coverage/coverage.ts';
import type { ColumnFact } from '../../../../engine/sanitization/coverage/columnFacts.ts';
import { readColumns } from '../../../../engine/sanitization/coverage/readColumns.ts';
import { readSamples } from '../../../../engine/sanitization/coverage/readSamples.ts';
import { userTables } from '../../../sqlServer/state/tables.ts';
import { packOf } from '../fit/subject.ts';
import { skeletonOf } from '../../../../engine/sanitization/coverage/skeleton.ts';
import { surveyColumns } from '../../../../engine/sanitization/coverage/surveyColumns.ts';
import { parsePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import { selectPacks } from '../../../../engine/sanitization/pack/selectPacks.ts';
import { tryRules, type TriedRule } from '../../../../engine/sanitization/tryRules.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { readDocument } from '../../../../env/places.ts';
import { rewind } from '../../../cli/house.ts';
import { startStandIn, type StandIn } from '../../../sqlServer/standIn.ts';
import { keyFrom } from '../../../../engine/sanitization/masks/maskKey.ts';
import { KEY } from '../masks/samples.ts';
import { sandbox, usual } from '../packs.ts';
import { sessionOf, startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { smallCompany, TRULY_PERSONAL } from './demoColumns.ts';

let server: TestServer;
let company: TestDatabase;
let oddities: TestDatabase;
let standIn: StandIn;
const { administrator } = sandbox;
const addresses = new Map<Dialect, string>();
const open = async (dialect: Dialect): Promise<ReadSession> => openAddress('it', addresses.get(dialect) ?? '');

beforeAll(async () => {
  server = await startTestServer(
    smallCompany(postgres)
      .map((statement) => `${statement};`)
      .join('\n'),
  );
  company = await server.database();
  oddities = await server.emptyDatabase(ODDITIES);
  addresses.set('postgres', company.url);
  standIn = await startStandIn({ name: 'UAT-SQL' });
  await standIn.administer('master', 'CREATE DATABASE [AxDB]');
  for (const statement of smallCompany(sqlServer)) await standIn.administer('AxDB', statement);
  addresses.set('mssql', standIn.url('sa', 'AxDB'));
}, 60_000);
afterAll(async () => {
  await oddities[Symbol.asyncDispose]();
  await company[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await standIn.close();
});

/** What tables can be like. */
const ODDITIES = `
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
    grant select ("OPEN") on "HIDDEN" to reader;`;

/** As the list of the demo's columns writes them. */
const namesOf = (columns: Coverage['columns']) =>
  columns.map(({ fact: { schema, table, column } }) =>
    ['public', 'dbo'].includes(schema) ? `${table}.${column}` : `${schema}.${table}.${column}`,
  );
const suspiciousOf = ({ columns }: Coverage) => namesOf(columns.filter(({ suspicions }) => suspicions.length > 0));

const docs = readFileSync(new URL('../../../../docs/sanitization.md', import.meta.url), 'utf8');

const MISSED = [
  // What a customer was called when it was changed.
  'SYSDATABASELOG.DESCRIPTION',
  // Pairs of a key and its value: only the application knows which is a secret.
  'EXCHANGERATEPROVIDERCONFIGURATIONDETAILS.VALUE',
  'FISCALESTABLISHMENT_BR.CONSUMEREFDOCCSC',
  'FISCALESTABLISHMENTSTAGING.CSC',
  // The name of the party that came first, among words like “Head office”.
  'LOGISTICSLOCATION.DESCRIPTION',
];
const FALSE_ALARMS: readonly string[] = [];

test.each(['postgres', 'mssql'] as const)(
  'coverage on %s › finds what is personal in the demo’s company by name and content alone, and little else',
  async (dialect) => {
    await using session = await open(dialect);
    const coverage = await surveyColumns({ session, packs: [], administrator });
    const found = suspiciousOf(coverage);
    const all = namesOf(coverage.columns.filter(({ ruling }) => ruling.state !== 'system'));

    expect(TRULY_PERSONAL.filter((column) => !all.includes(column))).toEqual([]);
    expect(TRULY_PERSONAL.filter((column) => !found.includes(column))).toEqual(MISSED);
    expect(found.filter((column) => !TRULY_PERSONAL.includes(column)).toSorted()).toEqual(FALSE_ALARMS);

    const innocent = all.length - TRULY_PERSONAL.length;
    expect(1 - MISSED.length / TRULY_PERSONAL.length).toBeGreaterThan(0.95);
    expect(FALSE_ALARMS.length / innocent).toBeLessThan(0.01);
    const [some, total] = [TRULY_PERSONAL.length - MISSED.length, TRULY_PERSONAL.length].map(String);
    expect(docs).toContain(`${some ?? ''} of ${total ?? ''} columns that tell of people`);
    expect(docs).toContain(`names none of the other ${String(innocent)}.`);
  },
);

test('coverage › says the same on both servers', async () => {
  await using one = await open('postgres');
  await using other = await open('mssql');
  const said = async (session: ReadSession) => {
    const { columns } = await surveyColumns({ session, packs: usual, administrator });
    const looks = columns.map(({ ruling, suspicions }, index) => [namesOf(columns)[index], ruling, suspicions]);
    return looks.toSorted(([name], [another]) => (String(name) < String(another) ? -1 : 1));
  };
  expect(await said(other)).toEqual(await said(one));
});

test('coverage › has nothing to ask about the demo’s company with the usual packs', async () => {
  await using session = await open('postgres');
  const { columns, counts } = await surveyColumns({ session, packs: usual, administrator });
  const declared = columns.filter(({ ruling }) => ruling.state === 'harmless');

  expect(suspiciousOf({ columns, counts })).toEqual([]);
  expect(counts.suspicious).toBe(0);
  expect(namesOf(declared).toSorted()).toEqual([
    'BATCHHISTORY.SERVERID',
    'BATCHJOB.EXECUTINGBY',
    'HCMWORKER.PERSONNELNUMBER',
    'SECURITYUSERROLE.USER_',
    'SYSUSERINFO.ID',
    'USERINFO.ID',
  ]);
});

const LEFT_TO_A_PERSON = [
  // A rule of another pack means some of their rows.
  'USERINFO.NETWORKALIAS',
  'ax.LOGISTICSELECTRONICADDRESS.LOCATOR',
  'LOGISTICSELECTRONICADDRESS.LOCATOR',
  // Everything else names a user by them.
  'BATCHJOB.EXECUTINGBY',
  'SECURITYUSERROLE.USER_',
  'SYSUSERINFO.ID',
  'USERINFO.ID',
];

test('coverage › writes a pack to start from that can be used, and leaves nothing of what it has found', async () => {
  await using copy = await server.database();
  const others = usual.filter(({ name }) => name !== 'personal-data');
  const before = await surveyColumns({ session: copy.session, packs: others, administrator });
  const found = parsePack(readDocument(skeletonOf(before.columns, 'found')).value, 'found.yaml');
  const packs = selectPacks(
    [...others, found].map(({ name }) => name),
    [...others, found],
  );

  expect(suspiciousOf(before).length).toBeGreaterThan(60);
  await sanitize({ session: copy.session, packs, sandbox });
  const after = await surveyColumns({ session: copy.session, packs, administrator });
  expect(suspiciousOf(after)).toEqual(LEFT_TO_A_PERSON);
  // What the rules have done, and not only that there are some.
  const seen = await surveyColumns({ session: copy.session, packs: [], administrator });
  const values = seen.columns.filter(({ suspicions }) =>
    suspicions.some(({ by, kind }) => by === 'content' && ['e-mail', 'phone'].includes(kind)),
  );
  expect(namesOf(values)).toEqual(LEFT_TO_A_PERSON.slice(0, 3));
});

test('the terminal › says of a real PostgreSQL what coverage and packs try say', async () => {
  await using session = await open('postgres');
  const { counts } = await surveyColumns({ session, packs: usual, administrator });
  vi.stubEnv('TEAMSFX_ENV', 'none');
  vi.stubEnv('OLD_UAT', company.url);
  const said = async (...words: readonly string[]): Promise<unknown> =>
    JSON.parse((await rewind(...words, '--url-from', 'OLD_UAT', '--json')).out);
  expect(await said('coverage')).toMatchObject({ database: 'the database of OLD_UAT', counts });
  const { rules } = await tryRules(session, usual, { administrator: { signIn: '', objectId: '', tenantId: '' } });
  expect(await said('packs', 'try')).toMatchObject({
    packs: usual.map(({ name }) => name),
    rules: rules.map(({ sample: _, ...rule }) => rule),
    refusals: [],
  });
});

test('packs that are tried › are counted alike on both servers, and as they then change each table of one rule', async () => {
  await using copy = await server.database();
  await using other = await open('mssql');
  const key = keyFrom(KEY);
  const tried = await tryRules(copy.session, usual, { administrator, key });
  const inTsql = await tryRules(other, usual, { administrator, key });
  expect({ ...inTsql, rules: inTsql.rules.map(unsampled) }).toEqual({ ...tried, rules: tried.rules.map(unsampled) });
  expect(tried.rules.filter(hasAllInSample).length).toBeGreaterThan(20);
  expect(inTsql.rules.filter(hasAllInSample).map(inOrder)).toEqual(tried.rules.filter(hasAllInSample).map(inOrder));
  expect(tried.refusals).toEqual([]);

  const results = await sanitize({ session: copy.session, packs: usual, sandbox });
  const alone = new Set(
    [...Map.groupBy(tried.rules, ({ table }) => table).values()].flatMap((own) => (own.length === 1 ? own : [])),
  );
  const counted = tried.rules.filter((each) => alone.has(each) && each.skipped === undefined);
  const changed = new Map(results.map(({ ruleId, table, rows }) => [`${ruleId} ${table}`, rows]));
  expect(counted.length).toBeGreaterThan(20);
  expect(counted.map(({ rows }) => rows)).toEqual(
    counted.map(({ ruleId, table }) => changed.get(`${ruleId} ${table}`)),
  );
});

const unsampled = (rule: TriedRule) => ({ ...rule, sample: rule.sample.length });
/** Which rows are looked at first is the server's affair. */
const hasAllInSample = ({ rows, sample }: TriedRule) => rows > 0 && rows === sample.length;
const inOrder = ({ ruleId, table, sample }: TriedRule) => ({
  ...{ ruleId, table },
  sample: sample.map((row) => JSON.stringify(row)).toSorted(),
});

const described = (facts: readonly ColumnFact[]) =>
  facts.map(({ schema, table, column, type, maxLength, isNullable, unseen }) =>
    [`${schema}.${table}.${column}`, type, maxLength, isNullable ? 'NULL' : undefined, unseen]
      .filter((each) => each !== undefined)
      .join(' '),
  );

const asReader = async () => {
  const client = await oddities.connect();
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
  const facts = (await readColumns(oddities.session)).filter(({ table }) => table === 'ORDERS');
  const mail = facts.filter(({ column }) => column === 'MAIL');
  const [values] = [
    ...(await readSamples(oddities.session, mail, { size: { rows: 2, length: 5, columns: 1 } })).values(),
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
  const tables = database === undefined ? [] : userTables({ database });
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
