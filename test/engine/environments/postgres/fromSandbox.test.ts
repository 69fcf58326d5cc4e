import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CompiledQuery } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresBinaries } from '../../../../demo/clusters/binaries.ts';
import {
  configureCluster,
  createCluster,
  startCluster,
  stopCluster,
  stopGenerations,
} from '../../../../demo/clusters/cluster.ts';
import {
  backUpSandbox,
  sandboxArchive,
  sandboxArchiving,
  sandboxBackups,
} from '../../../../demo/clusters/sandboxBackups.ts';
import { giveToServer } from '../../../../demo/clusters/serverAccount.ts';
import { freePort } from '../../../../demo/supervisor/freePort.ts';
import { systemClock } from '../../../../engine/clock.ts';
import type { Instant, Sandbox, Source } from '../../../../engine/contracts.ts';
import { surveyFrom } from '../../../../engine/recovery/surveyFrom.ts';
import { aPolicy, JONAS, MIRA, TENANT } from '../../../builders.ts';
import { aCrew } from '../../crew.ts';
import { createLeasedJournal } from '../../doubles/leasedJournal.ts';
import { pack } from '../../doubles/smallCompany.ts';
import { aPostgresScene } from './scene.ts';

const scene = aPostgresScene();
let testFolder: string;
let testPort: number;

/** UAT is backed up from here on, and a third cluster stands where TEST is. */
beforeAll(async () => {
  const { root, targetPort } = scene.fixture();
  const uat = join(root, 'uat');
  await stopCluster({ folder: uat });
  const access = [{ databases: ['all'], roles: ['rewind', 'shared', 'tester'] }];
  const uatCluster = { folder: uat, port: targetPort, superuser: 'postgres', access };
  await configureCluster({ ...uatCluster, settings: await sandboxArchiving(uat) });
  await startCluster({ folder: uat });
  await mkdir(sandboxBackups(uat));
  await giveToServer(sandboxBackups(uat));
  testFolder = join(root, 'test');
  testPort = await freePort();
  const testCluster = { folder: testFolder, port: testPort, superuser: 'postgres', password: 'postgres-of-test' };
  await createCluster({ ...testCluster, access });
  await startCluster({ folder: testFolder });
  await inTest('postgres', `CREATE ROLE rewind SUPERUSER LOGIN PASSWORD 'rewind-of-test'`);
  for (const database of ['axdb', 'mrdb']) {
    await inTest('postgres', `CREATE DATABASE ${database}`);
    await inTest(database, 'CREATE TABLE moments (n int PRIMARY KEY); INSERT INTO moments VALUES (-2)');
  }
  await schemaOfPack(targetPort, 'rewind-of-uat');
});
afterAll(() => stopGenerations({ folder: testFolder, mode: 'immediate' }));

async function run(port: number, password: string, database: string, sql: string): Promise<void> {
  const login = password.split('-')[0] ?? '';
  const client = new Client({
    connectionString: `postgres://${login}:${password}@127.0.0.1:${String(port)}/${database}`,
  });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
const inTest = (database: string, sql: string) => run(testPort, 'postgres-of-test', database, sql);

/** Something to sanitize, so that the rules have to run again on what they have run on. */
async function schemaOfPack(port: number, password: string): Promise<void> {
  await run(
    port,
    password,
    'axdb',
    `CREATE TABLE "LOGISTICSELECTRONICADDRESS" ("RECID" bigint PRIMARY KEY, "LOCATOR" text NOT NULL DEFAULT '');
     CREATE TABLE "PRINTMGMTSETTINGS" ("RECID" bigint PRIMARY KEY, "PRINTER" text NOT NULL DEFAULT '');
     INSERT INTO "LOGISTICSELECTRONICADDRESS" VALUES (1, 'somebody@uat.example')`,
  );
}

async function aHouse() {
  const { target: plain, source, provider, root } = scene.fixture();
  const people = { requesters: [JONAS.id], approvers: [MIRA.id], policy: aPolicy() };
  const administrator = { signIn: 'admin', objectId: 'admin', tenantId: TENANT };
  const uat: Sandbox = { ...plain, ...people, administrator };
  const folder = join(root, 'uat');
  const ofUat: Source = {
    ...source,
    ...{ name: 'uat', title: 'UAT', kind: 'sandbox-backups' },
    settings: { archiveFolder: sandboxArchive(folder), backupsFolder: sandboxBackups(folder) },
  };
  const testSandbox: Sandbox = {
    ...uat,
    ...{ name: 'test', title: 'TEST', sources: ['prod', 'uat'] },
    settings: {
      folder: testFolder,
      binFolder: dirname(postgresBinaries().postgres),
      service: `postgres://rewind:rewind-of-test@127.0.0.1:${String(testPort)}/axdb`,
      copyPort: await freePort(),
    },
  };
  const journal = createLeasedJournal(systemClock);
  const { desk, engine, planned, approved, proceed } = aCrew({
    ...{ journal, sources: [source, ofUat], sandboxes: [uat, testSandbox] },
    ...{ provider: () => provider, packs: () => [pack], clock: systemClock },
  });
  const finish = async (runId: string) => {
    const { state, failure } = await proceed(runId);
    expect([state, failure?.message]).toEqual([expect.not.stringMatching('failed'), undefined]);
  };
  return {
    planned: (target: string, at: Instant, from?: string) => planned({ target, at, from }),
    async refresh(target: string, at: Instant, from?: string) {
      const run = await approved({ target, at, from });
      await finish(run.runId);
      return run;
    },
    async rollBack(runId: string) {
      await desk.rollBack(JONAS, runId);
      await finish(runId);
    },
    async windowsOfUat() {
      await engine.survey('test');
      return surveyFrom(await journal.survey('test'), 'uat')?.windows ?? [];
    },
    async rows(target: Sandbox) {
      await using session = await provider.session(target, 'target', 'application');
      const rows = await session.select<{ n: number }>(CompiledQuery.raw('SELECT n FROM moments ORDER BY n'));
      return rows.map(({ n }) => n);
    },
    async addresses() {
      await using session = await provider.session(testSandbox, 'target', 'application');
      return await session.select(CompiledQuery.raw('SELECT "LOCATOR" AS locator FROM "LOGISTICSELECTRONICADDRESS"'));
    },
    uat,
    test: testSandbox,
    backUp: () =>
      backUpSandbox({
        folder,
        databaseUrl: `postgres://rewind:rewind-of-uat@127.0.0.1:${String(scene.fixture().targetPort)}/axdb`,
      }),
  };
}

/** Until what was committed last is archived. */
async function aWindow(house: Awaited<ReturnType<typeof aHouse>>) {
  for (let looks = 0; looks < 400; looks += 1) {
    const last = (await house.windowsOfUat()).at(-1);
    if (last) return last;
    await systemClock.sleep(25);
  }
  throw new Error('No window opens');
}

test('a refresh from a sandbox on PostgreSQL › brings that sandbox’s data, sanitized again, and knows nothing of before its last switch', async () => {
  const house = await aHouse();
  await house.backUp();
  const first = await aWindow(house);

  const { runId, plan } = await house.refresh('test', first.to, 'uat');
  expect(await house.rows(house.test)).toEqual(await house.rows(house.uat));
  expect(await house.addresses()).toEqual([{ locator: '' }]);
  expect(plan.checks[0]).toMatchObject({ name: 'source-is-sandbox', outcome: 'warning' });
  expect(plan.checks[0]?.detail).toContain('UAT holds data of its own');
  expect(plan.checks.find(({ name }) => name === 'target-is-sandbox')).toMatchObject({ outcome: 'passed' });
  // Its former database is back, and the way was the same.
  await house.rollBack(runId);
  expect(await house.rows(house.test)).toEqual([-2]);

  await schemaOfPack(scene.fixture().productionPort, 'postgres-of-prod');
  const at = await scene.fixture().commit();
  await scene.fixture().commit();
  await scene.fixture().archive();
  const ofUat = await house.refresh('uat', at);
  expect(await house.windowsOfUat()).toEqual([]);
  const refused = await house.planned('test', first.to, 'uat');
  expect(refused.failure).toMatchObject({ code: 'recovery-point-unreachable' });

  // The new database begins the same timeline anew; its WAL lies apart.
  await house.backUp();
  const second = await aWindow(house);
  expect(second.from > first.to).toBe(true);
  expect((await house.planned('test', first.to, 'uat')).failure).toMatchObject({ code: 'recovery-point-unreachable' });
  const again = await house.refresh('test', second.to, 'uat');
  expect(await house.rows(house.test)).toEqual(await house.rows(house.uat));
  expect(await house.rows(house.test)).not.toContain(-1);
  expect(again.plan.checks[0]?.detail).toContain(`UAT holds PROD as of ${at} (${ofUat.runId})`);
  expect(again.plan.binding.sourceIdentity).not.toBe(plan.binding.sourceIdentity);
});
