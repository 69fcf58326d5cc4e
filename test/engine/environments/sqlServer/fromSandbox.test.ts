import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instant, Sandbox, Source } from '../../../../engine/contracts.ts';
import { aScene, type Scene } from './refresh.ts';

let scene: Scene;
let uat: Source;
let other: Sandbox;

beforeAll(async () => {
  scene = await aScene();
  const { admin, target, source, server } = scene.fixture;
  const names = Object.values(target.databases);
  // Only what writes its log can be restored to a moment.
  for (const name of names) await admin.query('master', `ALTER DATABASE [${name}] SET RECOVERY FULL`);
  uat = { ...source, name: 'uat', title: 'UAT', kind: 'sandbox-backups', databases: target.databases };
  const named = (name: string) => `${name}${server.suffix}`;
  const databases = { application: named('testax'), financialReporting: named('testmr') };
  for (const name of Object.values(databases)) {
    await admin.query('master', `CREATE DATABASE [${name}]`);
    await admin.query('master', `ALTER DATABASE [${name}] SET RECOVERY SIMPLE`);
    await admin.query(name, 'CREATE TABLE dbo.moments (n int NOT NULL PRIMARY KEY)');
    await admin.query(name, `CREATE USER [${scene.service}] FOR LOGIN [${scene.service}]`);
    await admin.query(name, `ALTER ROLE db_owner ADD MEMBER [${scene.service}]`);
  }
  other = { ...target, name: 'test', title: 'TEST', sources: ['prod', 'uat'], databases };
});
afterAll(() => scene[Symbol.asyncDispose]());

let backups = 0;
async function backUp(kind: 'DATABASE' | 'LOG'): Promise<void> {
  const { admin, target, server } = scene.fixture;
  backups += 1;
  for (const name of Object.values(target.databases)) {
    const file = `${server.backupFolder}${name}_own_${String(backups)}.bak`;
    await admin.query('master', `BACKUP ${kind} [${name}] TO DISK = N'${file}' WITH INIT`);
  }
}

/** Somebody works in UAT, and its log is backed up behind that. */
async function work(n: number): Promise<Instant> {
  const { admin, target, server } = scene.fixture;
  for (const name of Object.values(target.databases))
    await admin.query(name, `INSERT INTO dbo.moments (n) VALUES (${String(n)})`);
  await server.nextSecond();
  const at = server.clock.now();
  await server.nextSecond();
  await backUp('LOG');
  return at;
}

const rowsOf = async (sandbox: Sandbox) => {
  await using session = await scene.fixture.provider.session(sandbox, 'target', 'application', 'R-9');
  const rows = await session.select<{ readonly n: number }>(CompiledQuery.raw('SELECT n FROM moments ORDER BY n'));
  return rows.map(({ n }) => n);
};

test('a sandbox’s own backups on SQL Server › reach its moments, and of the databases before its switch none', async () => {
  const { provider, target, server, source } = scene.fixture;
  await backUp('DATABASE');
  await server.nextSecond();
  const before = await work(-7);
  await work(-8);
  const plan = await provider.plan(uat, other, before);
  expect(plan.sourceIdentity).toBe((await provider.measure(target)).identity);
  for (const action of ['restore', 'swap', 'open'] as const)
    await scene.act(action, 'R-7', { source: uat, target: other, at: before });
  expect(await rowsOf(other)).toEqual([-7, -1]);

  // UAT is refreshed from production: another database under its name, of production's family.
  const at = scene.moments[1] ?? '';
  for (const action of ['restore', 'swap', 'open'] as const) await scene.act(action, 'R-8', { source, at });
  await server.nextSecond();
  const afterSwitch = { ...uat, notBefore: server.clock.now() };
  expect((await provider.survey(afterSwitch)).windows).toEqual([]);
  await expect(provider.plan(afterSwitch, other, before)).rejects.toMatchObject({ code: 'recovery-point-unreachable' });

  // Backed up anew, it is one of two databases of that name in the history: the newer one is meant.
  await backUp('DATABASE');
  await server.nextSecond();
  const anew = await work(-9);
  await work(-10);
  const { windows } = await provider.survey(afterSwitch);
  expect(windows.length).toBeGreaterThan(0);
  expect(windows.every(({ from }) => from >= afterSwitch.notBefore)).toBe(true);
  expect((await provider.plan(afterSwitch, other, anew)).sourceIdentity).not.toBe(plan.sourceIdentity);
  for (const action of ['restore', 'swap', 'open'] as const)
    await scene.act(action, 'R-9', { source: afterSwitch, target: other, at: anew });
  expect(await rowsOf(other)).toEqual([-9, 1, 2]);

  // A worker that ends before it has marked the copy leaves the mark that UAT itself carries.
  const parts = { source: afterSwitch, target: other, at: anew };
  await scene.act('restore', 'R-10', parts);
  const copy = `${other.databases.application}__incoming_R-10`;
  await scene.fixture.admin.query(copy, `EXEC sys.sp_updateextendedproperty @name = N'Rewind.Run', @value = N'R-8'`);
  await expect(scene.act('restore', 'R-10', parts)).rejects.toMatchObject({ code: 'mark-unclear' });
  await scene.act('restore', 'R-10', { ...parts, remembered: { 'backups-application': 'a backup' } });
  await scene.act('drop-incoming', 'R-10', parts);
});
