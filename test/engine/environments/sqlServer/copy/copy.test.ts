import { afterAll, beforeAll, expect, test } from 'vitest';
import { listPermissions } from '../../../../../engine/environments/sqlServer/plan/permissions.ts';
import { createServers } from '../../../../../engine/databases/sqlServer/servers.ts';
import { connect, query } from '../admin.ts';
import { aScene, type Scene } from '../refresh.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await aScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const database = (name: string) => scene.database(name);
const at = () => scene.moments[1] ?? '';

test('a copy › has the options of the target, a broker of its own, an empty query store, and no user of production', async () => {
  const [production, target] = [database('prodax_rewindtest'), database('uatax_rewindtest')];
  production.options.flags['is_read_committed_snapshot_on'] = 1;
  production.options.compatibilityLevel = 160;
  production.options.scoped['MAXDOP'] = 8;
  target.options.compatibilityLevel = 150;
  target.options.scoped['MAXDOP'] = 1;
  for (const one of ['prodax_rewindtest', 'prodmr_rewindtest']) {
    await scene.fixture.admin.query(
      'master',
      `BACKUP DATABASE [${one}] TO DISK = N'/var/opt/mssql/backup/${one}_late.bak' WITH INIT`,
    );
  }
  const late = await scene.fixture.commit();
  await scene.fixture.archive();
  await scene.fixture.commit();
  await scene.fixture.archive();
  await scene.act('restore', 'R-1', { at: late });
  const copy = database('uatax_rewindtest__incoming_R-1');
  expect(copy.options).toMatchObject({ recoveryModel: 'SIMPLE', compatibilityLevel: 150 });
  expect(copy.options.flags['is_read_committed_snapshot_on'] ?? 0).toBe(
    target.options.flags['is_read_committed_snapshot_on'] ?? 0,
  );
  expect(String(copy.options.scoped['MAXDOP'])).toBe('1');
  expect(copy.options.brokerGuid).not.toBe(production.options.brokerGuid);
  expect(copy.options.queryStoreRows).toBe(0);
  expect(copy.principals.filter(({ type, id }) => type === 'S' && id > 4)).toEqual([]);
  expect(scene.log.filter((line) => line.startsWith('uatax_rewindtest__incoming_R-1: ')).join('\n')).toMatch(
    /new broker, .* recovery model SIMPLE as the target’s/,
  );
  await scene.act('drop-incoming', 'R-1');
});

test('a copy › is never read by another login, a db_owner of target and production among them, until the target is opened', async () => {
  const runId = 'R-2';
  await scene.fixture.admin.query('uatax_rewindtest', 'ALTER ROLE db_owner ADD MEMBER [tester_rewindtest]');
  const tester = (scene.fixture.target.settings as { server: string }).server.replaceAll('rewind_', 'tester_');
  const seen = new Set<number>();
  const over = new AbortController();
  const poll = (async () => {
    while (!over.signal.aborted) {
      for (const name of ['uatax_rewindtest', `uatax_rewindtest__incoming_${runId}`]) {
        const client = await connect(tester, name).catch(() => undefined);
        const rows = client && (await query(client, 'SELECT n FROM dbo.moments').catch(() => undefined));
        for (const { n } of rows ?? []) seen.add(Number(n));
        await client?.close();
      }
    }
  })();
  await scene.act('restore', runId);
  await scene.act('swap', runId);
  const beforeOpen = [...seen];
  over.abort();
  await poll;
  expect(beforeOpen).toEqual([-1]);
  await scene.act('open', runId);
  await using client = await connect(tester, 'uatax_rewindtest');
  expect(await query(client, 'SELECT n FROM dbo.moments')).toHaveLength(2);
  await scene.act('swap-back', runId);
  await scene.act('drop-incoming', runId);
});

test('users, roles and rights of the target › are in the new database when it is opened, as far as their objects are', async () => {
  const runId = 'R-4';
  const sql = (text: string) => scene.fixture.admin.query('uatax_rewindtest', text);
  await sql('CREATE ROLE [integration]');
  await sql('ALTER ROLE [integration] ADD MEMBER [tester_rewindtest]');
  await sql('CREATE TABLE dbo.onlyInTarget (n int NOT NULL PRIMARY KEY)');
  for (const right of [
    'GRANT VIEW DATABASE STATE TO [integration]',
    'GRANT SELECT ON OBJECT::[dbo].[moments] TO [integration]',
    'GRANT SELECT ON OBJECT::[dbo].[onlyInTarget] TO [integration]',
    'DENY DELETE ON SCHEMA::[dbo] TO [integration]',
  ]) {
    await sql(right);
  }
  await scene.act('restore', runId);
  await scene.act('swap', runId);
  await scene.act('open', runId);
  const rights = await sql(
    "SELECT g.state_desc AS state, g.permission_name AS permission, g.class_desc AS class FROM sys.database_permissions AS g JOIN sys.database_principals AS p ON p.principal_id = g.grantee_principal_id WHERE p.name = N'integration' ORDER BY g.class_desc",
  );
  expect(rights.map(({ state, permission, class: kind }) => [state, permission, kind])).toEqual([
    ['GRANT', 'VIEW DATABASE STATE', 'DATABASE'],
    ['GRANT', 'SELECT', 'OBJECT_OR_COLUMN'],
    ['DENY', 'DELETE', 'SCHEMA'],
  ]);
  const members = await sql(
    "SELECT r.name AS role FROM sys.database_role_members AS rm JOIN sys.database_principals AS r ON r.principal_id = rm.role_principal_id JOIN sys.database_principals AS m ON m.principal_id = rm.member_principal_id WHERE m.name = N'tester_rewindtest' ORDER BY r.name",
  );
  expect(members.map(({ role }) => role)).toEqual(['db_datareader', 'db_datawriter', 'db_owner', 'integration']);
  expect(scene.log.join('\n')).toContain('1 rights on objects that it lacks are left out');
  await scene.act('swap-back', runId);
  await scene.act('drop-incoming', runId);
});

test('a plan › is refused with the remedy for what would fail later', async () => {
  const { provider, source, target } = scene.fixture;
  const plan = () => provider.plan(source, target, at());
  const uat = database('uatax_rewindtest');
  for (const [flag, what] of [
    ['is_cdc_enabled', /change data capture/],
    ['is_published', /replicated/],
  ] as const) {
    uat.options.flags[flag] = 1;
    await expect(plan()).rejects.toThrow(what);
    uat.options.flags[flag] = 0;
  }
  const [volume] = scene.standIn.state.volumes;
  if (volume === undefined) throw new Error('no volume');
  const { availableBytes } = volume;
  volume.availableBytes = 1;
  await expect(plan()).rejects.toMatchObject({ code: 'disk-full' });
  volume.availableBytes = availableBytes;
  const [first] = scene.standIn.state.share.files.values();
  if (first === undefined) throw new Error('no backup');
  first.fault = { kind: 'missing' };
  await expect(plan()).rejects.toMatchObject({
    code: 'backup-unreadable',
    message: expect.stringContaining(first.path) as string,
  });
  first.fault = undefined;
  await plan();
});

test('a backup that was exchanged after the plan › is noticed by its header, before anything is restored', async () => {
  const { files } = scene.standIn.state.share;
  const [[path, mine] = [], [, other] = []] = [...files.entries()];
  if (path === undefined || mine === undefined || other === undefined) throw new Error('no backups');
  files.set(path, { ...other, path: mine.path });
  await expect(scene.act('restore', 'R-3')).rejects.toMatchObject({ code: 'backup-mismatch' });
  files.set(path, mine);
  expect((await scene.observe('R-3')).artefacts.filter(({ role }) => role === 'incoming')).toEqual([]);
});

test('rewind doctor › says what the service has and lacks, why, and the statement that gives it', async () => {
  const servers = createServers();
  const permissions = await listPermissions(scene.fixture.target, servers);
  expect(permissions.map(({ name, has }) => [name, has])).toEqual([
    [`login as SQL login ${scene.service}`, true],
    ['dbcreator', true],
    ['VIEW SERVER STATE', true],
    ['VIEW ANY DEFINITION', true],
    ['ALTER ANY CONNECTION', true],
    ['db_owner of uatax_rewindtest', true],
    ['db_owner of uatmr_rewindtest', true],
    ['SELECT on jobs and log shipping in msdb', true],
    ['no sysadmin', true],
  ]);
  await scene.fixture.admin.query('master', 'ALTER SERVER ROLE dbcreator DROP MEMBER [rewind_rewindtest]');
  const lacking = (await listPermissions(scene.fixture.target, servers)).filter(
    ({ has, isNeeded }) => has !== true && isNeeded,
  );
  expect(lacking.map(({ statement }) => statement)).toEqual([
    'ALTER SERVER ROLE dbcreator ADD MEMBER [rewind_rewindtest];',
  ]);
  await scene.fixture.admin.query('master', 'ALTER SERVER ROLE dbcreator ADD MEMBER [rewind_rewindtest]');
  await servers.close();
});
