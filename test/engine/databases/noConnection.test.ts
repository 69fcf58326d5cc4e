import { createServer } from 'node:net';
import { once } from 'node:events';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { noConnectionOf, serverOf } from '../../../engine/databases/noConnection.ts';

const withCode = (code: string, message = '') => Object.assign(new Error(message), { code });

test.for([
  ['ENOTFOUND', 'is a name that the name service (DNS) of this machine does not know'],
  ['EAI_AGAIN', 'cannot be looked up: the name service (DNS) of this machine does not answer'],
  ['ECONNREFUSED', 'refuses the connection: nothing listens on that port'],
  ['ETIMEDOUT', 'does not answer in time'],
  ['EHOSTUNREACH', 'is out of reach: no way of the network leads there'],
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'shows a certificate that is not trusted: nobody whom this machine trusts has signed it',
  ],
  ['CERT_HAS_EXPIRED', 'shows a certificate that is not trusted: it has expired'],
  ['28P01', 'refuses the login'],
  ['3D000', 'has no database of that name'],
  ['53300', 'has no connection left to give'],
])('a connection that did not come about › %s: the server %s', ([code = '', why = '']) => {
  const found = noConnectionOf(withCode(code), 'sql1:1433');
  expect(found?.message).toBe(`sql1:1433 ${why}`);
  expect(found?.remedy).toMatch(/\.$/);
});

test('a connection that did not come about › is known below what wraps it, and by the words of drivers without codes', () => {
  const several = new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]);
  const driver = Object.assign(new Error('login'), { code: 'ESOCKET', cause: several });
  expect(noConnectionOf(driver, 's')?.message).toMatch(/^s refuses/);
  expect(noConnectionOf(new Error('timeout expired'), 's')?.message).toBe('s does not answer in time');
  expect(noConnectionOf(new Error('WRONGPASS invalid username-password pair'), 's')?.message).toBe(
    's refuses the login',
  );
});

test('a connection that did not come about › for another reason is left to whoever knows more', () => {
  for (const other of [withCode('42P01'), new TypeError('x'), 'text', undefined, { code: 7 }])
    expect(noConnectionOf(other, 's')).toBeUndefined();
});

test('a connection that did not come about › is told apart with a real driver as well: refused, and silent', async () => {
  const silent = createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const attempt = async (to: number) => {
    const client = new Client({ host: '127.0.0.1', port: to, user: 'x', connectionTimeoutMillis: 50 });
    client.on('error', () => {});
    return noConnectionOf(await client.connect().catch((error: unknown) => error), 's')?.message;
  };
  expect(await attempt(port)).toBe('s does not answer in time');
  silent.close();
  expect(await attempt(1)).toMatch(/^s refuses the connection/);
});

test('the server of an address › is host and port, without user and password', () => {
  expect(serverOf('postgres://rewind:secret@db.contoso.example/rewind', 5432)).toBe('db.contoso.example:5432');
  expect(serverOf('redis://:secret@[::1]:7000', 6379)).toBe('[::1]:7000');
});
