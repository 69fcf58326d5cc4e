import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { JONAS, MIRA, TEAM } from '../../../demo/people.ts';
import { openChatWithBot, type ChatWithBot } from './chatWithBot.ts';

let chat: ChatWithBot;
beforeAll(async () => {
  chat = await openChatWithBot();
});
afterAll(() => chat[Symbol.asyncDispose]());

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** With headers that a browser sets by itself, which `fetch` would not send. */
function ask(
  url: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

const voice = { personId: JONAS.id, locale: 'de-DE', timeZone: 'Asia/Tokyo' };
const say = (text: string, more: object = {}) =>
  JSON.stringify({ voice, conversation: TEAM.channel.id, text, ...more });
const asPage = () => ({ 'content-type': 'application/json', origin: chat.url });

test('the page › takes a message from itself alone, and only as JSON', async () => {
  const url = `${chat.url}/api/say`;
  const body = say('@Rewind /status');
  const port = new URL(chat.url).port;
  const refused: Readonly<Record<string, string>>[] = [
    { 'content-type': 'application/json' },
    { 'content-type': 'application/json', origin: 'https://evil.example' },
    { 'content-type': 'application/json', origin: 'null' },
    { 'content-type': 'text/plain', origin: chat.url },
    // A name of somebody else's that points to this machine.
    { 'content-type': 'application/json', origin: `http://evil.example:${port}`, host: `evil.example:${port}` },
  ];
  for (const headers of refused)
    expect([headers, (await ask(url, { method: 'POST', headers, body })).status]).toEqual([headers, 403]);
  expect(chat.heard).toEqual([]);
  expect((await ask(url, { method: 'POST', headers: asPage(), body })).status).toBe(200);
  expect(chat.heard).toMatchObject([
    {
      text: '<at>Rewind</at> /status',
      from: { id: JONAS.id, aadObjectId: JONAS.aadObjectId },
      locale: 'de-DE',
      localTimezone: 'Asia/Tokyo',
      entities: [{ type: 'mention' }, { type: 'clientInfo', timezone: 'Asia/Tokyo', country: 'DE' }],
    },
  ]);
});

test('what was said › is not shown to another site or under another name', async () => {
  for (const path of ['/', '/api/state', '/api/events']) {
    expect((await ask(`${chat.url}${path}`, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await ask(`${chat.url}${path}`, { headers: { host: 'evil.example' } })).status).toBe(403);
  }
});

test('the connector › hears programs, and no page of a browser', async () => {
  const url = `${chat.client.serviceUrl}/v3/conversations/${encodeURIComponent(TEAM.channel.id)}/members`;
  expect((await ask(url)).status).toBe(200);
  expect((await ask(url, { headers: { origin: chat.url } })).status).toBe(403);
  expect((await ask(url, { headers: { host: 'evil.example' } })).status).toBe(403);
});

test('the page › has nothing else of this disk', async () => {
  for (const path of ['/../people.ts', '/..%2fpeople.ts', '/page/main.ts', '/pane.js', '/api/unknown'])
    expect([path, (await ask(`${chat.url}${path}`)).status]).toEqual([path, 404]);
});

test('what the page cannot have sent › is refused and changes nothing', async () => {
  const { length } = chat.client.conversations.messages();
  const post = (path: string, body: string) => ask(`${chat.url}${path}`, { method: 'POST', headers: asPage(), body });
  const personal = chat.client.conversations.personalOf(MIRA.id)?.id;
  const statuses = [
    await post('/api/say', 'not JSON'),
    await post('/api/say', JSON.stringify({ text: 'a'.repeat(300_000) })),
    await post('/api/say', say('x', { voice: { ...voice, personId: '29:nobody' } })),
    await post('/api/say', say('x', { conversation: personal })),
    await post('/api/say', say('x', { thread: '1' })),
    await post('/api/click', JSON.stringify({ voice, messageId: '1', verb: 'approve-run' })),
    await post('/api/install', JSON.stringify({ voice, conversation: personal, isInstalled: false })),
  ].map(({ status }) => status);
  expect(statuses).toEqual([400, 400, 400, 404, 404, 404, 404]);
  expect(chat.client.conversations.messages().length).toBe(length);
});
