import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../../../engine/databases/sqlServer/address.ts';
import { backupFilesOf } from '../../../../engine/environments/sqlServer/source/backupFiles.ts';
import { arrangeBackups } from '../../../../engine/environments/sqlServer/chain/arrangement.ts';
import { readBackupHistory } from '../../../../engine/environments/sqlServer/chain/backupHistory.ts';
import { planRestoreChain } from '../../../../engine/environments/sqlServer/chain/restoreChain.ts';
import { type Database, findDatabase } from '../../../../engine/environments/sqlServer/databases.ts';
import { openShortConnection } from '../../../../engine/databases/sqlServer/connection.ts';
import { sourceSettings } from '../../../../engine/environments/sqlServer/settings.ts';
import { readServer } from '../../../../engine/databases/sqlServer/readServer.ts';
import { z } from 'zod';
import { aBackup, aFamily, at } from './chain/aBackup.ts';
import { aScene, type Scene } from './refresh.ts';

// What a server refuses or does by its documentation; docs/sql-server-stand-in.md names the pages.
let scene: Scene;
beforeAll(async () => {
  scene = await aScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const database = (name: string) => scene.database(name);
const master = (text: string) => scene.fixture.admin.query('master', text);
const plan = () => scene.fixture.provider.plan(scene.fixture.source, scene.fixture.target, scene.moments[1] ?? '');
const logOf = (text: string) => scene.log.filter((line) => line.includes(text));

test('the service owns the copy › and is made no second user in it; handed back by hand, the next refresh still gets in', async () => {
  await scene.act('restore', 'R-1');
  await scene.act('swap', 'R-1');
  await scene.act('open', 'R-1');
  expect(database('uatax_rewindtest').principals.map(({ name }) => name)).not.toContain(scene.service);
  const [byHand = ''] = scene.log.flatMap(
    (line) => /uatax_rewindtest is owned by .* by hand: (.*)/.exec(line)?.[1] ?? [],
  );
  await master(byHand);
  expect(database('uatax_rewindtest').owner).toBe('sa');
  await plan();
  await scene.act('restore', 'R-2');
  await scene.act('swap', 'R-2');
  await scene.act('swap-back', 'R-2');
  await scene.act('drop-incoming', 'R-2');
  await scene.act('drop-previous', 'R-1');
});

test('a target that tracks changes longer than production › keeps its retention, without switching on what is on (5088)', async () => {
  const names = ['prodax_rewindtest', 'prodmr_rewindtest'];
  for (const name of names) {
    await master(`ALTER DATABASE [${name}] SET CHANGE_TRACKING = ON (CHANGE_RETENTION = 2 DAYS)`);
    await master(`BACKUP DATABASE [${name}] TO DISK = N'/var/opt/mssql/backup/${name}_tracked.bak' WITH INIT`);
  }
  const later = await scene.fixture.commit();
  await scene.fixture.archive();
  await scene.fixture.commit();
  await scene.fixture.archive();
  database('uatax_rewindtest').options.changeTracking = { retentionDays: 6, autoCleanup: true };
  await scene.act('restore', 'R-3', { at: later });
  expect(database('uatax_rewindtest__incoming_R-3').options.changeTracking).toEqual({
    retentionDays: 6,
    autoCleanup: true,
  });
  await scene.act('drop-incoming', 'R-3');
});

test('options that are a matter of comfort › are told in the log when the server refuses them, and nothing else fails', async () => {
  database('uatax_rewindtest').options.scoped['MAXDOP'] = 4;
  const refused = (match: RegExp) => scene.standIn.fault({ match, effect: { error: { number: 102 } } });
  const faults = [refused(/^ALTER DATABASE SCOPED CONFIGURATION/), refused(/QUERY_STORE CLEAR/)];
  await scene.act('restore', 'R-4');
  for (const fault of faults) fault.remove();
  expect(logOf('scoped configuration MAXDOP stays as production’s, not 4 as the target’s')).toHaveLength(1);
  expect(logOf('its query store is off and could not be cleared')).toHaveLength(1);
  await scene.act('drop-incoming', 'R-4');
});

test('a login that may rename the target but not enter it › is refused by the plan, before hours of restoring', async () => {
  await scene.fixture.admin.query('uatax_rewindtest', `DROP USER [${scene.service}]`);
  await expect(plan()).rejects.toMatchObject({ code: 'permission-missing' });
  await scene.fixture.admin.query(
    'uatax_rewindtest',
    `CREATE USER [${scene.service}] FOR LOGIN [${scene.service}]; ALTER ROLE db_owner ADD MEMBER [${scene.service}]`,
  );
  await plan();
});

test('a target that does not show its GUIDs › is not taken for something else than production', async () => {
  const uat = database('uatax_rewindtest');
  const { familyGuid } = uat;
  // A database that closes by itself and will not start has none.
  Object.assign(uat, { familyGuid: null });
  await expect(plan()).rejects.toThrow('uatax_rewindtest does not show its GUIDs');
  Object.assign(uat, { familyGuid });
});

test('a managed instance › is refused as the target’s server', async () => {
  const { edition } = scene.standIn.state;
  Object.assign(scene.standIn.state, { edition: 'SQL Azure' });
  await expect(plan()).rejects.toMatchObject({ code: 'target-cannot-be-swapped' });
  Object.assign(scene.standIn.state, { edition });
});

test('a server that counts no changed rows › is refused, with the option that keeps it from it', async () => {
  const { state } = scene.standIn;
  state.userOptions = 512 + 32;
  await expect(plan()).rejects.toMatchObject({
    code: 'target-cannot-be-swapped',
    remedy: expect.stringContaining('Take 512 out of them') as string,
  });
  state.userOptions = 32;
  await plan();
});

test('a user of Windows without a login › is named in the log instead of failing the swap (15006)', async () => {
  const user = { id: 77, type: 'U', sid: '0105', roles: new Set<string>(), permissions: [] } as const;
  database('uatax_rewindtest').principals.push({ ...user, name: 'CONTOSO\\gone', permissions: [] });
  await scene.act('restore', 'R-5');
  await scene.act('swap', 'R-5');
  expect(logOf('no login on this server): CONTOSO\\gone')).toHaveLength(1);
  await scene.act('swap-back', 'R-5');
  await scene.act('drop-incoming', 'R-5');
});

test('a statement that changes something › has no time limit, a question has one', async () => {
  const { server } = scene.fixture.target.settings as { server: string };
  await using line = await openShortConnection(addressOf(server), 50);
  const slow = scene.standIn.fault({ match: /SERVERPROPERTY/, nth: 'every', effect: { delayMs: 250 } });
  const doing = 'waiting';
  await expect(line.ask(readServer(), z.unknown(), { doing })).rejects.toMatchObject({ code: 'connection-lost' });
  await line.send(readServer(), { doing });
  await line.ask(readServer(), z.unknown(), { doing, isSlow: true });
  slow.remove();
});

test('names of databases › are told apart by case where the server does', () => {
  const named = (name: string) => ({ name }) as Database;
  const [lower, upper] = [named('uat'), named('UAT')];
  expect(findDatabase([lower, upper], 'UAT')).toBe(upper);
  expect(findDatabase([lower], 'UAT')).toBe(lower);
});

test('a backup behind a URL › is its only one: no statement names a position, another one is refused', () => {
  const url = 'https://contoso.blob.core.windows.net/backup/full.bak';
  const filesAt = (position: number) => {
    const reader = readBackupHistory();
    reader.add({ ...aBackup('F1', 'D', '01:00', 100, 110, { position }), families: [aFamily(url, 1, 0, 9)] });
    reader.add({ ...aBackup('L1', 'L', '02:00', 100, 200), families: [aFamily(url.replace('full', 'log'), 1, 0, 9)] });
    reader.add({ ...aBackup('L2', 'L', '03:00', 200, 300), families: [aFamily(url.replace('full', '2'), 1, 0, 9)] });
    const [history] = reader.databases();
    if (history === undefined) throw new Error('no history');
    const { steps } = planRestoreChain(arrangeBackups(history), { at: at('01:30'), target: {} });
    return backupFilesOf(
      steps,
      sourceSettings.parse({ from: 'history-file', file: 'h.json', backupFolders: [url.replace('/full.bak', '')] }),
    );
  };
  expect(filesAt(1).length).toBeGreaterThan(0);
  expect(() => filesAt(2)).toThrow(/holds another backup than the history says: expected its backup 2, found a URL/);
});
