import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { toTell } from '../../../bot/webhooks/happenings.ts';
import { postWebhook } from '../../../bot/webhooks/post.ts';
import { createWebhooks } from '../../../bot/webhooks/webhooks.ts';
import { signWebhook } from '../../../bot/webhooks/signWebhook.ts';
import { ANNOUNCED, REWIND, type Webhook } from '../../../engine/contracts.ts';
import { openJournal, type SqlJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import { aRun as aRunDocument, aSandbox } from '../../builders.ts';
import { aDraft, ANN, BOB, EVENTS, NEVER } from '../../engine/journal/builders.ts';
import { startTestServer, type TestServer } from '../../engine/journal/testDatabase.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on a real socket; the n-th message is answered with the n-th status, and then 204. */
async function aReceiver(...statuses: readonly number[]) {
  const heard: Heard[] = [];
  const web = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const status = statuses[heard.length] ?? 204;
      heard.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      // Not chained: the bot's packages replace writeHead in the whole process by one that gives nothing back.
      response.writeHead(status, { location: '/elsewhere', 'retry-after': status === 429 ? '90' : '' });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  onTestFinished(() => void web.close());
  const { port } = web.address() as AddressInfo;
  const types = () => heard.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  return { url: `http://127.0.0.1:${String(port)}/hooks`, heard, types };
}

const aHook = (url: string): Webhook => ({ name: 'erp', url, secret: SECRET, events: [...ANNOUNCED] });

/** The sender over a real journal, with a clock that a test moves: the database's own time goes on by itself. */
async function aHouse(url: string, hook: Partial<Webhook> = {}) {
  const journal = openJournal({ url: await server.newDatabase() });
  onTestFinished(() => journal[Symbol.asyncDispose]());
  await journal.migrate();
  let ahead = 0;
  const logged: string[] = [];
  const write = (event: string, fields?: unknown) => void logged.push(`${event} ${JSON.stringify(fields ?? {})}`);
  const webhooks: Webhook[] = [{ ...aHook(url), ...hook }];
  const installation = { sandboxes: [aSandbox({ title: 'UAT', url: 'https://uat.contoso.example/' })], webhooks };
  const parts = {
    ...{ outbox: journal.webhooks, journal, installation, random: () => 0 },
    log: { info: write, warn: write, error: write },
    clock: {
      now: () => new Date(Date.now() + ahead).toISOString(),
      elapsedMs: () => performance.now(),
      sleep: () => new Promise<void>(() => undefined),
    },
  };
  const senderOf = () => createWebhooks(parts);
  const sender = senderOf();
  await sender.round();
  return { journal, parts, sender, senderOf, installation, logged, pass: (ms: number) => void (ahead += ms) };
}

type Kind = keyof typeof EVENTS;

async function aRun(journal: SqlJournal, ...kinds: readonly Kind[]): Promise<string> {
  const { runId } = await journal.draft(aDraft());
  await go(journal, runId, 'choose-moment', 'plan-made', 'confirm', ...kinds);
  return runId;
}

async function go(journal: SqlJournal, runId: string, ...kinds: readonly Kind[]): Promise<void> {
  const people: Partial<Record<Kind, typeof ANN>> = { 'choose-moment': ANN, confirm: ANN, approve: BOB, stop: ANN };
  for (const kind of kinds) {
    const event = kind === 'await-cutover' ? { ...EVENTS[kind], policy: 'at' as const, at: NEVER } : EVENTS[kind];
    await journal.record(runId, event, { actor: people[kind] ?? REWIND });
  }
}

const isSigned = ({ headers, body }: Heard): boolean => {
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const mac = createHmac('sha256', Buffer.alloc(32, 7)).update(signed).digest('base64');
  return headers['webhook-signature'] === `v1,${mac}`;
};

test('a signature › is the one that the reference library of Standard Webhooks makes', () => {
  const body = '{"type":"refresh.switched","n":1}';
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  expect(signWebhook({ secret, id: 'erp.R-1001.4', body }, 1_767_225_600_000)).toEqual({
    'webhook-id': 'erp.R-1001.4',
    'webhook-timestamp': '1767225600',
    'webhook-signature': 'v1,JhpWp24EX6OemTylL7xfvVq5YJmq6OJu4fBtcSW3JSU=',
  });
});

test('a webhook › tells a run from its approval to its end, signed, in order, without a person or a reason', async () => {
  const receiver = await aReceiver();
  const { journal, sender, senderOf, logged } = await aHouse(receiver.url);
  const runId = await aRun(journal, 'approve', 'start', 'await-cutover');
  await sender.round();
  await go(journal, runId, 'resume', 'closed', 'swapped', 'complete');
  await sender.round();
  expect(receiver.types()).toEqual([
    'refresh.approved',
    'refresh.switch_announced',
    'refresh.switched',
    'refresh.back_online',
  ]);
  expect(receiver.heard.map(isSigned)).toEqual([true, true, true, true]);
  expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(4);
  expect(JSON.parse(receiver.heard[1]?.body ?? '')).toMatchObject({
    timestamp: expect.stringMatching(/Z$/),
    data: { run: runId, sandbox: 'uat', source: 'prod', switchAt: NEVER, url: 'https://uat.contoso.example/' },
  });
  const all = receiver.heard.map(({ body }) => body).join() + logged.join();
  expect(all).not.toMatch(new RegExp(`Ann|Bob|object-id|Month-end tests|${SECRET}`));
  // A bot that starts anew tells nothing twice, however far back it looks.
  await senderOf().round();
  expect(receiver.heard).toHaveLength(4);
  expect((await journal.run(runId))?.announced).toBeUndefined();
});

test('a webhook › that fails is tried again under the same id, at growing pauses or when the receiver says', async () => {
  const receiver = await aReceiver(500, 429);
  const { journal, sender, senderOf, pass } = await aHouse(receiver.url, { events: ['approved'] });
  await aRun(journal, 'approve');
  await sender.round();
  await sender.round();
  expect(receiver.heard).toHaveLength(1);
  pass(6_000);
  await senderOf().round();
  pass(31_000);
  await sender.round();
  expect(receiver.heard).toHaveLength(2);
  pass(60_000);
  await sender.round();
  expect(receiver.heard).toHaveLength(3);
  expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(receiver.heard.map(isSigned)).toEqual([true, true, true]);
  const times = receiver.heard.map(({ headers }) => Number(headers['webhook-timestamp']));
  expect(times[2]).toBeGreaterThan((times[0] ?? 0) + 90);
});

test.each([
  ['its address is gone', [410], {}, { why: 'gone', status: 410 }],
  ['no secret is set', [], { secret: '' }, { why: 'no-secret' }],
  ['it leads where no receiver is', [], { url: 'https://169.254.169.254/latest' }, { why: 'unsafe' }],
] as const)(
  'a webhook › is given up at once where %s, and that is a record of the run',
  async (_, statuses, hook, why) => {
    const receiver = await aReceiver(...statuses);
    const { journal, sender, logged } = await aHouse(receiver.url, { events: ['approved'], ...hook });
    const runId = await aRun(journal, 'approve');
    await sender.round();
    await sender.round();
    expect(receiver.heard).toHaveLength(statuses.length);
    expect((await journal.run(runId))?.announced).toMatchObject([{ what: 'approved', by: 'erp', ...why }]);
    expect(logged.filter((line) => line.startsWith('webhook-given-up'))).toHaveLength(1);
    // The run goes on.
    await go(journal, runId, 'start');
    expect(await journal.verify(runId)).toMatchObject({ intact: true });
  },
);

test('a webhook › that nobody takes is tried for a day', async () => {
  const receiver = await aReceiver(...Array.from({ length: 20 }, () => 302));
  const { journal, sender, pass } = await aHouse(receiver.url, { events: ['approved', 'failed'] });
  const runId = await aRun(journal, 'approve');
  for (let hours = 0; hours < 30; hours += 1) {
    await sender.round();
    pass(3_600_000);
  }
  // A redirect is no answer, and nobody goes there.
  expect(receiver.heard.length).toBeGreaterThan(4);
  expect(receiver.heard.length).toBeLessThan(9);
  expect((await journal.run(runId))?.announced).toMatchObject([{ why: 'refused', status: 302 }]);
});

const aRejected = async (journal: SqlJournal): Promise<string> => {
  const runId = await aRun(journal);
  await journal.record(runId, EVENTS.reject, { actor: BOB });
  return runId;
};

test('a receiver › that takes its time, or with which something is wrong, holds up no other', async () => {
  const receiver = await aReceiver();
  const slow = Promise.withResolvers<undefined>();
  const { journal, parts } = await aHouse(receiver.url);
  const names = ['slow', 'broken', 'erp'] as const;
  const webhooks = names.map((name): Webhook => ({ ...aHook(receiver.url), name, events: ['skipped'] }));
  const post: typeof postWebhook = async (...asked) => {
    const name = asked[2]['webhook-id']?.split('_')[0];
    if (name === 'slow') await slow.promise;
    if (name === 'broken') throw new Error('not of the receiver’s doing');
    return postWebhook(...asked);
  };
  await using sender = createWebhooks({ ...parts, post, installation: { ...parts.installation, webhooks } });
  await sender.round();
  await aRejected(journal);
  const first = sender.round();
  await vi.waitFor(() => expect(receiver.heard).toHaveLength(1));
  await aRejected(journal);
  const second = sender.round();
  await vi.waitFor(() => expect(receiver.heard).toHaveLength(2));
  slow.resolve(undefined);
  await Promise.all([first, second]);
  const told = receiver.heard.map(({ headers }) => String(headers['webhook-id']).split('_')[0] ?? '');
  expect(told.toSorted((one, other) => one.localeCompare(other))).toEqual(['erp', 'erp', 'slow']);
});

test('a webhook › that the bot was not there to tell in time is not told late, and one that comes back hears nothing of before', async () => {
  const receiver = await aReceiver(500);
  const { journal, sender, installation, pass } = await aHouse(receiver.url, { events: ['skipped'] });
  const runId = await aRejected(journal);
  await sender.round();
  expect(receiver.heard).toHaveLength(1);
  pass(2 * 86_400_000);
  await sender.round();
  expect(receiver.heard).toHaveLength(1);
  expect((await journal.run(runId))?.announced).toMatchObject([{ what: 'skipped', by: 'erp', why: 'too-late' }]);

  const away = installation.webhooks.splice(0);
  await sender.round();
  await aRejected(journal);
  installation.webhooks.push(...away);
  await sender.round();
  await sender.round();
  expect(receiver.heard).toHaveLength(1);
});

test('a webhook › hears of what it asks for: events, sandboxes, requests that came to nothing, and nothing of before', async () => {
  const receiver = await aReceiver();
  const house = await aHouse(receiver.url, { events: ['skipped', 'failed'] });
  const { journal, sender, installation } = house;
  await go(journal, await aRun(journal, 'approve', 'start', 'stop'), 'stopped');
  await aRejected(journal);
  const { runId: dropped } = await journal.draft(aDraft());
  await journal.record(dropped, EVENTS.keep, { actor: ANN });
  const failed = await aRun(journal, 'approve', 'start', 'fail');
  await journal.record(failed, EVENTS.accept, { actor: ANN });
  await sender.round();
  expect(receiver.types()).toEqual(['refresh.skipped', 'refresh.skipped', 'refresh.failed']);
  expect(JSON.parse(receiver.heard[2]?.body ?? '')).toMatchObject({
    data: { step: 'synchronize-database', code: 'command-failed', target: 'closed' },
  });
  // One that is new in the file is told nothing of before, and one that is gone from it nothing more.
  const [first] = installation.webhooks;
  if (first) installation.webhooks.splice(0, 1, { ...first, name: 'desk', sandboxes: ['test'] });
  await sender.round();
  await aRun(journal, 'approve');
  await sender.round();
  expect(receiver.heard).toHaveLength(3);
});

test('news of a switch › is of use until the switch, everything else for a day', () => {
  const [at, switchAt] = ['2026-11-30T10:00:00.000Z', '2026-11-30T10:15:00.000Z'];
  const until = (event: string, data: object) =>
    toTell({ runId: 'R-1', seq: 4, at, event, data }, aRunDocument({ reason: 'tests' }), aSandbox())?.until;
  expect(until('await-cutover', { policy: 'at', at: switchAt })).toBe(switchAt);
  // Due at once, it is still worth a minute.
  expect(until('switch-now', { at })).toBe('2026-11-30T10:01:00.000Z');
  expect(until('complete', {})).toBe('2026-12-01T10:00:00.000Z');
  // A wait for a click has no moment.
  expect(until('await-cutover', { policy: 'on-click' })).toBeUndefined();
});
