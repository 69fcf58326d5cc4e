import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { ActivityTypes, type TurnContext } from 'botbuilder';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createHttpDoor, type HttpDoor } from '../../bot/http/httpDoor.ts';
import { loopbackTrust } from '../../bot/trust/loopbackTrust.ts';
import { createAuthority, type Authority } from '../../demo/authority.ts';
import { closeServer, listenOnLoopback } from '../../demo/loopbackServer.ts';
import { createSigningProxy, type SigningProxy } from '../../demo/proxy.ts';

const botAppId = '11111111-2222-4333-8444-555555555555';
const tenantId = '99999999-8888-4777-8666-555555555555';
const foreignTenant = '00000000-1111-4222-8333-444444444444';
const serviceUrl = 'http://127.0.0.1:9/_connector';
const secret = 'canary of an exception';

let authority: Authority;
let stranger: Authority;
let door: HttpDoor;
let proxy: SigningProxy;
let turns: string[] = [];
let logged: string[] = [];
let onTurn: (context: TurnContext) => Promise<void>;

beforeAll(async () => {
  [authority, stranger] = await Promise.all([createAuthority({ botAppId }), createAuthority({ botAppId })]);
  door = await openDoor();
  proxy = await createSigningProxy({ target: door.url, authority, connectorUrl: serviceUrl, tenantId });
});

beforeEach(() => {
  // The SDK prints every token that does not hold.
  vi.spyOn(console, 'error').mockImplementation(() => {});
  turns = [];
  logged = [];
  onTurn = async ({ activity }) => void turns.push(`${activity.type} ${activity.text ?? activity.name ?? ''}`);
});

afterAll(async () => {
  await Promise.all([proxy.close(), door.close(), authority.close(), stranger.close()]);
});

function openDoor(options: Partial<Parameters<typeof createHttpDoor>[0]> = {}): Promise<HttpDoor> {
  return createHttpDoor({
    trust: loopbackTrust({ botAppId, tenantId, issuerUrl: authority.url }),
    host: '127.0.0.1',
    port: 0,
    log: pino({}, { write: (line) => void logged.push(line) }),
    onTurn: (context) => onTurn(context),
    // A clock that runs fast: refusals of one test never slow down the next.
    clock: { now: () => '', elapsedMs: () => performance.now() * 1_000, sleep: async () => {} },
    ...options,
  });
}

function anActivity(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: '1',
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:ann' },
    recipient: { id: '28:bot' },
    conversation: { id: '19:abc@thread.tacv2', tenantId },
    text: '/refresh uat',
    ...changes,
  };
}

const anInvoke = {
  type: 'invoke',
  name: 'adaptiveCard/action',
  text: undefined,
  value: { action: { verb: 'approve' } },
};

async function post(authorization: string | undefined, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${door.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }), ...headers },
    body: typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

const signed = (claims?: Record<string, unknown>) => `Bearer ${authority.sign(serviceUrl, claims)}`;

test('the door › lets an activity that Teams signed reach the bot', async () => {
  expect(await post(signed(), anActivity())).toMatchObject({ status: 200 });
  expect(turns).toEqual(['message /refresh uat']);
});

test('the door › answers hostile requests by their status alone, and the bot never hears of them', async () => {
  const now = Math.floor(Date.now() / 1_000);
  const tampered = signed().replace(/\.[^.]{20}/, '.eyJpc3MiOiJodHRwczovL2F');
  const cases: [string, number, string | undefined, unknown][] = [
    ['no token', 401, undefined, anActivity()],
    ['garbage', 401, 'Bearer garbage', anActivity()],
    ['another key, same key id unknown', 401, `Bearer ${stranger.sign(serviceUrl)}`, anActivity()],
    ['signature cut off', 401, signed().slice(0, -20), anActivity()],
    ['payload changed', 401, tampered, anActivity()],
    ['expired', 401, signed({ exp: now - 3_600, iat: now - 7_200 }), anActivity()],
    ['without an end', 401, signed({ exp: undefined }), anActivity()],
    ['not valid yet', 401, signed({ nbf: now + 3_600 }), anActivity()],
    ['another audience', 401, signed({ aud: foreignTenant }), anActivity()],
    ['another issuer', 401, signed({ iss: 'https://sts.windows.net/x/' }), anActivity()],
    ['emulator of another tenant', 401, signed({ tid: foreignTenant, ver: '1.0', appid: botAppId }), anActivity()],
    ['token of a skill', 401, signed({ ver: '1.0', appid: foreignTenant }), anActivity()],
    ['another service URL', 401, signed(), anActivity({ serviceUrl: 'http://127.0.0.1:10/' })],
    ['no service URL', 400, signed(), anActivity({ serviceUrl: undefined })],
    [
      'service URL elsewhere',
      403,
      `Bearer ${authority.sign('http://169.254.169.254/')}`,
      anActivity({ serviceUrl: 'http://169.254.169.254/' }),
    ],
    ['another tenant', 403, signed(), anActivity({ conversation: { id: 'c', tenantId: foreignTenant } })],
    ['no tenant', 403, signed(), anActivity({ conversation: { id: 'c' } })],
    ['no type', 400, signed(), anActivity({ type: undefined })],
    ['another channel', 400, signed(), anActivity({ channelId: 'directline' })],
    ['a list', 400, signed(), []],
    ['broken JSON', 400, signed(), '{"type": "message", "canary'],
    ['10,000 deep', 400, signed(), `{"value":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['too large', 413, signed(), anActivity({ text: 'x'.repeat(65 * 1024) })],
  ];
  const answers = [];
  for (const [name, , authorization, body] of cases) answers.push([name, await post(authorization, body)] as const);
  expect(answers.map(([name, { status }]) => [name, status])).toEqual(cases.map(([name, status]) => [name, status]));
  expect(answers.filter(([, { text }]) => !/^\{"code":"[a-z-]+"\}$/.test(text))).toEqual([]);
  expect(turns).toEqual([]);
  expect(logged.join('')).not.toContain('eyJ');
});

test('the door › reads no packed body, and lives on', async () => {
  const packed = new Blob([gzipSync(Buffer.alloc(1024 * 1024))]);
  expect(await post(signed(), 'not gzip', { 'content-encoding': 'gzip' })).toEqual({
    status: 415,
    text: expect.any(String),
  });
  expect(await post(signed(), packed, { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 });
  expect(await post(signed(), packed, { 'content-encoding': 'deflate' })).toMatchObject({ status: 415 });
  expect(await post(signed(), 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
    status: 415,
  });
  expect(await post(signed(), '--x', { 'content-type': 'multipart/form-data; boundary=x' })).toMatchObject({
    status: 415,
  });
  expect(await post(signed(), anActivity())).toMatchObject({ status: 200 });
});

test('the door › counts a body without a length as it comes in', async () => {
  const socket = await connectTo(door);
  const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
  socket.write(
    `POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: ${signed()}\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(4)}0\r\n\r\n`,
  );
  expect(await firstLine(socket)).toBe('HTTP/1.1 413 Payload Too Large');
});

test.for(['', 'authorization: Bearer garbage\r\n'])(
  'the door › refuses by the token alone: no body is waited for (%j)',
  async (authorization) => {
    const socket = await connectTo(door);
    socket.write(
      `POST /api/messages HTTP/1.1\r\nhost: x\r\n${authorization}content-type: application/json\r\ncontent-length: 60000\r\n\r\n`,
    );
    expect(await firstLine(socket)).toBe('HTTP/1.1 401 Unauthorized');
  },
);

test('the door › hangs up on a sender without a good token whose body has no end', async () => {
  const socket = await connectTo(door);
  socket.write(
    'POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  const answer = once(socket, 'data');
  await once(socket, 'close');
  expect(String((await answer)[0])).toMatch(/^HTTP\/1.1 401 /);
});

test.for([[], ['directline'], ['webchat', 'skype']])(
  'the door › refuses a key that does not speak for Teams (%j)',
  async (endorsements) => {
    const other = await createAuthority({ botAppId, endorsements });
    const doorOfOther = await openDoor({ trust: loopbackTrust({ botAppId, tenantId, issuerUrl: other.url }) });
    const response = await fetch(`${doorOfOther.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${other.sign(serviceUrl)}` },
      body: JSON.stringify(anActivity()),
    });
    expect([response.status, turns]).toEqual([401, []]);
    expect(logged.join('')).toContain('a key that does not speak for Teams');
    await Promise.all([doorOfOther.close(), other.close()]);
  },
);

test('the door › says nothing on standard error of a token that does not hold', async () => {
  expect(await post(signed(), anActivity())).toMatchObject({ status: 200 });
  expect(await post(signed().replace(/.{20}$/, 'A'.repeat(20)), anActivity())).toMatchObject({ status: 401 });
  expect(console.error).not.toHaveBeenCalled();
});

test('the door › drops senders whose header has no end', async () => {
  const narrow = await openDoor({ limits: { headersTimeoutMs: 300, requestTimeoutMs: 600 } });
  const slow = await Promise.all(Array.from({ length: 50 }, () => connectTo(narrow)));
  const closed = slow.map((socket) => once(socket.resume(), 'close'));
  for (const socket of slow) socket.write('POST /api/messages HTTP/1.1\r\nhost: x\r\nx-slow: ');
  await Promise.all(closed);
  expect(slow.filter((socket) => !socket.destroyed)).toEqual([]);
  await narrow.close();
});

test('the door › hides what went wrong inside a turn', async () => {
  onTurn = async () => {
    throw new Error(secret);
  };
  expect(await post(signed(), anActivity())).toEqual({ status: 500, text: '{"code":"unexpected"}' });
  const { status, text } = await post(signed(), anActivity(anInvoke));
  expect([status, JSON.parse(text).type]).toEqual([200, 'application/vnd.microsoft.error']);
  expect(text).not.toContain(secret);
  expect(logged.join('')).toContain(secret);
});

test('the door › answers a click that no handler takes, instead of 501', async () => {
  onTurn = async () => {};
  const { status, text } = await post(signed(), anActivity(anInvoke));
  expect([status, JSON.parse(text)]).toMatchObject([200, { statusCode: 500, type: 'application/vnd.microsoft.error' }]);
});

test('the door › gives back what a handler answers to a click', async () => {
  const card = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } };
  onTurn = async (context) => {
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body: card } });
  };
  const { status, text } = await post(signed(), anActivity(anInvoke));
  expect([status, JSON.parse(text)]).toEqual([200, card]);
});

test('the door › sends the bot’s messages to the service URL of the activity', async () => {
  const received: string[] = [];
  const connector = createServer((request, response) => {
    received.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end('{"id":"m1"}');
  });
  const url = await listenOnLoopback(connector);
  onTurn = async (context) => void (await context.sendActivity('planning'));
  const token = `Bearer ${authority.sign(url)}`;
  expect(await post(token, anActivity({ serviceUrl: url }))).toMatchObject({ status: 200 });
  expect(received).toEqual(['POST /v3/conversations/19%3Aabc%40thread.tacv2/activities/1 Bearer loopback']);
  await closeServer(connector);
});

test('the door › answers 503 while the signing keys are out of reach', async () => {
  const gone = await createAuthority({ botAppId });
  await gone.close();
  const lonely = await openDoor({ trust: loopbackTrust({ botAppId, tenantId, issuerUrl: gone.url }) });
  const response = await fetch(`${lonely.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: signed() },
    body: JSON.stringify(anActivity()),
  });
  expect([response.status, await response.text()]).toEqual([503, '{"code":"unavailable"}']);
  expect(turns).toEqual([]);
  await lonely.close();
});

test('the door › turns a flood of bad requests away without a line of log each, and still serves good ones', async () => {
  const still = { now: () => '', elapsedMs: () => 0, sleep: async () => {} };
  const flooded = await openDoor({ clock: still });
  const send = (authorization: string) =>
    fetch(`${flooded.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(anActivity()),
    }).then(({ status }) => status);
  const statuses: number[] = [];
  for (let sent = 0; sent < 60; sent += 1) statuses.push(await send('Bearer x'));
  expect(statuses).toEqual([...Array<number>(50).fill(401), ...Array<number>(10).fill(429)]);
  expect(logged.map((line) => JSON.parse(line).reason)).toEqual(['no bearer token']);
  expect(await send(signed())).toBe(200);
  await flooded.close();
});

test('the door › says that it is open, and nothing about routes it does not have', async () => {
  expect((await fetch(`${door.url}/healthz`)).status).toBe(200);
  const unknown = await fetch(`${door.url}/canary`);
  expect([unknown.status, await unknown.text()]).toEqual([404, '{"code":"refused"}']);
  expect((await fetch(`${door.url}/api/messages`)).status).toBe(405);
});

test('the door › says which environments.yaml counts, when it is asked', async () => {
  const told = await openDoor({ health: () => ({ environments: '0123456789ab', isCurrent: true }) });
  const body: unknown = await (await fetch(`${told.url}/healthz`)).json();
  expect(body).toEqual({ status: 'ok', environments: '0123456789ab', isCurrent: true });
  await told.close();
});

test('the signing proxy › speaks for a client of this machine that signs nothing', async () => {
  const send = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${proxy.url}/api/messages`, { method: 'POST', headers, body: JSON.stringify(body) }).then(
      ({ status }) => status,
    );
  expect(await send(anActivity())).toBe(200);
  expect(await send(anActivity({ serviceUrl: undefined, conversation: { id: 'c' } }))).toBe(200);
  expect(await send(anActivity({ conversation: { id: 'c', tenantId: foreignTenant } }))).toBe(403);
  expect(await send(anActivity(), { 'content-type': 'text/plain' })).toBe(403);
  expect(turns).toHaveLength(2);
});

async function connectTo({ url }: HttpDoor): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

async function firstLine(socket: Socket): Promise<string> {
  const [data] = await once(socket, 'data');
  socket.destroy();
  return String(data).split('\r\n')[0] ?? '';
}
