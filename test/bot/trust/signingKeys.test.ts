import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSigningKeys } from '../../../bot/trust/signingKeys.ts';
import { closeServer, listenOnLoopback } from '../../../demo/loopbackServer.ts';

const HOUR = 3_600_000;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });

let server: Server;
let openIdUrl: string;
let published: unknown[];
let isAway: boolean;
let fetched: number;
let elapsedMs: number;
const clock = { elapsedMs: () => elapsedMs };

beforeEach(async () => {
  [published, isAway, fetched, elapsedMs] = [[{ ...rsa, kid: 'one', endorsements: ['msteams'] }], false, 0, 0];
  let url = '';
  server = createServer((request, response) => {
    if (request.url === '/keys') fetched += 1;
    response.statusCode = isAway ? 500 : 200;
    response.end(JSON.stringify(request.url === '/keys' ? { keys: published } : { jwks_uri: `${url}/keys` }));
  });
  url = await listenOnLoopback(server);
  openIdUrl = `${url}/openid`;
});
afterEach(() => closeServer(server));

test('signing keys › are fetched once, when first needed, however many ask', async () => {
  const keys = createSigningKeys(openIdUrl, clock);
  expect([keys.known('one'), fetched]).toEqual([undefined, 0]);
  const found = await Promise.all(Array.from({ length: 20 }, () => keys.find('one')));
  expect(new Set(found).size).toBe(1);
  expect(found[0]).toMatchObject({ endorsements: ['msteams'] });
  expect([fetched, keys.known('one')]).toEqual([1, found[0]]);
});

test('signing keys › that are not known are looked for once an hour, and all of them once a day', async () => {
  const keys = createSigningKeys(openIdUrl, clock);
  await keys.find('one');
  published.push({ ...rsa, kid: 'two' });
  expect([await keys.find('two'), keys.known('two'), fetched]).toEqual(['missing', 'missing', 1]);
  elapsedMs += HOUR;
  expect(await keys.find('two')).toMatchObject({ endorsements: [] });
  published = [];
  elapsedMs += 24 * HOUR;
  expect([await keys.find('one'), fetched]).toEqual([expect.anything(), 2]);
  elapsedMs += 1;
  expect([await keys.find('one'), fetched]).toEqual(['missing', 3]);
});

test('signing keys › of other kinds do not keep away those that can be used', async () => {
  published.unshift(null, {}, { ...ec, kid: 'curve' }, { kid: 'odd', kty: 'RSA', n: '', e: '' });
  const keys = createSigningKeys(openIdUrl, clock);
  expect(await keys.find('one')).toMatchObject({ endorsements: ['msteams'] });
  expect([keys.known('curve'), keys.known('odd')]).toEqual(['missing', 'missing']);
});

test('signing keys › that cannot be fetched are asked for once a second, and believed once they can', async () => {
  isAway = true;
  const keys = createSigningKeys(openIdUrl, clock);
  await expect(keys.find('one')).rejects.toThrow('answered with 500');
  isAway = false;
  await expect(keys.find('one')).rejects.toThrow('answered with 500');
  elapsedMs += 1_000;
  expect(await keys.find('one')).toMatchObject({ endorsements: ['msteams'] });
});
