import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refuseProductionAsTarget } from '../../../../engine/environments/aliases.ts';
import { createBackupShare } from '../../../sqlServer/state/backups.ts';
import { exportHistory } from './exportHistory.ts';
import { aScene, type Scene } from './refresh.ts';

// Two servers that see the same backup files: nothing but files joins them.
let production: Scene;
let sandbox: Scene;
let folder: string;
beforeAll(async () => {
  const share = createBackupShare();
  folder = await mkdtemp(join(tmpdir(), 'rewind-history-'));
  production = await aScene({ share, name: 'PRODSQL' });
  sandbox = await aScene({ name: 'UATSQL' });
  // The sandbox's server reads production's backups, and has none of its own under these names.
  sandbox.standIn.state.share.files.clear();
  for (const [path, file] of share.files) sandbox.standIn.state.share.files.set(path, file);
});
afterAll(async () => {
  await production[Symbol.asyncDispose]();
  await sandbox[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const rename = (from: string, to: string) =>
  production.fixture.admin.query(
    'master',
    `ALTER DATABASE [${from}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE [${from}] MODIFY NAME = [${to}]; ALTER DATABASE [${to}] SET MULTI_USER`,
  );
const names = () => Object.values(production.fixture.source.databases);

test('a run from a history file › opens no connection to production, from the survey to the rollback', async () => {
  const file = join(folder, 'history.json');
  await writeFile(file, JSON.stringify(await exportHistory(production.fixture.admin, names(), [], (path) => path)));
  const source = { ...production.fixture.source, settings: { from: 'history-file', file } };
  const { provider, target } = sandbox.fixture;
  const at = production.moments[1] ?? '';
  const sessionsBefore = production.standIn.state.nextSessionId;
  const statementsBefore = production.standIn.statements.length;

  await provider.survey(source);
  await provider.measure(source);
  await provider.plan(source, target, at);
  for (const action of ['restore', 'swap', 'open'] as const) await sandbox.act(action, 'R-1', { source, at });
  expect(await sandbox.rows('target', 'R-1')).toEqual([1, 2]);
  for (const action of ['swap-back', 'drop-incoming'] as const) await sandbox.act(action, 'R-1', { source, at });
  expect(production.standIn.statements.slice(statementsBefore)).toEqual([]);
  expect(production.standIn.state.nextSessionId).toBe(sessionsBefore);
});

test('a source by connection › is asked for its backups and nothing else', async () => {
  const statementsBefore = production.standIn.statements.length;
  const { provider, source } = production.fixture;
  await provider.survey(source);
  await provider.measure(source);
  await provider.plan(source, sandbox.fixture.target, production.moments[1] ?? '');
  // The driver sets the options of each new session; that reads and writes nothing.
  const asked = production.standIn.statements.slice(statementsBefore).filter(({ text }) => !text.startsWith('set '));
  expect(asked.length).toBeGreaterThan(0);
  expect(new Set(asked.map(({ login }) => login))).toEqual(new Set(['history_rewindtest']));
  for (const { text } of asked) {
    expect(text).toMatch(/^SELECT /);
    const objects = [...text.matchAll(/(?:FROM|JOIN) ([\w.]+)/g)].map(([, name]) => name);
    expect(
      objects.filter((name) => !/^msdb\.dbo\.(backupset|backupmediaset|backupmediafamily)$/.test(name ?? '')),
    ).toEqual([]);
  }
});

test('a source whose login is a member of sysadmin › is refused before anything is read', async () => {
  const { admin, provider, source } = production.fixture;
  await admin.query('master', 'ALTER SERVER ROLE sysadmin ADD MEMBER [history_rewindtest]');
  await expect(provider.survey(source)).rejects.toMatchObject({ code: 'source-login-too-powerful' });
  await admin.query('master', 'ALTER SERVER ROLE sysadmin DROP MEMBER [history_rewindtest]');
  await provider.survey(source);
});

test('a sandbox that is production › is refused by GUID and fork, under whatever name', async () => {
  const { provider, source } = production.fixture;
  const { fixture } = production;
  const target = { ...fixture.target, databases: source.databases };
  await expect(provider.plan(source, target, production.moments[1] ?? '')).rejects.toMatchObject({
    code: 'target-is-production',
  });
  await rename(source.databases.application, 'alias');
  const alias = { ...fixture.target, databases: { ...fixture.target.databases, application: 'alias' } };
  await expect(provider.plan(source, alias, production.moments[1] ?? '')).rejects.toMatchObject({
    code: 'target-is-production',
  });
  await rename('alias', source.databases.application);
});

test('a sandbox with one database of its own and one of production’s › is not started with, under whatever name', async () => {
  const { provider, source, target } = production.fixture;
  const sandboxes = [{ ...target, databases: { ...target.databases, application: source.databases.application } }];
  await expect(
    refuseProductionAsTarget({ people: [], sources: [source], sandboxes }, () => provider),
  ).rejects.toMatchObject({ code: 'target-is-production' });
  // As a source for others it is a sandbox, and no production.
  const ofSandbox = { ...source, name: 'uat', kind: 'sandbox-backups' as const };
  await refuseProductionAsTarget({ people: [], sources: [ofSandbox], sandboxes }, () => provider);
  await refuseProductionAsTarget({ people: [], sources: [source], sandboxes: [target] }, () => provider);
});
