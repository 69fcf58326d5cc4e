import { connect } from 'node:net';
import { type Request, TYPES } from 'tedious';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTo } from './client.ts';
import { startStandIn, type StandIn } from './standIn.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn({ logins: [{ name: 'app', password: `p@ss;'"ß` }] });
  await standIn.administer('master', 'CREATE DATABASE shop');
  await standIn.administer(
    'shop',
    'CREATE TABLE dbo.item (id int NOT NULL PRIMARY KEY, name nvarchar(50) NULL); CREATE USER app FOR LOGIN app; ALTER ROLE db_owner ADD MEMBER app',
  );
});
afterAll(() => standIn.close());

test('the SQL Server stand-in › lets a driver in over TLS and in the clear', async () => {
  await using secure = await connectTo(standIn);
  await using plain = await connectTo(standIn, 'sa', 'master', { options: { encrypt: false } });
  const question = 'SELECT encrypt_option AS encrypted FROM sys.dm_exec_connections WHERE session_id = @@SPID';
  expect((await secure.run(question)).rows).toEqual([{ encrypted: 'TRUE' }]);
  expect((await plain.run(question)).rows).toEqual([{ encrypted: 'FALSE' }]);
});

test('the SQL Server stand-in › shows a certificate that a client can check', async () => {
  const options = (ca: string) => ({
    server: 'localhost',
    options: { encrypt: true, trustServerCertificate: false, cryptoCredentialsDetails: { ca } },
  });
  await using client = await connectTo(standIn, 'sa', 'master', options(standIn.certificate));
  expect((await client.run('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await using other = await startStandIn();
  await expect(connectTo(standIn, 'sa', 'master', options(other.certificate))).rejects.toThrow(
    /self-signed|certificate/,
  );
});

test('the SQL Server stand-in › refuses a wrong password, an unknown login and an unknown database as SQL Server does', async () => {
  const refusal = (config: object) => connectTo(standIn, 'app', 'shop', config);
  await expect(refusal({ password: 'wrong' })).rejects.toMatchObject({
    code: 'ELOGIN',
    message: "Login failed for user 'app'.",
  });
  await expect(refusal({ user: 'nobody' })).rejects.toMatchObject({ code: 'ELOGIN' });
  await expect(refusal({ database: 'gone' })).rejects.toMatchObject({ code: 'ELOGIN' });
});

test('the SQL Server stand-in › hangs up on a client that asks before it has logged in, and serves the next one', async () => {
  const batch = Buffer.from('SELECT 1', 'utf16le');
  const header = Buffer.from([0x01, 0x01, 0, 8 + batch.length, 0, 0, 1, 0]);
  const socket = connect(standIn.port, '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => received.push(bytes));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  socket.write(Buffer.concat([header, batch]));
  await closed;
  expect(received).toEqual([]);
  await using client = await connectTo(standIn);
  expect((await client.run('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('the SQL Server stand-in › finds a database by its quoted name when it is asked for rights', async () => {
  await standIn.administer('master', 'CREATE DATABASE [odd]]name]');
  await using client = await connectTo(standIn);
  const answer = (name: string) =>
    client.run("SELECT HAS_PERMS_BY_NAME(@name, 'DATABASE', 'ALTER') AS may", { name }).then(({ rows }) => rows);
  expect(await answer('[shop]')).toEqual([{ may: 1 }]);
  expect(await answer('shop')).toEqual([{ may: 1 }]);
  expect(await answer('[odd]]name]')).toEqual([{ may: 1 }]);
  expect(await answer('[gone]')).toEqual([{ may: null }]);
});

test('the SQL Server stand-in › carries every parameter type there and back', async () => {
  await using client = await connectTo(standIn);
  const when = new Date('2026-11-20T18:00:00.123Z');
  const declare = (request: Request) => {
    request.addParameter('text', TYPES.NVarChar, 'naïve 数据库 \u{1F600} ]\'"');
    request.addParameter('long', TYPES.NVarChar, 'x'.repeat(20_000));
    request.addParameter('narrow', TYPES.VarChar, 'café', { length: 20 });
    request.addParameter('whole', TYPES.Int, -7);
    request.addParameter('big', TYPES.BigInt, 9_007_199_254_740_993n);
    request.addParameter('yes', TYPES.Bit, true);
    request.addParameter('at', TYPES.DateTime2, when, { scale: 7 });
    request.addParameter('old', TYPES.DateTime, when);
    request.addParameter('bytes', TYPES.VarBinary, Buffer.alloc(9000, 7));
    request.addParameter('exact', TYPES.Decimal, 1234.5, { precision: 20, scale: 4 });
    request.addParameter('float', TYPES.Float, 0.1);
    request.addParameter('id', TYPES.UniqueIdentifier, '0F8FAD5B-D9CB-469F-A165-70867728950E');
    request.addParameter('none', TYPES.NVarChar, null);
  };
  const names = ['text', 'long', 'narrow', 'whole', 'big', 'yes', 'at', 'old', 'bytes', 'exact', 'float', 'id', 'none'];
  const { rows } = await client.run(
    `SELECT ${names.map((name) => `@${name} AS [${name}]`).join(', ')}`,
    {},
    { declare },
  );
  expect(rows).toEqual([
    {
      text: 'naïve 数据库 \u{1F600} ]\'"',
      long: 'x'.repeat(20_000),
      narrow: 'café',
      whole: -7,
      big: '9007199254740993',
      yes: true,
      at: when,
      old: when,
      bytes: Buffer.alloc(9000, 7),
      exact: 1234.5,
      float: 0.1,
      id: '0F8FAD5B-D9CB-469F-A165-70867728950E',
      none: null,
    },
  ]);
});

test('the SQL Server stand-in › answers one batch with several results and the rows of each change', async () => {
  await using client = await connectTo(standIn, 'app', 'shop');
  const { results, rowsAffected } = await client.run(
    "DELETE FROM item; INSERT INTO item VALUES (1, 'a'), (2, 'b'), (3, NULL); SELECT id FROM item WHERE name IS NULL; UPDATE item SET name = 'c' WHERE id > 1; SELECT COUNT_BIG(*) AS n FROM item",
  );
  expect(results).toEqual([[{ id: 3 }], [{ n: '3' }]]);
  expect(rowsAffected.slice(1)).toEqual([3, 1, 2, 1]);
});

test('the SQL Server stand-in › sends all errors of a statement; the driver rejects with the last', async () => {
  await using client = await connectTo(standIn);
  const { errors, messages } = await client.run("RESTORE DATABASE x FROM DISK = N'Z:\\gone.bak' WITH NORECOVERY");
  expect(errors).toEqual([3201, 3013]);
  expect(messages[0]).toBe(
    "Cannot open backup device 'Z:\\gone.bak'. Operating system error 2(The system cannot find the file specified.).",
  );
});

test('the SQL Server stand-in › runs nothing of a batch whose syntax is wrong, and refuses what it does not model', async () => {
  await using client = await connectTo(standIn, 'app', 'shop');
  expect((await client.run("INSERT INTO item VALUES (99, 'x'); SELEC 1")).errors).toEqual([102]);
  expect((await client.run('SELECT id FROM item WHERE id = 99')).rows).toEqual([]);
  expect((await client.run('SELECT * FROM nowhere')).errors).toEqual([208]);
  expect((await client.run('SELECT nothing FROM item')).errors).toEqual([207]);
  expect(await client.run('SET NOCOUNT ON')).toMatchObject({
    errors: [50_000],
    messages: ['not emulated: SET NOCOUNT'],
  });
  expect((await client.run('EXEC sp_who')).messages).toEqual(['not emulated: the procedure sp_who']);
  expect((await client.run("WAITFOR DELAY '00:00:01'")).errors).toEqual([102]);
  expect((await client.run('MERGE item AS t USING item AS s ON 1 = 1 WHEN MATCHED THEN DELETE;')).errors).toEqual([
    102,
  ]);
});

test('the SQL Server stand-in › stops a statement at the client’s attention and serves the connection on', async () => {
  await using client = await connectTo(standIn);
  const { reached } = standIn.fault({ match: /held/, effect: 'hold' });
  const stop = new AbortController();
  const answer = client.run('SELECT 1 AS held', {}, { signal: stop.signal }).catch((error: unknown) => error);
  await reached;
  stop.abort();
  expect(await answer).toMatchObject({ code: 'ECANCEL' });
  expect((await client.run('SELECT 2 AS two')).rows).toEqual([{ two: 2 }]);
  expect(standIn.statements.find(({ text }) => text.includes('held'))?.outcome).toBe('stopped');
});

test('the SQL Server stand-in › says with ENVCHANGE where USE went, and forgets it after sp_executesql', async () => {
  await using client = await connectTo(standIn);
  expect((await client.run('USE shop; SELECT DB_NAME() AS name')).rows).toEqual([{ name: 'shop' }]);
  expect((await client.run('SELECT DB_NAME() AS name')).rows).toEqual([{ name: 'master' }]);
  await client.batch('USE shop');
  expect((await client.run('SELECT DB_NAME() AS name')).rows).toEqual([{ name: 'shop' }]);
  await client.batch('USE master');
});

test('the SQL Server stand-in › gives return values and output parameters of procedures', async () => {
  await using client = await connectTo(standIn);
  const wanted = { Resource: 'swap', LockMode: 'Exclusive', LockOwner: 'Session' };
  expect((await client.call('sp_getapplock', wanted)).returnValue).toBe(0);
  await using other = await connectTo(standIn);
  const lock =
    "DECLARE @got int; EXEC @got = sp_getapplock @Resource = 'swap', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0; SELECT @got AS got";
  expect((await other.run(lock)).rows).toEqual([{ got: -1 }]);
  await client.close();
  // The server hears of the end when it reads it.
  await expect.poll(async () => (await other.run(lock)).rows).toEqual([{ got: 0 }]);
});
