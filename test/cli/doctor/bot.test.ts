import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownManifest } from '../../../appPackage/ownManifest.ts';
import { examineBot } from '../../../cli/doctor/bot/examineBot.ts';
import { describeFinding, type Finding } from '../../../cli/doctor/finding.ts';
import { systemClock } from '../../../engine/clock.ts';
import { openJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import { createScrub } from '../../../env/scrub.ts';
import { codesIn, readProject } from '../../docs/markdown.ts';
import { startTestServer, type TestServer } from '../../engine/journal/testDatabase.ts';
import { startTestRedis, type TestRedis } from '../../queue/testRedis.ts';

const folder = mkdtempSync(join(tmpdir(), 'rewind-doctor-bot-'));
const packageFile = join(folder, 'rewind.zip');
const file = join(folder, 'environments.yaml');
const SECRET = 'the-secret-of-the-registration';
let server: TestServer;
let redis: TestRedis;
let journalUrl: string;

beforeAll(async () => {
  [server, redis] = await Promise.all([startTestServer(), startTestRedis()]);
  journalUrl = await server.newDatabase();
  copyFileSync('env/environments.example.yaml', file);
  await using journal = openJournal({ url: journalUrl });
  await journal.migrate();
});
afterAll(async () => {
  await Promise.all([server, redis].map((one) => one[Symbol.asyncDispose]()));
  rmSync(folder, { recursive: true });
});

type Answers = Readonly<Record<string, readonly [status: number, body?: object]>>;

const WELL: Answers = {
  'login.microsoftonline.com': [200, { access_token: 'a-token' }],
  'login.botframework.com': [200, {}],
  'smba.trafficmanager.net': [404],
  '/healthz': [200, { status: 'ok' }],
  '/api/messages': [401, { code: 'refused' }],
};

/** Whatever address is asked, a server on this machine answers, over real sockets; what is not named there is out of reach. */
async function anInternet(answers: Answers) {
  const asked: string[] = [];
  const web = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const host = String(request.headers['x-host']);
      asked.push(`${request.method ?? ''} ${host}${request.url ?? ''} ${body}`);
      const [status, content] = answers[host] ?? answers[request.url ?? ''] ?? [500];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(content ?? {}));
    });
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const { port } = web.address() as AddressInfo;
  const ask: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!(url.hostname in answers) && !(url.pathname in answers)) return Promise.reject(new TypeError('fetch failed'));
    const headers = { ...(init?.headers as Record<string, string> | undefined), 'x-host': url.hostname };
    return fetch(`http://127.0.0.1:${String(port)}${url.pathname}`, { ...init, headers });
  };
  return {
    ...{ ask, asked },
    [Symbol.dispose]() {
      web.close();
      web.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString();
}

const variables = () => ({
  BOT_ID: '6a0f5c6e-7c39-4f5f-8d0e-1b9b61e28d0e',
  BOT_TENANT_ID: '3d9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a03',
  BOT_PASSWORD: SECRET,
  TEAMS_APP_ID: '9e8d7c6b-5a49-4838-8271-605f4e3d2c1b',
  REWIND_PUBLIC_URL: 'https://rewind.contoso.example',
  REWIND_LINK_KEYS: '2026a:0123456789abcdef0123456789abcdef',
  REWIND_JOURNAL_URL: journalUrl,
  REWIND_REDIS_URL: redis.url,
  REWIND_ENVIRONMENTS: file,
});

async function look(answers: Answers = WELL, more: Readonly<Record<string, string>> = {}) {
  using internet = await anInternet(answers);
  const given = { ...variables(), ...more };
  const { secrets, findings } = examineBot({ variables: given, clock: systemClock, packageFile, ask: internet.ask });
  const found: Finding[] = [];
  for await (const finding of findings) found.push(finding);
  const scrub = createScrub(secrets);
  return { found, asked: internet.asked, lines: found.map((one) => scrub(describeFinding(one))) };
}

const of = (found: readonly Finding[], subject: string) => found.find((one) => one.subject === subject);

test('doctor --bot › says what is there and what is missing in a new installation, and prints no secret', async () => {
  rmSync(packageFile, { force: true });
  const { found, lines, asked } = await look();
  expect(found.map(({ outcome, subject }) => `${outcome} ${subject.replace(folder, '…')}`)).toEqual([
    'good bot settings',
    'good registration of the bot',
    'good signing keys of Teams',
    'good answers to Teams',
    'good …/environments.yaml',
    'bad webhook erp',
    'good version of environments.yaml',
    'good journal',
    'good clocks',
    'good Redis',
    'good Redis maxmemory-policy',
    'good Redis persistence',
    'good public address',
    'good messaging endpoint',
    'doubtful app package',
    'doubtful heard from Teams',
    'bad worker for uat',
    'good approvers of uat',
    'bad worker for test',
    'doubtful approvers of test',
  ]);
  expect(of(found, 'messaging endpoint')?.detail).toContain('https://rewind.contoso.example/api/messages');
  expect(of(found, 'approvers of test')?.detail).toContain('Jonas Weber, Mira Okafor');
  // Signed in as the bot does, and with nothing else.
  expect(asked.filter((one) => one.includes('microsoftonline'))).toEqual([
    `POST login.microsoftonline.com/3d9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a03/oauth2/v2.0/token grant_type=client_credentials&client_id=6a0f5c6e-7c39-4f5f-8d0e-1b9b61e28d0e&client_secret=${SECRET}&scope=https%3A%2F%2Fapi.botframework.com%2F.default`,
  ]);
  expect(lines.join('\n')).not.toMatch(new RegExp(`${SECRET}|0123456789abcdef|:journal@|a-token`));
});

test('doctor --bot › sees a worker that has looked, a word from Teams, and who can be asked', async () => {
  await using journal = openJournal({ url: journalUrl });
  const at = new Date().toISOString();
  for (const target of ['uat', 'test'])
    await journal.saveSurvey(target, { source: 'prod', measuredAt: at, windows: [], gaps: [], precisionMs: 1 });
  await journal.addMessage({ kind: 'note', conversation: '19:a', address: { serviceUrl: 'x' }, picture: {} });
  const people = ['1b9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a01', '2c9b61e2-8d0e-4f1a-9b1e-5d0f0f0b6a12'];
  for (const id of people) await journal.rememberPersonalChat(id, { conversation: id });
  const manifest = Buffer.from(ownManifest(variables()));
  writeFileSync(packageFile, zipSync({ 'manifest.json': manifest }));

  const signing = { ERP_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}` };
  const { found, lines } = await look(WELL, signing);
  expect(found.filter(({ outcome }) => outcome !== 'good')).toEqual([]);
  expect(lines.join()).not.toContain(signing.ERP_WEBHOOK_SECRET);
  const elsewhere = await look(WELL, { TEAMS_APP_ID: '00000000-5a49-4838-8271-605f4e3d2c1b' });
  expect(of(elsewhere.found, 'app package')).toMatchObject({
    outcome: 'doubtful',
    detail: expect.stringMatching(/: id$/),
  });
});

test.each([
  ['AADSTS7000215: Invalid client secret is provided.', 'BOT_PASSWORD is not one of its secrets'],
  ['AADSTS7000222: The provided client secret keys are expired.', 'BOT_PASSWORD has run out'],
  ['AADSTS700016: Application was not found.', 'BOT_ID is not known in the tenant BOT_TENANT_ID'],
  ['AADSTS53003: Blocked by Conditional Access.', 'was refused with AADSTS53003'],
])('doctor --bot › says what a sign-in is refused for: %s', async (error_description, detail) => {
  const { found } = await look({ ...WELL, 'login.microsoftonline.com': [401, { error_description }] });
  expect(of(found, 'registration of the bot')).toMatchObject({ outcome: 'bad', detail });
});

test('doctor --bot › tells a proxy that leads elsewhere, an open endpoint and a firewall apart', async () => {
  const elsewhere = await look({ ...WELL, '/healthz': [502, { message: 'Bad gateway' }] });
  expect(of(elsewhere.found, 'public address')?.detail).toContain('something else than the bot (status 502)');
  const open = await look({ ...WELL, '/api/messages': [200] });
  expect(of(open.found, 'messaging endpoint')).toMatchObject({
    outcome: 'bad',
    detail: expect.stringContaining('200'),
  });
  const { 'smba.trafficmanager.net': _, ...without } = WELL;
  const walled = await look(without);
  expect(of(walled.found, 'answers to Teams')).toMatchObject({ outcome: 'bad' });
  const other = await look({ ...WELL, '/healthz': [200, { status: 'ok', environments: 'abcdefabcdef' }] });
  expect(of(other.found, 'public address')).toMatchObject({ outcome: 'doubtful' });
});

test('the page on the installation › has ten steps at most, each checked by a line that doctor has', async () => {
  const page = readProject('docs/install-in-teams.md');
  const part = page.split('## The ten steps')[1]?.split('\n## ')[0] ?? '';
  const steps = part.split(/^\d+\. /m).slice(1);
  expect(steps).toHaveLength(10);
  const { found } = await look();
  const bySubject = found.map(({ subject }) => subject);
  // Of a worker; its own suite has the lines themselves.
  const ofWorkers = readFileSync('test/cli/doctor.test.ts', 'utf8');
  const inWorkers = (subject: string) => new RegExp(`[✓?] ${subject}[:,]`).test(ofWorkers);
  const unknown = steps.map((step) => {
    const [, check = ''] = step.split(/\bCheck\b/);
    return codesIn(check).filter((code) => !bySubject.includes(code) && !inWorkers(code) && code !== 'rewind doctor');
  });
  expect(unknown).toEqual(steps.map(() => []));
  expect(steps.filter((step) => !/\bCheck\b/.test(step))).toEqual([]);
  // And what stands between a new installation and its first answer is checked by some step.
  const named = codesIn(part);
  const byHand = new Set([file, 'Redis persistence', 'worker for test', 'approvers of test']);
  expect(bySubject.filter((subject) => !named.includes(subject) && !byHand.has(subject))).toEqual([]);
});
