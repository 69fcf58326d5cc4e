import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { buildCompany } from '../../demo/company/build.ts';
import { SqlServerUnusableError } from '../../demo/sqlServer/errors.ts';
import { openSqlServer } from '../../demo/sqlServer/home.ts';
import { systemClock } from '../../engine/clock.ts';
import { openSqlServerProvider } from '../../engine/environments/sqlServer/provider.ts';
import { aSource } from '../engine/environments/builders.ts';
import { startStandIn, type StandIn, type StandInWish } from '../sqlServer/standIn.ts';

let root: string;
let standIn: StandIn;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rewind-demo-'));
  standIn = await startStandIn(WISH);
});

afterEach(async () => {
  await standIn.close();
  await rm(root, { recursive: true, force: true });
});

const WISH: StandInWish = { logins: [{ name: 'dba', password: 'p@ss/w:rd', roles: ['dbcreator'] }] };

const open = (url: string) => openSqlServer({ root, url, clock: systemClock, say: () => undefined });

/** An address without a database, as people write it. */
const addressOf = (login: string, server = standIn) => server.url(login).replace(/\/\?/, '?');

async function refusal(opening: Promise<AsyncDisposable>): Promise<string> {
  try {
    await using _home = await opening;
    return 'none';
  } catch (error) {
    if (!(error instanceof SqlServerUnusableError)) throw error;
    return `${error.message}. ${error.remedy}`;
  }
}

const databases = () => standIn.state.databases.filter(({ isSystem }) => !isSystem).map(({ name }) => name);
const logins = () => standIn.state.logins.map(({ name }) => name);

test.for([
  ['', 'The address after --sql-server is not an address mssql://login:password@server:1433.'],
  ['127.0.0.1:1433', 'The address after --sql-server is not an address mssql://login:password@server:1433.'],
  ['mssql://127.0.0.1:1433', 'The address after --sql-server names no login and password'],
  [
    'mssql://sa:x@127.0.0.1/AxDB',
    'The address after --sql-server names a database: the databases stand under `databases`.',
  ],
  ['mssql://sa:x@sql01?trustServerCertificate=true', 'The address after --sql-server trusts any certificate: '],
  ['mssql://sa:x@127.0.0.1?ca=/no/such/file', 'The certificate that ca=… of --sql-server names cannot be used.'],
  ['mssql://sa:x@127.0.0.1:1?trustServerCertificate=true', 'No SQL Server answers at 127.0.0.1:1.'],
] as const)('an address › %s is refused in one sentence with a remedy', async ([url, sentence]) => {
  const said = await refusal(open(url));
  expect(said.slice(0, sentence.length)).toBe(sentence);
  expect(said).toMatch(/\. [A-Z].*\.$/);
  expect(said).not.toContain('sa:x');
});

test('a password › that is wrong is refused without being repeated', async () => {
  const said = await refusal(open(addressOf('sa').replace(/sa:[^@]*@/, 'sa:Wrong-2026@')));
  expect(said).toMatch(/^127\.0\.0\.1:\d+ refuses the login that --sql-server names\. Check login and password/);
  expect(said).not.toContain('Wrong-2026');
});

test('a certificate › that nobody trusts is refused', async () => {
  const said = await refusal(open(addressOf('sa').replace('?trustServerCertificate=true', '')));
  expect(said).toMatch(/^The TLS certificate of 127\.0\.0\.1:\d+ is not trusted/);
});

test('a login › that is no member of sysadmin is refused, and nothing is made', async () => {
  expect(await refusal(open(addressOf('dba')))).toMatch(/^dba is no member of sysadmin on 127\.0\.0\.1:\d+\. /);
  expect(databases()).toEqual([]);
});

test('a server › that is too old is refused', async () => {
  await using old = await startStandIn({ version: [14, 0, 3456] });
  expect(await refusal(open(addressOf('sa', old)))).toMatch(
    /is SQL Server version 14\.0\.3456\.1, too old for the demo/,
  );
});

test('a server › that has a database of the demo’s name is left as it is', async () => {
  await standIn.administer('master', 'CREATE DATABASE rewind_demo_uat_ax');
  await standIn.administer('rewind_demo_uat_ax', 'CREATE TABLE dbo.mine (n int)');
  expect(await refusal(open(addressOf('sa')))).toMatch(
    /under names that it needs: database rewind_demo_uat_ax\. Rename or drop it, or name another server\. Nothing there was touched\.$/,
  );
  expect(databases()).toEqual(['rewind_demo_uat_ax']);
  expect(await standIn.administer('rewind_demo_uat_ax', 'SELECT n FROM dbo.mine')).toEqual([]);
});

test('a server › that has a login of the demo’s name is left as it is', async () => {
  await standIn.administer('master', "CREATE LOGIN rewind_demo_service WITH PASSWORD = N'Mine-2026!'");
  expect(await refusal(open(addressOf('sa')))).toContain('names that it needs: login rewind_demo_service.');
  expect(logins()).toContain('rewind_demo_service');
});

test('a server › takes one demo at a time', async () => {
  await using _first = await open(addressOf('sa'));
  expect(await refusal(open(addressOf('sa')))).toMatch(/^Another demo runs on 127\.0\.0\.1:\d+\. Stop it first/);
});

test(
  'a demo › ends without a trace, and touches no database that only begins like its own',
  { timeout: 60_000 },
  async () => {
    await standIn.administer('master', 'CREATE DATABASE rewind_demo_of_mine');
    await standIn.administer(
      'master',
      "BACKUP DATABASE rewind_demo_of_mine TO DISK = N'D:\\Backup\\rewind_demo_of_mine.bak'",
    );
    {
      await using home = await open(addressOf('sa'));
      const production = await home.found('prod');
      await using archive = await home.archive(production, () => undefined);
      await archive.upToNow(() => Promise.resolve());
      await home.journal();
      expect(databases().toSorted()).toEqual([
        'rewind_demo_journal',
        'rewind_demo_of_mine',
        'rewind_demo_prod_ax',
        'rewind_demo_prod_mr',
      ]);
      expect(standIn.state.history.backupset.length).toBeGreaterThan(6);
    }
    expect(databases()).toEqual(['rewind_demo_of_mine']);
    expect(logins()).toEqual(['sa', 'dba']);
    expect([...standIn.state.share.files.values()].map(({ path }) => path)).toEqual([
      'D:\\Backup\\rewind_demo_of_mine.bak',
    ]);
    expect(standIn.state.history.backupset.map((set) => set['database_name'])).toEqual(['rewind_demo_of_mine']);
    const msdb = standIn.state.databases.find(({ name }) => name === 'msdb');
    expect(msdb?.principals.filter(({ name }) => name.startsWith('rewind_demo_'))).toEqual([]);
  },
);

test(
  'a demo › that was killed is taken away by the next, half-restored copies and all',
  { timeout: 60_000 },
  async () => {
    const killed = await open(addressOf('sa'));
    await killed.found('uat');
    for (const session of standIn.state.sessions.values()) session.cut();
    await standIn.administer('master', 'CREATE DATABASE [rewind_demo_uat_ax__incoming_R-1001]');
    const half = standIn.state.databases.find(({ name }) => name.endsWith('R-1001'));
    Object.assign(half ?? {}, { state: 'RESTORING', owner: 'rewind_demo_service' });
    await systemClock.sleep(50);

    await using _next = await open(addressOf('sa'));
    expect(databases()).toEqual(['rewind_demo_journal']);
  },
);

test('production › is FULL and worked in by logins of its own; the product has no way in but its reader and the history', async () => {
  await using home = await open(addressOf('sa'));
  const { application } = await home.found('prod');
  const production = standIn.state.databases.find(({ name }) => name === 'rewind_demo_prod_ax');
  expect(production?.options.recoveryModel).toBe('FULL');
  const users = production?.principals.filter(({ name }) => name.startsWith('rewind_demo_'));
  expect(users?.map(({ name, roles }) => [name, ...roles])).toEqual([
    ['rewind_demo_prod_axdbadmin', 'db_owner'],
    ['rewind_demo_prod_axruntimeuser', 'db_datareader', 'db_datawriter'],
    ['rewind_demo_prod_auditor', 'db_datareader'],
    ['rewind_demo_prod_reader'],
  ]);
  expect(decodeURIComponent(new URL(application).username)).toBe('rewind_demo_prod_reader');
  const service = standIn.state.logins.find(({ name }) => name === 'rewind_demo_service');
  expect([...(service?.roles ?? []), ...(service?.permissions ?? [])]).toEqual([
    'dbcreator',
    'VIEW ANY DEFINITION',
    'VIEW SERVER STATE',
    'ALTER ANY CONNECTION',
  ]);
});

test(
  'the company › can be restored to each of its moments, and goes on being backed up',
  { timeout: 120_000 },
  async () => {
    await using home = await open(addressOf('sa'));
    await using company = await buildCompany({ home, clock: systemClock, say: () => undefined });
    const { databases: names, settings, variables } = company.prod.entry;
    const filled: unknown = JSON.parse(JSON.stringify(settings), (_, value: unknown) =>
      typeof value === 'string' ? value.replace(/^\$\{(\w+)\}$/, (__, name: string) => variables[name] ?? '') : value,
    );
    const source = aSource({
      provider: 'sqlServer',
      databases: names,
      settings: z.record(z.string(), z.unknown()).parse(filled),
    });
    const provider = openSqlServerProvider({ clock: systemClock });
    const survey = await provider.survey(source);
    const unreachable = company.moments.filter(
      ({ at }) => !survey.windows.some(({ from, to }) => from <= at && at <= to),
    );
    expect(unreachable.map(({ name, at }) => ({ name, at, windows: survey.windows }))).toEqual([]);
    const latest = survey.windows.at(-1)?.to ?? '';
    await expect
      .poll(async () => (await provider.survey(source)).windows.at(-1)?.to, { timeout: 60_000 })
      .not.toBe(latest);
    await provider.close();
  },
);
