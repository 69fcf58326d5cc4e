import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../../../engine/databases/sqlServer/address.ts';
import { backupFilesOf } from '../../../../engine/environments/sqlServer/source/backupFiles.ts';
import { arrangeBackups } from '../../../../engine/environments/sqlServer/chain/arrangement.ts';
import { readBackupHistory } from '../../../../engine/environments/sqlServer/chain/history/backupHistory.ts';
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

test('a server that takes no RESTRICTED_USER without a backup › has the copy recovered and closed in one batch', async () => {
  const refused = scene.standIn.fault({
    match: /^RESTORE DATABASE .* WITH RECOVERY, RESTRICTED_USER/,
    nth: 'every',
    effect: {
      errors: [
        [3032, 'One or more of the options (restricted_user) are not supported for this statement.'],
        [3013, 'RESTORE DATABASE is terminating abnormally.'],
      ],
    },
  });
  const seen: string[] = [];
  const copy = 'uatax_rewindtest__incoming_R-6';
  const look = scene.standIn.fault({
    match: /^ALTER DATABASE .*incoming_R-6\] SET RESTRICTED_USER/,
    when: 'after',
    effect: { run: () => void seen.push(database(copy).userAccess) },
  });
  await scene.act('restore', 'R-6');
  for (const fault of [refused, look]) fault.remove();
  expect(seen).toEqual(['RESTRICTED_USER']);
  const sent = scene.standIn.statements.filter(({ text }) => text.includes(copy));
  const at = sent.findIndex(({ text }) => text.endsWith('WITH RECOVERY'));
  // Nothing of the service, and nobody else's, between recovery and door.
  expect(sent[at + 1]?.text).toMatch(/SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE$/);
  expect(sent[at + 1]?.session).toBe(sent[at]?.session);
  expect(logOf('it is recovered and closed in one batch')).toHaveLength(2);
  expect(logOf('only the service gets in')).not.toEqual([]);
  await scene.act('drop-incoming', 'R-6');
});

test('a fence that another worker raised in the meantime › is not taken for one’s own', async () => {
  const control = (scene.fixture.target.settings as { controlDatabase: string }).controlDatabase;
  const raised = scene.standIn.fault({
    match: /^UPDATE .*fence SET fence/,
    login: scene.service,
    effect: {
      run: () => scene.standIn.administer(control, 'UPDATE dbo.fence SET fence = 90').then(() => undefined),
    },
  });
  await expect(scene.act('drop-incoming', 'R-7', { fence: 50 })).rejects.toMatchObject({ code: 'fenced' });
  raised.remove();
  await scene.standIn.administer(control, 'UPDATE dbo.fence SET fence = 1');
});

test('an integrity check that could not run › is no damage, and one that finds some is', async () => {
  await scene.act('restore', 'R-8');
  const check = async (errors: readonly (readonly [number, string])[]) => {
    const fault = scene.standIn.fault({ match: /^DBCC CHECKDB/, effect: { errors } });
    const { provider, target } = scene.fixture;
    const { signal } = new AbortController();
    const found = await provider
      .open(target, { runId: 'R-8', fence: 1, signal }, scene.fixture.source)
      .checkIntegrity('full')
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    fault.remove();
    return found;
  };
  const aborted = [7926, 'Check statement aborted.'] as const;
  for (const [errors, code] of [
    [
      [[1823, 'A database snapshot cannot be created.'], [7928, 'No snapshot.'], [5030, 'No lock.'], aborted],
      'integrity-check-not-run',
    ],
    [[[7928, 'No snapshot.'], [5030, 'No lock.'], aborted], 'integrity-check-not-run'],
    [[[5030, 'The database could not be exclusively locked.'], aborted], 'database-in-use'],
    [[[5128, "Write to sparse file 'D:\\uat.mdf:MSSQL_DBCC10' failed."]], 'disk-full'],
    [[[1105, "No space for object 'dbo.SORT' in database 'tempdb' because 'PRIMARY' is full."]], 'disk-full'],
    [[[8921, 'Check terminated.']], 'integrity-check-not-run'],
    [[[926, "Database 'uat' cannot be opened."]], 'database-unavailable'],
    [
      [
        [8928, 'Page could not be processed.'],
        [8939, 'Table error.'],
      ],
      'integrity-check-failed',
    ],
    [[[2533, 'Table error: page was not seen.']], 'integrity-check-failed'],
    [[[824, "Logical consistency-based I/O error in file 'D:\\uat.mdf'."]], 'integrity-check-failed'],
  ] as const)
    expect(await check(errors)).toMatchObject({ code });
  await scene.act('drop-incoming', 'R-8');
});

test('a database that is in transition while it is swapped › is waited for (952)', async () => {
  await scene.act('restore', 'R-9');
  const busy = scene.standIn.fault({
    match: /^ALTER DATABASE .* SET SINGLE_USER/,
    effect: {
      errors: [
        [952, "Database 'uat' is in transition."],
        [5069, 'ALTER DATABASE statement failed.'],
      ],
    },
  });
  await scene.act('swap', 'R-9');
  busy.remove();
  expect(await scene.observe('R-9')).toMatchObject({ target: 'new' });
  await scene.act('swap-back', 'R-9');
  await scene.act('drop-incoming', 'R-9');
});
