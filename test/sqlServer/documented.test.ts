import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTo } from './client.ts';
import { startStandIn, type StandIn } from './standIn.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({
    logins: [
      { name: 'owner', password: 'Owner-2026!' },
      { name: 'creator', password: 'Creator-2026!', roles: ['dbcreator'] },
    ],
  });
  await standIn.administer('master', 'CREATE DATABASE shop; ALTER AUTHORIZATION ON DATABASE::shop TO owner');
});
afterAll(() => standIn.close());

// docs/sql-server-stand-in.md names the page behind each of these.
test.each([
  ['a reserved word as an alias', 'SELECT 1 AS percent', [156]],
  ['a reserved word as a column', 'SELECT plan FROM sys.databases', [156]],
  ['a second user for the owner', 'CREATE USER [owner] FOR LOGIN [owner]', [15_063]],
  ['an account of Windows without a login', 'CREATE USER [CONTOSO\\gone] WITHOUT LOGIN', [15_006]],
  ['a word where a number belongs', 'ALTER DATABASE SCOPED CONFIGURATION SET MAXDOP = ON', [102]],
  ['a number where a word belongs', 'ALTER DATABASE SCOPED CONFIGURATION SET PARAMETER_SNIFFING = 1', [102]],
  ['a position behind a URL', "RESTORE HEADERONLY FROM URL = 'https://x/y.bak' WITH FILE = 1", [50_000]],
])('the SQL Server stand-in › refuses %s, as a server does', async (_, statement, errors) => {
  await using client = await connectTo(standIn, 'owner', 'shop');
  expect((await client.run(statement)).errors).toEqual(errors);
});

test('the SQL Server stand-in › lets a dbcreator rename a database, and look into none', async () => {
  await using client = await connectTo(standIn, 'creator');
  expect((await client.run('SELECT name FROM shop.sys.extended_properties')).errors).toEqual([916]);
  expect((await client.run('SELECT name FROM msdb.dbo.sysjobs')).errors).toEqual([229]);
  expect((await client.run('ALTER DATABASE shop SET RECOVERY SIMPLE')).errors).toEqual([]);
});

test('the SQL Server stand-in › gives a database to nobody who is a user in it, and lets quoted words be names', async () => {
  await standIn.administer('shop', 'CREATE USER creator FOR LOGIN creator');
  await using client = await connectTo(standIn);
  expect((await client.run('ALTER AUTHORIZATION ON DATABASE::shop TO creator')).errors).toEqual([15_110]);
  expect((await client.run('SELECT 1 AS [percent], 2 AS "plan"')).rows).toEqual([{ percent: 1, plan: 2 }]);
});
