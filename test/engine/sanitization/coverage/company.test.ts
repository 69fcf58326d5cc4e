import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgres } from '../../../../demo/company/dialects/postgres.ts';
import { sqlServer } from '../../../../demo/company/dialects/sqlServer.ts';
import { openAddress } from '../../../../engine/environments/openAddress.ts';
import type { Dialect, ReadSession } from '../../../../engine/environments/provider.ts';
import type { Coverage } from '../../../../engine/sanitization/coverage/coverage.ts';
import { skeletonOf } from '../../../../engine/sanitization/coverage/skeleton.ts';
import { surveyColumns } from '../../../../engine/sanitization/coverage/surveyColumns.ts';
import { parsePack } from '../../../../engine/sanitization/pack/rulePack.ts';
import { selectPacks } from '../../../../engine/sanitization/pack/selectPacks.ts';
import { tryRules } from '../../../../engine/sanitization/tryRules.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { readDocument } from '../../../../env/places.ts';
import { startStandIn, type StandIn } from '../../../sqlServer/standIn.ts';
import { sandbox, usual } from '../packs.ts';
import { startTestServer, type TestDatabase, type TestServer } from '../testDatabase.ts';
import { smallCompany, TRULY_PERSONAL } from './demoColumns.ts';

let server: TestServer;
let company: TestDatabase;
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
  addresses.set('postgres', company.url);
  standIn = await startStandIn({ name: 'UAT-SQL' });
  await standIn.administer('master', 'CREATE DATABASE [AxDB]');
  for (const statement of smallCompany(sqlServer)) await standIn.administer('AxDB', statement);
  addresses.set('mssql', standIn.url('sa', 'AxDB'));
}, 60_000);
afterAll(async () => {
  await company[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await standIn.close();
});

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

test('packs that are tried › are counted alike on both servers, and as they then change each table of one rule', async () => {
  await using copy = await server.database();
  await using other = await open('mssql');
  const tried = await tryRules(copy.session, usual, administrator);
  expect(await tryRules(other, usual, administrator)).toEqual(tried);
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
