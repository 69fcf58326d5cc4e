import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectTo } from './client.ts';
import { startStandIn, type StandIn } from './standIn.ts';

let standIn: StandIn;
beforeEach(async () => {
  standIn = await startStandIn({
    logins: [
      { name: 'app', password: 'app' },
      { name: 'dba', password: 'dba', roles: ['sysadmin'] },
    ],
  });
  for (const name of ['uat', 'uat__incoming'])
    await standIn.administer(
      'master',
      `CREATE DATABASE [${name}]; EXEC [${name}].sys.sp_executesql N'CREATE USER app FOR LOGIN app; ALTER ROLE db_datareader ADD MEMBER app; CREATE TABLE dbo.t (n int NOT NULL PRIMARY KEY)'`,
    );
});
afterEach(() => standIn.close());

test('sessions of the stand-in › are ended by SET SINGLE_USER WITH ROLLBACK IMMEDIATE, running ones with 596', async () => {
  await using dba = await connectTo(standIn);
  await using idle = await connectTo(standIn, 'app', 'uat');
  await using busy = await connectTo(standIn, 'dba', 'uat');
  await busy.batch('BEGIN TRANSACTION; INSERT INTO dbo.t VALUES (1)');
  const held = standIn.fault({ match: /held/, effect: 'hold' });
  const running = busy.run('SELECT 1 AS held');
  await held.reached;

  const { errors, infos } = await dba.run('ALTER DATABASE [uat] SET SINGLE_USER WITH ROLLBACK IMMEDIATE');
  expect({ errors, infos: infos.map(({ number }) => number) }).toEqual({ errors: [], infos: [5060, 5060] });
  await expect(running).resolves.toMatchObject({ errors: [596] });
  // The pool finds its connection gone and opens another, which is not let in.
  await vi.waitFor(() => expect(idle.run('SELECT 1')).rejects.toMatchObject({ code: 'ELOGIN' }));
  expect((await dba.run('SELECT n FROM uat.dbo.t')).rows).toEqual([]);
});

test('sessions of the stand-in › find the single place taken, with the recorded errors, also while its holder is in master', async () => {
  await using holder = await connectTo(standIn);
  await using other = await connectTo(standIn, 'dba');
  expect((await holder.run('ALTER DATABASE uat SET SINGLE_USER WITH ROLLBACK IMMEDIATE')).infos).toEqual([]);
  expect((await other.batch('USE uat')).errors).toEqual([924]);
  expect((await other.run('ALTER DATABASE uat SET MULTI_USER WITH ROLLBACK IMMEDIATE')).errors).toEqual([5064, 5069]);
  expect((await other.run('ALTER DATABASE uat MODIFY NAME = x')).errors).toEqual([5064, 5069]);
  expect((await other.run('DROP DATABASE uat')).errors).toEqual([3702]);
  await expect(connectTo(standIn, 'dba', 'uat')).rejects.toMatchObject({ code: 'ELOGIN' });
  expect((await holder.run('SELECT n FROM uat.dbo.t')).errors).toEqual([]);
});

test('sessions of the stand-in › leave the single place to the first who enters when its holder disconnects', async () => {
  const holder = await connectTo(standIn);
  await holder.run('ALTER DATABASE uat SET SINGLE_USER WITH ROLLBACK IMMEDIATE');
  await holder.close();
  await using thief = await connectTo(standIn, 'app', 'uat');
  await using late = await connectTo(standIn, 'dba');
  expect((await late.run('ALTER DATABASE uat SET MULTI_USER')).errors).toEqual([5064, 5069]);
  const spid = (await thief.run('SELECT @@SPID AS spid')).rows[0]?.['spid'];
  expect((await late.run(`KILL ${String(spid)}`)).errors).toEqual([]);
  expect((await late.run('ALTER DATABASE uat SET MULTI_USER')).errors).toEqual([]);
});

test('sessions of the stand-in › swap two databases by name in one batch; files, numbers and guids stay', async () => {
  await using dba = await connectTo(standIn);
  await using app = await connectTo(standIn, 'app', 'uat');
  const identity = async () =>
    (
      await dba.run(
        "SELECT d.name, d.database_id, f.physical_name FROM sys.databases AS d JOIN sys.master_files AS f ON f.database_id = d.database_id WHERE d.name LIKE N'uat%' AND f.type_desc = N'ROWS' ORDER BY d.database_id",
      )
    ).rows;
  const before = await identity();
  const { errors } = await dba.batch(`ALTER DATABASE [uat] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
    ALTER DATABASE [uat] MODIFY NAME = [uat__previous];
    ALTER DATABASE [uat__incoming] MODIFY NAME = [uat];
    ALTER DATABASE [uat__previous] SET MULTI_USER`);
  expect(errors).toEqual([]);
  expect(await identity()).toEqual([
    { ...before[0], name: 'uat__previous' },
    { ...before[1], name: 'uat' },
  ]);
  expect((await dba.run('ALTER DATABASE gone MODIFY NAME = x')).errors).toEqual([5011, 5069]);
  expect((await dba.run('ALTER DATABASE uat MODIFY NAME = uat__previous')).errors).toEqual([1801]);
  // Its session was ended; its pool comes back to whatever has the name now.
  expect((await app.run('SELECT DB_ID() AS id')).rows).toEqual([{ id: before[1]?.['database_id'] }]);
});

test('sessions of the stand-in › keep a database from being renamed, dropped or altered without waiting', async () => {
  await using dba = await connectTo(standIn);
  await using app = await connectTo(standIn, 'app', 'uat');
  expect((await dba.run('ALTER DATABASE uat MODIFY NAME = x')).errors).toEqual([5030]);
  expect((await dba.run('DROP DATABASE uat')).errors).toEqual([3702]);
  expect((await dba.run('ALTER DATABASE uat SET SINGLE_USER WITH NO_WAIT')).errors).toEqual([5070, 5069]);
  expect((await dba.batch('BEGIN TRANSACTION; ALTER DATABASE uat SET RECOVERY SIMPLE; ROLLBACK')).errors).toEqual([
    226,
  ]);
  expect((await dba.run('ALTER DATABASE master SET SINGLE_USER')).errors).toEqual([5058]);
  expect((await app.run('SELECT n FROM t')).errors).toEqual([]);
});

test('sessions of the stand-in › of ordinary users are kept out of RESTRICTED_USER', async () => {
  await using dba = await connectTo(standIn);
  await using app = await connectTo(standIn, 'app');
  await dba.run('ALTER DATABASE uat SET RESTRICTED_USER WITH ROLLBACK IMMEDIATE');
  expect((await app.batch('USE uat')).errors).toEqual([916]);
  expect((await dba.batch('USE uat')).errors).toEqual([]);
});

test('sessions of the stand-in › do only what their login may', async () => {
  await using app = await connectTo(standIn, 'app', 'uat');
  expect((await app.run('INSERT INTO t VALUES (1)')).errors).toEqual([229]);
  expect((await app.run('CREATE DATABASE mine')).errors).toEqual([262]);
  expect((await app.run('DROP DATABASE uat')).errors).toEqual([3701]);
  expect((await app.run('ALTER DATABASE uat SET RECOVERY SIMPLE')).errors).toEqual([5011, 5069]);
  expect((await app.run('SELECT name FROM msdb.dbo.sysjobs')).errors).toEqual([229]);
  expect((await app.run('SELECT * FROM sys.dm_os_volume_stats(1, 1)')).errors).toEqual([300]);
  expect((await app.run('SELECT session_id FROM sys.dm_exec_sessions')).rows).toHaveLength(1);
  expect((await app.run('KILL 999')).errors).toEqual([6102]);
  expect((await app.run("EXEC sp_addextendedproperty @name = N'x', @value = N'y'")).errors).toEqual([15_247]);
});

test('sessions of the stand-in › of a retry loop take the single place as often as it is free', async () => {
  standIn.state.intruders.set('uat', 2);
  const holder = await connectTo(standIn);
  await holder.run('ALTER DATABASE uat SET SINGLE_USER WITH ROLLBACK IMMEDIATE');
  await holder.close();
  await using dba = await connectTo(standIn, 'dba');
  const intruders = "SELECT session_id AS id FROM sys.dm_exec_sessions WHERE database_id = DB_ID(N'uat')";
  for (const n of [1, 2]) {
    const { rows } = await dba.run(intruders);
    expect(rows, `intruder ${n}`).toHaveLength(1);
    expect((await dba.run('ALTER DATABASE uat SET MULTI_USER')).errors).toEqual([5064, 5069]);
    await dba.run(`KILL ${String(rows[0]?.['id'])}`);
  }
  expect((await dba.run(intruders)).rows).toEqual([]);
  expect((await dba.run('ALTER DATABASE uat SET MULTI_USER')).errors).toEqual([]);
});
