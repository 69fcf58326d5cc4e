import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectTo, type Client } from './client.ts';
import { startStandIn, type StandIn } from './standIn.ts';

let standIn: StandIn;
let client: Client;
beforeEach(async () => {
  standIn = await startStandIn({ logins: [{ name: 'app', password: 'app' }] });
  await standIn.administer('master', "CREATE DATABASE uat; BACKUP DATABASE uat TO DISK = N'D:\\uat.bak'");
  await standIn.administer(
    'uat',
    'CREATE TABLE dbo.t (n int NOT NULL PRIMARY KEY); CREATE USER app FOR LOGIN app; ALTER ROLE db_owner ADD MEMBER app',
  );
  client = await connectTo(standIn, 'sa', 'uat');
});
afterEach(async () => {
  await client.close();
  await standIn.close();
});

test('a fault of the stand-in › gives any error to the n-th statement that matches, and no other', async () => {
  standIn.fault({
    match: /INSERT/,
    nth: 2,
    effect: { error: { number: 9002, message: 'The transaction log is full.' } },
  });
  const outcomes = [];
  for (const n of [1, 2, 3]) outcomes.push((await client.run(`INSERT INTO t VALUES (${n})`)).errors);
  expect(outcomes).toEqual([[], [9002], []]);
  expect((await client.run('SELECT n FROM t')).rows).toEqual([{ n: 1 }, { n: 3 }]);
});

test('a fault of the stand-in › cuts the connection before or after a statement has taken effect', async () => {
  standIn.fault({ match: /VALUES \(1\)/, effect: 'cut' });
  standIn.fault({ match: /VALUES \(2\)/, effect: 'cut', when: 'after' });
  for (const n of [1, 2])
    await expect(client.run(`INSERT INTO t VALUES (${n})`)).rejects.toThrow(/closed|hang up|lost|ECONN|socket/i);
  expect(await standIn.administer('uat', 'SELECT n FROM t')).toEqual([{ n: 2 }]);
  expect(standIn.statements.filter(({ text }) => text.startsWith('INSERT')).map(({ outcome }) => outcome)).toEqual([
    'stopped',
    'stopped',
  ]);
});

test('a fault of the stand-in › makes one login a deadlock’s victim', async () => {
  await using app = await connectTo(standIn, 'app', 'uat');
  standIn.fault({ match: /UPDATE/, login: 'app', nth: 'every', effect: 'deadlock' });
  expect((await client.run('UPDATE t SET n = 1')).errors).toEqual([]);
  expect((await app.run('UPDATE t SET n = 1')).errors).toEqual([1205]);
  expect((await app.run('UPDATE t SET n = 1')).errors).toEqual([1205]);
});

test('a fault of the stand-in › holds a restore half way, where its progress can be seen and it can be stopped', async () => {
  const held = standIn.fault({ match: /RESTORE DATABASE/, atPercent: 50, effect: 'hold' });
  const stop = new AbortController();
  const percents: string[] = [];
  const restore = client
    .run(
      "RESTORE DATABASE copy FROM DISK = N'D:\\uat.bak' WITH MOVE N'uat' TO N'D:\\c.mdf', MOVE N'uat_log' TO N'D:\\c.ldf', NORECOVERY, STATS = 25",
      {},
      { signal: stop.signal, onInfo: ({ message }) => percents.push(message) },
    )
    .catch((error: unknown) => error);
  await held.reached;
  await using watcher = await connectTo(standIn);
  const { rows } = await watcher.run(
    "SELECT command, percent_complete AS percentComplete FROM sys.dm_exec_requests WHERE command LIKE N'RESTORE%'",
  );
  expect(rows).toEqual([{ command: 'RESTORE DATABASE', percentComplete: 50 }]);
  stop.abort();
  expect(await restore).toMatchObject({ code: 'ECANCEL' });
  expect(percents).toEqual(['25 percent processed.', '50 percent processed.']);
  expect((await watcher.run("SELECT state_desc FROM sys.databases WHERE name = N'copy'")).rows).toEqual([
    { state_desc: 'RESTORING' },
  ]);
  expect((await watcher.run('RESTORE DATABASE copy WITH RECOVERY')).errors).toEqual([4333, 3013]);
  expect((await watcher.run('DROP DATABASE copy')).errors).toEqual([]);
});

test('a fault of the stand-in › lets a hostile session take the single place between two statements', async () => {
  standIn.fault({
    match: /MODIFY NAME/,
    effect: {
      run: async () => {
        const uat = standIn.state.databases.find(({ name }) => name === 'uat');
        if (uat) uat.holder = 9999;
      },
    },
  });
  await client.batch('USE master');
  const { errors } = await client.batch(
    'ALTER DATABASE uat SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ALTER DATABASE uat MODIFY NAME = old',
  );
  expect(errors).toEqual([5064, 5069]);
});

test('a fault of the stand-in › ends a session with a severe error in the middle of its work', async () => {
  standIn.fault({ match: /DBCC CHECKDB/, atPercent: 30, effect: 'kill' });
  expect((await client.run('DBCC CHECKDB (uat) WITH NO_INFOMSGS, PHYSICAL_ONLY')).errors).toEqual([596]);
  standIn.state.otherRows.set('msdb.dbo.suspect_pages', [{ database_id: 5 }]);
  expect((await client.run("DBCC CHECKDB (N'uat') WITH NO_INFOMSGS")).errors).toEqual([8928, 8939, 8990]);
});
