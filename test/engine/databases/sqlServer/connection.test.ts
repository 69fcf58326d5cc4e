import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addressOf } from '../../../../engine/databases/sqlServer/address.ts';
import { type Connection, openLongConnection } from '../../../../engine/databases/sqlServer/connection.ts';
import type { Statement } from '../../../../engine/databases/sqlServer/statement.ts';
import { startTestStandIn, type StandInServer } from '../../environments/sqlServer/testServers.ts';

let server: StandInServer;
let connection: Connection;
beforeAll(async () => {
  server = await startTestStandIn();
  connection = await openLongConnection(addressOf(server.url));
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const doing = 'trying';
const anyRow = z.record(z.string(), z.unknown());
const ask = (text: string, parameters: Statement['parameters'] = {}) =>
  connection.ask({ text, parameters }, anyRow, { doing });
const sessionId = async () => (await ask('SELECT @@SPID AS id'))[0]?.['id'];

test('a connection › is one session from its opening on, and gives it back when it is closed', async () => {
  const before = server.standIn.state.sessions.size;
  const own = await openLongConnection(addressOf(server.url));
  await own.ask({ text: 'SELECT 1 AS one' }, anyRow, { doing });
  expect(server.standIn.state.sessions.size).toBe(before + 1);
  await own[Symbol.asyncDispose]();
  await expect.poll(() => server.standIn.state.sessions.size).toBe(before);
  await expect(own.ask({ text: 'SELECT 1 AS one' }, anyRow, { doing })).rejects.toMatchObject({
    code: 'connection-lost',
  });
});

test('a value › reaches the server as what it is, to its last digit', async () => {
  const values = {
    text: 'Jörg 数据库',
    long: 'x'.repeat(5000),
    none: null,
    yes: true,
    whole: -7,
    big: 9_007_199_254_740_991,
    part: 0.1,
    at: new Date('0999-12-31T23:59:59.997Z'),
    bytes: Buffer.alloc(9000, 7),
  };
  const columns = Object.keys(values).map((name) => `@${name} AS [${name}]`);
  expect(await ask(`SELECT ${columns.join(', ')}`, values)).toEqual([{ ...values, big: '9007199254740991' }]);
  // Parsed by the server, so it knows them by the types that were declared.
  expect(await ask('SELECT @a + 1 AS more, @b AS less', { a: 5_637_144_576, b: '7' })).toEqual([
    { more: '5637144577', less: '7' },
  ]);
});

test('an answer › is the rows of the first result, and the number of rows that the last statement changed', async () => {
  await connection.send({ text: 'CREATE TABLE dbo.item (n int NOT NULL PRIMARY KEY)' }, { doing });
  const changed = await connection.send(
    { text: 'INSERT INTO item VALUES (1), (2), (3); DELETE FROM item WHERE n > 1' },
    { doing },
  );
  expect(changed).toBe(2);
  expect(await ask('SELECT n FROM item; SELECT 7 AS other')).toEqual([{ n: 1 }]);
  expect(await connection.send({ text: 'DECLARE @n int' }, { doing })).toBe(0);
});

test('what the server says meanwhile › is heard at once; of several errors the cause is told', async () => {
  const infos: string[] = [];
  const backup = "BACKUP DATABASE master TO DISK = N'D:\\master.bak'";
  await connection.send({ text: backup }, { doing, onInfo: ({ message }) => infos.push(message) });
  expect(infos.length).toBeGreaterThan(0);
  await expect(ask("RESTORE DATABASE x FROM DISK = N'Z:\\gone.bak' WITH NORECOVERY")).rejects.toMatchObject({
    code: 'backup-unreadable',
    number: 3201,
  });
});

test('a stop › cancels the statement and leaves the session to the next one', async () => {
  const session = await sessionId();
  const { reached } = server.standIn.fault({ match: /held/, effect: 'hold' });
  const stop = new AbortController();
  const held = connection.ask({ text: 'SELECT 1 AS held' }, anyRow, { doing, signal: stop.signal });
  await reached;
  stop.abort(new Error('stopped'));
  await expect(held).rejects.toThrow('stopped');
  expect(await sessionId()).toBe(session);
});

test('a stop › ends the wait for a session that is taken, at once', async () => {
  const { reached, release } = server.standIn.fault({ match: /held/, effect: 'hold' });
  const first = ask('SELECT 1 AS held');
  await reached;
  const stop = new AbortController();
  const second = connection.ask({ text: 'SELECT 2 AS two' }, anyRow, { doing, signal: stop.signal });
  stop.abort(new Error('stopped'));
  await expect(second).rejects.toThrow('stopped');
  release();
  expect(await first).toEqual([{ held: 1 }]);
  expect(await ask('SELECT 3 AS three')).toEqual([{ three: 3 }]);
});

test('a session that the server has ended › is told as lost, and is another one for the next statement', async () => {
  const session = await sessionId();
  server.standIn.fault({ match: /doomed/, effect: 'kill' });
  await expect(ask('SELECT 1 AS doomed')).rejects.toMatchObject({ code: 'connection-lost' });
  expect(await sessionId()).not.toBe(session);
  server.standIn.fault({ match: /doomed/, effect: 'cut' });
  await expect(ask('SELECT 1 AS doomed')).rejects.toMatchObject({ code: 'connection-lost' });
  expect(await ask('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a statement › leaves nothing behind on its session and on the signal of its run', async () => {
  const signal = new AbortController().signal;
  let listeners = 0;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...operands: Parameters<typeof add>) => ((listeners += 1), add(...operands));
  signal.removeEventListener = (...operands: Parameters<typeof remove>) => ((listeners -= 1), remove(...operands));
  const heard: string[] = [];
  const onInfo = ({ message }: { readonly message: string }) => heard.push(message);
  await connection.send({ text: "BACKUP DATABASE master TO DISK = N'D:\\a.bak'" }, { doing, signal, onInfo });
  const before = heard.length;
  await connection.send({ text: "BACKUP DATABASE master TO DISK = N'D:\\b.bak'" }, { doing, signal });
  expect({ listeners, later: heard.length - before }).toEqual({ listeners: 0, later: 0 });
});
