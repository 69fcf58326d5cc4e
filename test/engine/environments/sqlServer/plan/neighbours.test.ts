import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readObjectName } from '../../../../../engine/environments/sqlServer/plan/leadsOutside.ts';
import { listNeighbours } from '../../../../../engine/environments/sqlServer/plan/neighbours.ts';
import { createServers } from '../../../../../engine/databases/sqlServer/servers.ts';
import { aScene, momentBehindNewFull, type Scene } from '../refresh.ts';

const [UATAX, UATMR] = ['uatax_rewindtest', 'uatmr_rewindtest'] as const;
const UNSEEN = 'not visible to the service: synonyms of prodax_rewindtest, prodmr_rewindtest';

let scene: Scene;
beforeAll(async () => {
  scene = await aScene();
});
afterAll(() => scene[Symbol.asyncDispose]());
beforeEach(() => {
  scene.standIn.state.otherRows.clear();
  for (const database of scene.standIn.state.databases) database.ownRows.clear();
  scene.log.length = 0;
});

const database = (name: string) => {
  const found = scene.standIn.state.databases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no database ${name}`);
  return found;
};
const synonym = (name: string, leadsTo: string) => ({ name, object_id: 1, schema_id: 1, base_object_name: leadsTo });
const planned = async (at = scene.moments[1] ?? '') => {
  const { provider, source, target } = scene.fixture;
  const { checks = [] } = await provider.plan(source, target, at);
  return (name: string) =>
    checks.filter((check) => check.name === name).map(({ outcome, detail }) => [outcome, detail]);
};
const aJob = (id: number, name: string, database_name: string, command: string, enabled = 1) => {
  const { otherRows } = scene.standIn.state;
  const add = (view: string, row: Record<string, string | number>) =>
    otherRows.set(view, [...(otherRows.get(view) ?? []), row]);
  add('msdb.dbo.sysjobs', { job_id: String(id), name, enabled });
  add('msdb.dbo.sysjobsteps', { job_id: String(id), step_id: 1, step_name: 'one', database_name, command });
};

test('a plan › names the jobs, linked servers and synonyms that lead to the target, and what nobody could see', async () => {
  aJob(1, 'Nightly index', UATAX, 'EXEC dbo.rebuild');
  aJob(2, 'Reporting', 'master', `EXEC sp_send_dbmail @query = 'SELECT 1 FROM ${UATMR}.dbo.x'`);
  aJob(3, 'DatabaseBackup - USER_DATABASES - FULL', 'master', "EXEC DatabaseBackup @Databases = 'USER_DATABASES'");
  aJob(4, 'Elsewhere', 'other', 'SELECT 1');
  aJob(5, 'Switched off', UATAX, 'SELECT 1', 0);
  const { otherRows } = scene.standIn.state;
  otherRows.set('msdb.dbo.sysmaintplan_plans', [{ name: 'Weekly' }]);
  otherRows.set('sys.servers', [
    { name: 'STANDIN', data_source: 'STANDIN', catalog: null, is_linked: 0 },
    { name: 'LOOP', data_source: '(local),1433', catalog: null, is_linked: 1 },
    { name: 'TOUAT', data_source: 'sql02', catalog: UATAX.toUpperCase(), is_linked: 1 },
    { name: 'FAR', data_source: 'sql77', catalog: 'other', is_linked: 1 },
  ]);
  await scene.standIn.administer('master', 'CREATE DATABASE reports_rewindtest');
  await scene.standIn.administer('reports_rewindtest', 'CREATE USER [rewind_rewindtest] FOR LOGIN [rewind_rewindtest]');
  database('reports_rewindtest').ownRows.set('sys.synonyms', [
    synonym('orders', `[${UATAX}].[dbo].[SALESTABLE]`),
    synonym('own', '[dbo].[x]'),
  ]);
  expect((await planned())('neighbours')).toEqual([
    [
      'warning',
      [
        'job DatabaseBackup - USER_DATABASES - FULL works over all databases, the copies too',
        `job Nightly index works in ${UATAX}`,
        'job Reporting has a database of the target in a command',
        'maintenance plan Weekly: its databases cannot be read',
        'linked server LOOP leads back to this server',
        `linked server TOUAT leads to ${UATAX.toUpperCase()} on sql02`,
        `synonym dbo.orders of reports_rewindtest leads to [${UATAX}].[dbo].[SALESTABLE]`,
        UNSEEN,
      ].join('; '),
    ],
  ]);
  await scene.standIn.administer('master', 'DROP DATABASE reports_rewindtest');
});

test('a plan › says that msdb was closed to it, instead of that there is nothing', async () => {
  await scene.standIn.administer('msdb', 'DROP USER [rewind_rewindtest]');
  const [[outcome, detail] = []] = (await planned())('neighbours');
  expect([outcome, detail]).toEqual([
    'warning',
    'not visible to the service: log shipping (msdb), jobs and maintenance plans (msdb), synonyms of prodax_rewindtest, prodmr_rewindtest',
  ]);
  await scene.standIn.administer(
    'msdb',
    'CREATE USER [rewind_rewindtest] FOR LOGIN [rewind_rewindtest]; ALTER ROLE db_datareader ADD MEMBER [rewind_rewindtest]',
  );
});

test('a plan › does not fail over a database of somebody else that another session holds alone', async () => {
  await scene.standIn.administer('master', 'CREATE DATABASE reports_rewindtest');
  const message = "Database 'reports_rewindtest' is already open and can only have one user at a time.";
  scene.standIn.fault({
    match: /\[reports_rewindtest\]\.sys\.synonyms/,
    effect: { error: { number: 924, severity: 14, message } },
  });
  const [[outcome, detail] = []] = (await planned())('neighbours');
  expect([outcome, detail]).toEqual(['warning', `${UNSEEN}, reports_rewindtest`]);
  await scene.standIn.administer('master', 'DROP DATABASE reports_rewindtest');
});

test('a plan › is refused for a target in log shipping', async () => {
  const { otherRows } = scene.standIn.state;
  otherRows.set('msdb.dbo.log_shipping_secondary_databases', [{ secondary_database: UATMR }]);
  await expect(planned()).rejects.toThrow(`${UATMR} takes part in log shipping`);
});

test('what leads out of the target today › is named before production’s replaces it; what stays within is not', async () => {
  database(UATAX).ownRows.set('sys.synonyms', [
    synonym('dw', '[DWSQL].[dw].[dbo].[FACT]'),
    synonym('reports', `[${UATMR}].[dbo].[r]`),
    synonym('own', '[dbo].[x]'),
  ]);
  expect((await planned())('replaced-leads')).toEqual([
    ['warning', `${UATAX}: synonym dbo.dw → [DWSQL].[dw].[dbo].[FACT]`],
  ]);
});

test('what leads out of the copy › is named in the log and for the checklist, by name and without secrets', async () => {
  const production = database('prodax_rewindtest');
  production.ownRows.set('sys.synonyms', [synonym('dw', '[DWSQL].[dw].[dbo].[FACT]')]);
  production.ownRows.set('sys.external_data_sources', [
    { name: 'Lake', location: 'abfss://key@lake.dfs.core.windows.net/prod?sig=SECRET', type_desc: 'BLOB_STORAGE' },
  ]);
  production.ownRows.set('sys.database_scoped_credentials', [
    { name: 'LakeKey', credential_identity: 'SHARED ACCESS' },
  ]);
  const late = await momentBehindNewFull(scene);
  const remembered: Record<string, string> = {};
  const remember = async (key: string, value: string) => void (remembered[key] = value);
  await scene.act('restore', 'R-1', { at: late, remember, remembered });
  const copy = `${UATAX}__incoming_R-1`;
  expect(scene.log.filter((line) => line.includes('leads to where'))).toEqual([
    `${copy}: synonym dbo.dw → [DWSQL].[dw].[dbo].[FACT] leads to where it leads in production`,
    `${copy}: external data source Lake → abfss://lake.dfs.core.windows.net/prod leads to where it leads in production`,
    `${copy}: database-scoped credential LakeKey leads to where it leads in production`,
  ]);
  expect(remembered['leads-outside-application']).toBe(
    'synonym dbo.dw → [DWSQL].[dw].[dbo].[FACT], external data source Lake → abfss://lake.dfs.core.windows.net/prod, database-scoped credential LakeKey',
  );
  expect(remembered['leads-outside-financialReporting'] ?? '').toBe('');
  expect(JSON.stringify([remembered, scene.log])).not.toContain('SECRET');
  await scene.act('drop-incoming', 'R-1');
});

test('the log of a restore › names what maintenance should leave alone', async () => {
  await scene.act('restore', 'R-2');
  expect(scene.log.join('\n')).toContain(
    `(Ola Hallengren: @Databases = 'USER_DATABASES, -${UATAX}__incoming_%, -${UATAX}__previous_%, -${UATMR}__incoming_%, -${UATMR}__previous_%')`,
  );
  await scene.act('drop-incoming', 'R-2');
});

test('rewind doctor › hears of the same neighbours, and of what leads out of the target', async () => {
  aJob(1, 'Nightly index', UATAX, 'EXEC dbo.rebuild');
  database(UATMR).ownRows.set('sys.database_scoped_credentials', [{ name: 'LakeKey' }]);
  const servers = createServers();
  expect(await listNeighbours(scene.fixture.target, servers)).toMatchObject({
    found: [`job Nightly index works in ${UATAX}`, `database-scoped credential LakeKey leads out of ${UATMR}`],
    unseen: ['synonyms of prodax_rewindtest, prodmr_rewindtest'],
  });
  await servers.close();
});

test('the name of an object › is read part by part, whatever stands between its brackets', () => {
  expect(readObjectName('[dbo].[x]')).toEqual({});
  expect(readObjectName('x')).toEqual({});
  expect(readObjectName('AxDB..x')).toEqual({ database: 'AxDB' });
  expect(readObjectName('[a.b]]c].[dbo].[x]')).toEqual({ database: 'a.b]c' });
  expect(readObjectName('[SRV\\ONE].[d]].b].[dbo].[x]')).toEqual({ server: 'SRV\\ONE', database: 'd].b' });
  expect(readObjectName('[SRV]...[x]')).toEqual({ server: 'SRV' });
  expect(readObjectName('"q""d".dbo."x"')).toEqual({ database: 'q"d' });
});
