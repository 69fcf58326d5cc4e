import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHttpDoor, type HttpDoor } from '../../../bot/http/httpDoor.ts';
import { loopbackTrust } from '../../../bot/trust/loopbackTrust.ts';
import { createAuthority, type Authority } from '../../../demo/authority.ts';
import { TENANT } from '../builders.ts';

const botAppId = '11111111-2222-4333-8444-555555555555';
const serviceUrl = 'http://127.0.0.1:9/';
const body = JSON.stringify({
  type: 'message',
  channelId: 'msteams',
  serviceUrl,
  from: { id: '29:ann' },
  recipient: { id: '28:bot' },
  conversation: { id: 'c', tenantId: TENANT },
});

let authority: Authority;
let door: HttpDoor;
let logged: string[];
let sockets: Socket[];
let turn: () => Promise<void>;

beforeEach(async () => {
  authority = await createAuthority({ botAppId });
  [logged, sockets, turn] = [[], [], async () => {}];
  door = await createHttpDoor({
    trust: loopbackTrust({ botAppId, tenantId: TENANT, issuerUrl: authority.url }),
    host: '127.0.0.1',
    port: 0,
    log: pino({}, { write: (line) => void logged.push(line) }),
    onTurn: () => turn(),
    // Long, so that nobody goes because of the time: there is room only if it is made.
    limits: { headersTimeoutMs: 600_000, requestTimeoutMs: 600_000 },
  });
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await door.close();
  await authority.close();
});

const head = (more: string) => `POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${more}`;
const kinds: Record<string, () => string> = {
  'a header without an end': () => head('x-slow: '),
  'a body without an end': () => head(`authorization: Bearer ${token()}\r\ncontent-length: 60000\r\n\r\n`),
  'a request and then nothing': () => 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n',
  'nothing at all': () => '',
};

let signed: string | undefined;
const token = () => (signed ??= authority.sign(serviceUrl));
afterEach(() => (signed = undefined));

async function slow(count: number, text: string, localAddress = '127.0.0.1'): Promise<readonly Socket[]> {
  const opened = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ port: Number(new URL(door.url).port), host: '127.0.0.1', localAddress });
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(text);
      return socket.resume();
    }),
  );
  sockets.push(...opened);
  return opened;
}

/** Milliseconds until a good request is answered. */
async function good(agent = new Agent()): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${token()}`,
    'content-length': body.length,
  };
  const askedAt = performance.now();
  const asking = request(`${door.url}/api/messages`, { method: 'POST', agent, headers }).end(body);
  const [response] = await once(asking, 'response');
  await once(response.resume(), 'end');
  expect(response.statusCode).toBe(200);
  return performance.now() - askedAt;
}

test.for(Object.entries(kinds))(
  '1,000 connections with %s › and a good request is answered within a second',
  async ([, text]) => {
    await good();
    const slowOnes = await slow(1_000, text());
    const times: number[] = [];
    for (let n = 0; n < 5; n += 1) times.push(await good());
    // The middle one: on a busy machine the first ones wait until all of the others have been let in.
    expect(times.toSorted((a, b) => a - b)[2]).toBeLessThan(1_000);
    // Some have gone to make room, and as many as there is room for are still there.
    const open = slowOnes.filter((socket) => !socket.destroyed).length;
    expect(open).toBeGreaterThan(150);
    expect(open).toBeLessThanOrEqual(200);
    expect(logged.filter((line) => line.includes('connections dropped'))).toHaveLength(1);
  },
);

test('a sender at one address › takes no place from those at another', async () => {
  const one = await slow(150, head('x-slow: '), '127.0.0.2');
  await slow(600, head('x-slow: '), '127.0.0.3');
  expect(one.filter((socket) => socket.destroyed)).toEqual([]);
});

test('many addresses › take no more places than there are in all, and a good request gets one', async () => {
  for (let n = 2; n < 8; n += 1) await slow(100, head('x-slow: '), `127.0.0.${n}`);
  expect(await good()).toBeGreaterThan(0);
  expect(sockets.filter((socket) => !socket.destroyed).length).toBeLessThanOrEqual(400);
});

test('a request that is being answered › is not cut off by those that come after it', async () => {
  const begun = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  turn = () => {
    begun.resolve();
    return free.promise;
  };
  const answered = good();
  await begun.promise;
  await slow(300, head('x-slow: '));
  free.resolve();
  expect(await answered).toBeGreaterThan(0);
});

test('a connection that is kept open between requests › is used again while there is room', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await good(agent);
  await slow(100, head('x-slow: '));
  await good(agent);
  expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
  agent.destroy();
});
