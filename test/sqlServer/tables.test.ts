import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectTo, type Client } from './client.ts';
import { startStandIn, type StandIn } from './standIn.ts';

let standIn: StandIn;
let one: Client;
let other: Client;
beforeAll(async () => {
  standIn = await startStandIn();
  await standIn.administer('master', 'CREATE DATABASE ax; CREATE DATABASE mr');
  await standIn.administer(
    'ax',
    'CREATE TABLE dbo.USERINFO (ID nvarchar(20) NOT NULL PRIMARY KEY, [ENABLE] int NOT NULL DEFAULT 0, SECRET varbinary(max) NULL, RECID bigint NOT NULL, SEEN datetime2(7) NULL)',
  );
  await standIn.administer('mr', 'CREATE TABLE dbo.t (n int NOT NULL PRIMARY KEY); INSERT INTO dbo.t VALUES (1), (2)');
  one = await connectTo(standIn, 'sa', 'ax');
  other = await connectTo(standIn, 'sa', 'ax');
});
afterAll(async () => {
  await one.close();
  await other.close();
  await standIn.close();
});
beforeEach(async () => {
  await standIn.administer(
    'ax',
    "DELETE FROM USERINFO; INSERT INTO USERINFO (ID, [ENABLE], SECRET, RECID, SEEN) VALUES (N'Admin', 1, 0x01, 5637144576, '2026-11-20T18:00:00.5'), (N'jörg  ', 1, NULL, 5637144577, NULL), (N'FRServiceUser', 1, NULL, 5637144578, NULL)",
  );
});

const ids = async (where: string, inputs = {}) =>
  (await one.run(`SELECT ID FROM dbo.USERINFO WHERE ${where} ORDER BY RECID`, inputs)).rows.map(({ ID }) => ID);

test('tables of the stand-in › compare text as SQL Server does: neither case nor trailing spaces count', async () => {
  expect(await ids("ID = N'JÖRG'")).toEqual(['jörg  ']);
  expect(await ids('ID NOT IN (@a, @b)', { a: 'admin ', b: 'frserviceuser' })).toEqual(['jörg  ']);
  expect(await ids("ID LIKE N'[a-f]%'")).toEqual(['Admin', 'FRServiceUser']);
  expect(await ids("ID LIKE N'%!_%' ESCAPE '!'")).toEqual([]);
  expect(await ids('RECID > @after', { after: '5637144576' })).toEqual(['jörg  ', 'FRServiceUser']);
  expect(
    await ids("SEEN > '2026-11-20T18:00:00' AND SEEN < @until", { until: new Date('2026-11-20T18:00:01Z') }),
  ).toEqual(['Admin']);
});

test('tables of the stand-in › change at most so many rows as TOP says', async () => {
  expect(
    (
      await one.run(
        'UPDATE TOP (2) "dbo"."USERINFO" SET "ENABLE" = @1, RECID = CASE WHEN RECID = 1 THEN 0 ELSE RECID + 1 END WHERE "ENABLE" <> @1',
        { 1: 0 },
      )
    ).rowsAffected,
  ).toEqual([2]);
  expect((await one.run('UPDATE TOP(20000) dbo.USERINFO SET [ENABLE] = 0 WHERE [ENABLE] <> 0')).rowsAffected).toEqual([
    1,
  ]);
  expect((await one.run('DELETE TOP(2) FROM dbo.USERINFO WHERE 1 = 1')).rowsAffected).toEqual([2]);
  expect((await one.run('SELECT TOP(5) ID FROM USERINFO')).rows).toHaveLength(1);
});

test('tables of the stand-in › keep what a column cannot hold out, with SQL Server’s numbers', async () => {
  const insert = (values: string, inputs = {}) =>
    one.run(`INSERT INTO USERINFO (ID, RECID) VALUES (${values})`, inputs);
  expect((await insert("N'admin', 1")).errors).toEqual([2627]);
  expect((await insert("N'x', NULL")).errors).toEqual([515]);
  expect((await insert('@id, 1', { id: 'x'.repeat(21) })).errors).toEqual([2628]);
  expect((await insert("N'x', N'many'")).errors).toEqual([245]);
  expect((await one.run("UPDATE USERINFO SET SECRET = N'text'")).errors).toEqual([257]);
  expect((await one.run("SELECT 1 WHERE N'x' = 1")).errors).toEqual([245]);
});

test('tables of the stand-in › give back what a change wrote', async () => {
  expect(
    (
      await one.run(
        "UPDATE USERINFO SET [ENABLE] = 2 OUTPUT INSERTED.ID AS id, INSERTED.[ENABLE] AS [on] WHERE ID = N'admin'",
      )
    ).rows,
  ).toEqual([{ id: 'Admin', on: 2 }]);
  expect((await one.run("DELETE FROM USERINFO OUTPUT DELETED.RECID WHERE ID = N'admin'")).rows).toEqual([
    { RECID: '5637144576' },
  ]);
});

test('tables of the stand-in › are read across databases, joined, grouped and paged', async () => {
  const joined = await one.run(
    'SELECT u.ID, COUNT(*) AS n FROM USERINFO AS u CROSS JOIN mr.dbo.t AS t WHERE t.n IN (SELECT n FROM [mr]..[t] WHERE n < 9) GROUP BY u.ID HAVING COUNT(*) = 2 ORDER BY u.ID DESC OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY',
  );
  expect(joined.rows).toEqual([{ ID: 'FRServiceUser', n: 2 }]);
  const json = await one.run(
    'SELECT t.n, CAST(1 AS bit) AS yes, (SELECT x.n AS inside FROM mr.dbo.t AS x WHERE x.n = t.n FOR JSON PATH) AS [more] FROM mr.dbo.t AS t WHERE t.n = 1 FOR JSON PATH',
  );
  expect(JSON.parse(String(Object.values(json.rows[0] ?? {})[0]))).toEqual([
    { n: 1, yes: true, more: [{ inside: 1 }] },
  ]);
  const numbered = await one.run(
    'WITH c AS (SELECT n, ROW_NUMBER() OVER (ORDER BY n DESC) AS place FROM mr.dbo.t) SELECT n FROM c WHERE place = 1 UNION ALL SELECT 7 ORDER BY n',
  );
  expect(numbered.rows).toEqual([{ n: 2 }, { n: 7 }]);
});

test('tables of the stand-in › show a transaction’s changes to nobody else before its end', async () => {
  await one.transaction('begin');
  await one.run("UPDATE USERINFO SET [ENABLE] = 9 WHERE ID = N'Admin'");
  expect((await other.run("SELECT [ENABLE] AS e FROM USERINFO WHERE ID = N'Admin'")).rows).toEqual([{ e: 1 }]);
  await one.transaction('commit');
  expect((await other.run("SELECT [ENABLE] AS e FROM USERINFO WHERE ID = N'Admin'")).rows).toEqual([{ e: 9 }]);

  await one.transaction('begin');
  await one.run('DELETE FROM USERINFO');
  await one.transaction('rollback');
  expect((await other.run('SELECT COUNT(*) AS n FROM USERINFO')).rows).toEqual([{ n: 3 }]);
});

test('tables of the stand-in › let a second writer wait, and then compare with what the first one left', async () => {
  await one.transaction('begin');
  await one.run("UPDATE USERINFO SET [ENABLE] = 2 WHERE ID = N'Admin' AND [ENABLE] = 1");
  const second = other.run("UPDATE USERINFO SET [ENABLE] = 3 WHERE ID = N'Admin' AND [ENABLE] = 1");
  await one.transaction('commit');
  expect((await second).rowsAffected).toEqual([0]);
});

test('tables of the stand-in › choose a victim when two transactions wait for each other', async () => {
  for (const client of [one, other]) await client.transaction('begin');
  await one.run('UPDATE USERINFO SET [ENABLE] = 2');
  await other.run('UPDATE mr.dbo.t SET n = n');
  const waiting = one.run('UPDATE mr.dbo.t SET n = n');
  expect((await other.run('UPDATE USERINFO SET [ENABLE] = 3')).errors).toEqual([1205]);
  await waiting;
  await one.transaction('rollback');
  await other.transaction('rollback').catch(() => undefined);
});

test('tables of the stand-in › go on after an error unless XACT_ABORT is on, and CATCH sees the last error only', async () => {
  const count = async () => (await other.run('SELECT COUNT(*) AS n FROM USERINFO')).rows[0]?.['n'];
  expect(
    (
      await one.batch(
        "INSERT INTO USERINFO (ID, RECID) VALUES (N'Admin', 1); INSERT INTO USERINFO (ID, RECID) VALUES (N'x', 1)",
      )
    ).errors,
  ).toEqual([2627]);
  expect(await count()).toBe(4);
  expect(
    (
      await one.run(
        "SET XACT_ABORT ON; BEGIN TRANSACTION; DELETE FROM USERINFO; INSERT INTO USERINFO (ID) VALUES (N'y'); COMMIT",
      )
    ).errors,
  ).toEqual([515]);
  expect(await count()).toBe(4);
  const caught = await one.run(
    "BEGIN TRY RESTORE DATABASE x FROM DISK = N'Q:\\none'; SELECT 1 AS never; END TRY BEGIN CATCH SELECT ERROR_NUMBER() AS number; IF ERROR_NUMBER() = 3013 THROW 51000, N'own', 1; END CATCH; SELECT 2 AS after",
  );
  expect(caught.errors).toEqual([51_000]);
});

test('a view of the stand-in › shows its tables as they are, stands in the catalogue as what it is, and is made alone in its batch', async () => {
  const view = "VIEW dbo.ENABLEDUSERS AS SELECT ID, [ENABLE] FROM dbo.USERINFO WHERE [ENABLE] = 1 AND ID LIKE N'[aj]%'";
  expect((await one.run(`CREATE ${view}`)).errors).toEqual([]);
  expect((await one.run('SELECT ID FROM ENABLEDUSERS ORDER BY ID')).rows).toEqual([{ ID: 'Admin' }, { ID: 'jörg  ' }]);
  await one.run("DELETE FROM dbo.USERINFO WHERE ID = N'Admin'");
  expect((await other.run('SELECT ID FROM ENABLEDUSERS')).rows).toEqual([{ ID: 'jörg  ' }]);
  expect((await one.run("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'VIEW'")).rows).toEqual([
    { TABLE_NAME: 'ENABLEDUSERS' },
  ]);
  expect((await one.run("SELECT name FROM sys.tables WHERE name = N'ENABLEDUSERS'")).rows).toEqual([]);
  expect((await one.run("SELECT type FROM sys.objects WHERE object_id = OBJECT_ID(N'ENABLEDUSERS')")).rows).toEqual([
    { type: 'V ' },
  ]);
  expect((await one.run(`CREATE ${view}`)).errors).toEqual([2714]);
  expect((await one.run(`CREATE OR ALTER ${view}`)).errors).toEqual([]);
  expect((await one.run(`SELECT 1 AS n; CREATE OR ALTER ${view}`)).errors).toEqual([111]);
  expect((await one.run('CREATE OR ALTER VIEW dbo.USERINFO AS SELECT 1 AS n')).errors).toEqual([2714]);
});

test('an index of the stand-in › stands in sys.indexes, and a unique one is refused over values that are not', async () => {
  const make = 'INDEX I_ENABLE ON dbo.USERINFO ([ENABLE])';
  expect((await one.run(`CREATE UNIQUE ${make}`)).errors).toEqual([1505]);
  expect((await one.run(`CREATE ${make}`)).errors).toEqual([]);
  expect(
    (await one.run("SELECT name, is_unique FROM sys.indexes WHERE object_id = OBJECT_ID(N'dbo.USERINFO')")).rows,
  ).toEqual([{ name: 'I_ENABLE', is_unique: false }]);
});

test('tables of the stand-in › that a transaction makes and takes back are not remembered', async () => {
  await one.run('BEGIN TRANSACTION; CREATE TABLE dbo.brief (n int); INSERT INTO dbo.brief VALUES (1); ROLLBACK');
  expect((await one.run('SELECT n FROM dbo.brief')).errors).toEqual([208]);
  await other.run('CREATE TABLE dbo.brief (other nvarchar(5) NULL)');
  expect((await one.run('SELECT * FROM dbo.brief')).errors).toEqual([]);
  expect((await one.run("INSERT INTO dbo.brief (other) VALUES (N'x')")).errors).toEqual([]);
  expect((await one.run('SELECT * FROM dbo.brief')).rows).toEqual([{ other: 'x' }]);
});

test('HASHBYTES of the stand-in › hashes the bytes of nvarchar', async () => {
  const { rows } = await one.run(
    "SELECT CONVERT(varchar(100), HASHBYTES('SHA2_256', N'Rewind'), 2) AS h, HASHBYTES('SHA2_256', NULL) AS nothing",
  );
  const expected = createHash('sha256').update(Buffer.from('Rewind', 'utf16le')).digest('hex').toUpperCase();
  expect(rows).toEqual([{ h: expected, nothing: null }]);
});
