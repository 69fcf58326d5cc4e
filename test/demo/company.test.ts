import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clusterPid, createCluster, startCluster, stopCluster, stopGenerations } from '../../demo/clusters/cluster.ts';
import { archiveFolder, backupsFolder, openClusters } from '../../demo/clusters/home.ts';
import { accessOf, addressesOf, makePasswords } from '../../demo/clusters/logins.ts';
import { seedEnvironment } from '../../demo/clusters/seed.ts';
import { buildCompany, type Company } from '../../demo/company/build.ts';
import { environmentFingerprint, fingerprintOf } from '../../demo/company/fingerprint.ts';
import type { CompanyHome } from '../../demo/company/home.ts';
import { ENVIRONMENT_NAMES, PROFILES } from '../../demo/company/profiles.ts';
import { sanitizationFacts } from '../../demo/company/sanitizationFacts.ts';
import { companyTables } from '../../demo/company/schema/company.ts';
import { health, startServices, stopServices } from '../../demo/company/services.ts';
import { freePort } from '../../demo/supervisor/freePort.ts';
import { systemClock } from '../../engine/clock.ts';
import { restoreCluster } from './restoredCluster.ts';

let root = '';
let home: CompanyHome;
let company: Company;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rewind-company-'));
  home = await openClusters({ root });
  company = await buildCompany({ home, clock: systemClock, say: () => undefined });
});

afterAll(async () => {
  await company[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

async function select(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}

async function run(script: string, ...args: string[]): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, [join('demo', 'company', script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const [code] = await once(child, 'close');
  return { code, said };
}

function momentOf(name: string) {
  const moment = company.moments.find((moment) => moment.name === name);
  if (moment === undefined) throw new Error(`No moment is called ${name}`);
  return moment;
}

/** Production as it stood at a moment, under production's logins. */
async function productionAt(at: string) {
  const port = await freePort();
  const cluster = await restoreCluster({
    folder: join(root, `restored-${port}`),
    port,
    backupsFolder: backupsFolder(company.prod.folder),
    archiveFolder: archiveFolder(company.prod.folder),
    at,
    access: accessOf('prod'),
  });
  const there = (url: string) => Object.assign(new URL(url), { port }).href;
  const { application, financialReporting } = company.prod.as.axruntimeuser;
  return {
    application: there(application),
    financialReporting: there(financialReporting),
    owner: there(company.prod.as.axdbadmin.application),
    [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
  };
}

test('the company › has about 300,000 rows, in at least 25 business tables beside the system’s', async () => {
  const tables = companyTables(PROFILES.prod);
  const [count] = await select(
    company.prod.auditor.application,
    `SELECT count(*)::int AS tables, sum((xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I.%I', table_schema, table_name), false, true, '')))[1]::text::int)::int AS rows
       FROM information_schema.tables WHERE table_schema IN ('public', 'ax') AND table_type = 'BASE TABLE'`,
  );
  expect(count).toEqual({ tables: tables.application.length, rows: expect.any(Number) });
  expect(Number(count?.rows)).toBeGreaterThan(290_000);
  expect(Number(count?.rows)).toBeLessThan(350_000);
  expect(tables.application.filter(({ isPerCompany }) => isPerCompany).length).toBeGreaterThanOrEqual(25);
});

test('the company › has every table that the seed names', async () => {
  const named = [
    ...[
      'LOGISTICSELECTRONICADDRESS',
      'BATCHJOBHISTORY',
      'BATCHHISTORY',
      'BATCHCONSTRAINTSHISTORY',
      'SYSEMAILPARAMETERS',
    ],
    ...['PRINTMGMTSETTINGS', 'PRINTMGMTDOCINSTANCE', 'SYSSERVERCONFIG', 'SYSSERVERSESSIONS', 'SYSCORPNETPRINTERS'],
    ...[
      'SYSCLIENTSESSIONS',
      'BATCHSERVERCONFIG',
      'BATCHSERVERGROUP',
      'DOCUVALUE',
      'USERINFO',
      'BATCHJOB',
      'PARTITIONS',
    ],
    'SYSEMAILSMTPPASSWORD',
  ];
  for (const name of ENVIRONMENT_NAMES) {
    const present = new Set(companyTables(PROFILES[name]).application.map((table) => table.name));
    expect(named.filter((table) => !present.has(table))).toEqual([]);
  }
});

test('production › holds something of everything that a refresh must not carry over', async () => {
  const facts = await sanitizationFacts(company.prod.auditor.application);
  expect(Object.entries(facts).filter(([, count]) => count === 0)).toEqual([]);
});

const RECURRING_JOBS = `SELECT count(*)::int AS jobs, (count(*) FILTER (WHERE "STATUS" IN (1, 2, 5, 7)))::int AS running FROM "RECURRINGDATAJOBVIEW"`;

test('a sandbox › has servers, mail and users of its own, and its recurring jobs are stopped', async () => {
  for (const name of ['uat', 'test'] as const) {
    const rows = await select(
      company[name].application,
      `SELECT (SELECT "SMTPRELAYSERVERNAME" FROM "SYSEMAILPARAMETERS") AS smtp,
              (SELECT min("SERVERID") FROM "SYSSERVERCONFIG") AS server,
              (SELECT "NETWORKALIAS" FROM "USERINFO" WHERE "ID" = 'Admin') AS administrator,
              (SELECT "ACCOUNTNUM" FROM "CUSTTABLE" ORDER BY "RECID" LIMIT 1) AS marker`,
    );
    expect(rows).toEqual([
      {
        smtp: `smtp.${name}.fabrikam.example`,
        server: `${name.toUpperCase()}-AOS-01`,
        administrator: PROFILES[name].administrator.signIn,
        marker: `MARKER-${name.toUpperCase()}`,
      },
    ]);
    expect(await select(company[name].application, RECURRING_JOBS)).toEqual([{ jobs: 2, running: 0 }]);
  }
});

test('an environment › says which versions it has', async () => {
  for (const name of ENVIRONMENT_NAMES) {
    expect(await select(company[name].application, 'SELECT "PARM", "VALUE" FROM "SYSENVIRONMENTINFO"')).toEqual([
      { PARM: 'APPLICATIONRELEASE', VALUE: '10.0.45' },
      { PARM: 'PLATFORMUPDATE', VALUE: '69' },
      { PARM: 'TENANTID', VALUE: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { PARM: 'REGION', VALUE: 'westeurope' },
    ]);
    expect(await select(company[name].financialReporting, 'SELECT "VERSION" FROM "CONTROLVERSION"')).toEqual([
      { VERSION: '10.0.45.12' },
    ]);
  }
});

test('the product’s login to production › sees versions and jobs, no customer, and changes nothing', async () => {
  const { application } = company.prod;
  await expect(select(application, 'SELECT 1 FROM "CUSTTABLE"')).rejects.toMatchObject({ code: '42501' });
  await expect(select(application, 'DELETE FROM "BATCHJOB"')).rejects.toMatchObject({ code: '42501' });
  expect(await select(application, RECURRING_JOBS)).toEqual([{ jobs: 8, running: 4 }]);
});

test('seeding › gives the same data every time', async () => {
  const folder = join(root, 'again');
  const port = await freePort();
  const passwords = makePasswords();
  await createCluster({ folder, port, superuser: 'postgres', password: passwords.postgres, access: accessOf('test') });
  await startCluster({ folder });
  try {
    await seedEnvironment({ profile: PROFILES.test, port, passwords });
    const again = addressesOf({ port, passwords, login: 'rewind' });
    expect(await environmentFingerprint(again)).toEqual(await environmentFingerprint(company.test));
  } finally {
    await stopGenerations({ folder, mode: 'immediate' });
  }
});

test('before the mistake › both databases come back as they were, and synchronize', { timeout: 60_000 }, async () => {
  const { at, fingerprint, financialReporting } = momentOf('before the mistake');
  await using restored = await productionAt(at);
  expect(await environmentFingerprint(restored)).toEqual({ application: fingerprint, financialReporting });
  expect(
    await select(restored.application, `SELECT count(*)::int AS n FROM "PRICEDISCTABLE" WHERE "CURRENCY" = 'IDR'`),
  ).toEqual([{ n: 0 }]);

  const standard = await run('synchronize.ts', '--database-url', restored.owner, '--customizations', 'none');
  expect(standard.said).toMatch(
    /Synchronized: tables, columns, indexes, views and triggers are as the code expects\n$/,
  );
  expect(standard.code).toBe(0);

  const customized = await run('synchronize.ts', '--database-url', restored.owner, '--customizations', 'test');
  expect(customized.code).toBe(1);
  expect(customized.said).toContain('index I_CONTOSOLOYALTY_CUSTACCOUNTIDX cannot be created (SQLSTATE 23505)');
  expect(customized.said).toContain('Unique on CUSTACCOUNT; 82 rows share their value with another row');
  expect(customized.said).not.toMatch(/C0\d{5}/);

  // Synchronization leaves every row as it was.
  expect(await environmentFingerprint(restored)).toEqual({ application: fingerprint, financialReporting });
});

test('after the mistake › two fifths of the prices are in the wrong currency', { timeout: 60_000 }, async () => {
  const { at, fingerprint, financialReporting } = momentOf('price list in the wrong currency');
  await using restored = await productionAt(at);
  expect(await environmentFingerprint(restored)).toEqual({ application: fingerprint, financialReporting });
  expect(
    await select(
      restored.application,
      `SELECT round(avg(CASE "CURRENCY" WHEN 'IDR' THEN 1 ELSE 0 END), 2)::float AS share FROM "PRICEDISCTABLE"`,
    ),
  ).toEqual([{ share: 0.4 }]);
});

test('a moment taken later › differs from the earlier ones, and the workload goes on after it', async () => {
  const before = company.workload.commits;
  const moment = await company.workload.moment('now');
  expect(moment.at > momentOf('price list in the wrong currency').at).toBe(true);
  expect(moment.fingerprint).not.toEqual(momentOf('price list in the wrong currency').fingerprint);
  await company.workload.archiveNow();
  expect(company.workload.commits).toBeGreaterThan(before);
});

test('a fingerprint › notices one changed value', async () => {
  const { application } = company.uat;
  const before = await fingerprintOf(application, { EXCHANGERATE: [] });
  await select(
    application,
    `UPDATE "EXCHANGERATE" SET "EXCHANGERATE" = "EXCHANGERATE" + 0.0000000000000001 WHERE "RECID" = (SELECT min("RECID") FROM "EXCHANGERATE")`,
  );
  const after = await fingerprintOf(application, { EXCHANGERATE: [] });
  expect(after.EXCHANGERATE?.rows).toBe(before.EXCHANGERATE?.rows);
  expect(after.EXCHANGERATE?.checksum).not.toBe(before.EXCHANGERATE?.checksum);
});

test(
  'services › hold the database in use, come back after it was away, and stop for good',
  { timeout: 30_000 },
  async () => {
    const { folder, application } = company.test;
    const inUse = async () => {
      const [row] = await select(
        application,
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = 'axruntimeuser'`,
      );
      return row?.n;
    };
    const answers = async (wanted: boolean) => {
      while ((await health(folder))?.isHealthy !== wanted) await systemClock.sleep(50);
    };
    await answers(true);
    expect(await inUse()).toBe(3);

    await stopCluster({ folder });
    await answers(false);
    await startCluster({ folder });
    await answers(true);
    expect(await run('services.ts', 'health', folder)).toEqual({
      code: 0,
      said: expect.stringContaining('"state":"healthy"'),
    });

    expect(await run('services.ts', 'stop', folder)).toEqual({ code: 0, said: '' });
    expect(await inUse()).toBe(0);
    expect(await run('services.ts', 'health', folder)).toEqual({ code: 1, said: 'nobody answers\n' });
    expect(await run('services.ts', 'stop', folder)).toEqual({ code: 0, said: '' });
    expect(await run('services.ts', 'start', folder)).toEqual({ code: 0, said: '' });
    await answers(true);
    await stopServices(folder);
  },
);

test('an ended company › leaves no process behind', { timeout: 30_000 }, async () => {
  await startServices(company.uat.folder);
  await company[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
  for (const name of ENVIRONMENT_NAMES) expect(await clusterPid(company[name])).toBeUndefined();
  expect(await health(company.uat.folder)).toBeUndefined();
  expect((await readdir(company.uat.folder)).filter((file) => file === 'services.process.json')).toEqual([]);
});
