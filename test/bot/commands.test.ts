import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { closeServer, listenOnLoopback } from '../../demo/loopbackServer.ts';
import { COMMANDS } from '../../bot/commands/index.ts';
import { aiko, aSurvey, jonas, lars, LATER, mira, forgetCard } from './builders.ts';
import { openTestChat, ELSEWHERE, stateOf, textOf, verbsOf, type TestChat } from './testChat.ts';

let chat: TestChat;

beforeAll(async () => {
  chat = await openTestChat();
});
afterEach(async () => {
  // Every test begins with free sandboxes.
  for (const { runId, state } of await chat.journal.runs({})) {
    if (state === 'draft' || state === 'awaiting-approval') await chat.record(runId, { kind: 'keep' });
  }
});
afterAll(() => chat.close());

const at = '2026-11-20T17:00:00.000Z';
const personal = { conversation: { id: ELSEWHERE, tenantId: jonas.tenantId, conversationType: 'personal' } };

async function say(text: string, person = jonas): Promise<string> {
  return textOf((await chat.say(person, text)).card);
}

async function lastRun() {
  return (await chat.journal.runs({ limit: 1 }))[0];
}

/** A run of uat that has switched and is open again. */
async function completed(): Promise<string> {
  const card = await chat.say(jonas, `/refresh uat at ${at}`);
  const runId = (await lastRun())?.runId ?? '';
  await chat.plan(runId);
  const digest = `digest of ${at}`;
  await chat.journal.record(runId, { kind: 'confirm', digest, reason: '', expiresAt: LATER }, { actor: jonas });
  await chat.journal.record(runId, { kind: 'approve', digest }, { actor: aiko });
  await chat.record(
    runId,
    { kind: 'start' },
    { kind: 'swapped', previousKeptUntil: '2026-11-26T10:00:00.000Z' },
    { kind: 'complete', figures: { totalSeconds: 9 }, checklist: [] },
  );
  // The run's own card follows only when the message about its end was posted.
  await chat.connector.until(() => stateOf(card) === 'Completed', 'the end is shown');
  return runId;
}

test.each([
  'refresh uat at 2026-11-20 18:00',
  '/refresh uat at 2026-11-20 18:00',
  '/REFRESH  UAT  AT 2026-11-20 18:00 Europe/Berlin',
  '／refresh ｕａｔ 2026-11-20 17:00 UTC',
  '/refresh uat at 2026-11-20T18:00+01:00',
])('a command › “%s” has its plan made', async (text) => {
  expect(await say(text)).toContain('Planning the refresh of UAT');
  expect(await lastRun()).toMatchObject({ target: 'uat', at, isPlanning: true, requestedBy: jonas });
});

test('a command › latest is an instant before it is planned', async () => {
  await say('/refresh uat latest');
  expect((await lastRun())?.at).toBe('2026-11-23T09:57:12.000Z');
});

test('a command › reads times in the zone that the person last told, also when a message does not tell', async () => {
  await chat.say(mira, '/help', { localTimezone: 'Asia/Tokyo' });
  await chat.say(mira, '/refresh uat at 2026-11-21 02:00', { localTimezone: undefined });
  expect(await lastRun()).toMatchObject({ at, zone: 'Asia/Tokyo' });
  await chat.say(aiko, '/help', {
    localTimezone: 'Mars/Olympus',
    entities: [{ type: 'clientInfo', timezone: 'America/Chicago' }],
  });
});

test('a command › with a moment that comes twice asks which', async () => {
  const card = await chat.say(jonas, '/refresh uat at 2026-10-25 02:30');
  expect(verbsOf(card.card).filter((verb) => verb === 'preview-plan')).toHaveLength(2);
  await chat.click(jonas, card, 'preview-plan');
  expect((await lastRun())?.at).toBe('2026-10-25T00:30:00.000Z');
});

test.each([
  ['2026-03-29 02:30', 'Type 2026-03-29 03:00'],
  ['banana', 'Type latest, 2h ago, yesterday 6pm'],
  ['30.02.2026 18:00', 'that month has 28 days'],
  ['Monday 22 Nov 18:00', '22 November 2026 is a Sunday'],
  ['2026-11-20 18:00 Nowhere', 'IANA name'],
])('a command › with “%s”, which is no moment, makes no run and says what to type', async (text, hint) => {
  const before = (await chat.journal.runs({})).length;
  const { card } = await chat.say(jonas, `/refresh uat at ${text}`);
  expect(textOf(card)).toContain(hint);
  expect(textOf(card)).toContain(text);
  expect(await chat.journal.runs({})).toHaveLength(before);
  expect(verbsOf(card)).toEqual(['refresh-target']);
});

test('a command › with a typing mistake goes on with one click', async () => {
  const refused = await chat.say(jonas, '/refresh uat yesterdey');
  await chat.click(jonas, refused, 'refresh-target');
  expect(await lastRun()).toMatchObject({ state: 'draft', target: 'uat' });
});

test.each([
  ['2026-11-06 12:00', 'a log backup is missing'],
  ['2026-12-01 12:00', 'still to come'],
  ['next tuesday', 'That moment is still to come'],
  ['yesterday', 'At what time on Sunday, 22 November 2026?'],
  ['2020-01-01 12:00', 'Nearest: Sat, 24 Oct 2026, 12:00 Europe/Berlin (UTC+2)'],
])('a command › with the moment “%s” says what to type, on the card that offers others', async (moment, hint) => {
  const card = await chat.say(jonas, `/refresh uat at ${moment}`);
  expect(textOf(card.card)).toContain(hint);
  expect(verbsOf(card.card)).toContain('preview-plan');
});

test('a command › without a sandbox offers those that the person may ask for', async () => {
  const choices = async (person: typeof jonas) => JSON.stringify((await chat.say(person, '/refresh')).card);
  expect(await choices(jonas)).not.toContain('TEST');
  expect(await choices(mira)).toContain('TEST');
  expect(await say('/refresh', lars)).toContain('not-allowed');
});

test('a command › for a forbidden sandbox is refused and drafts nothing', async () => {
  const before = (await chat.journal.runs({})).length;
  expect(await say('/refresh test')).toContain('Your account may not ask for a refresh on TEST');
  expect(await say('/refresh uat', aiko)).toContain('not-allowed');
  expect(await chat.journal.runs({})).toHaveLength(before);
});

const tricks = [
  'uаt', // Cyrillic а
  'u\u200bat',
  '\u202euat',
  'uat\u0000',
  'υat',
  'uat;drop',
  '../uat',
  'uat%20',
  'ùat',
  'u&#97;t',
  '<at>uat</at>',
  '[uat](https://evil.example)',
  '**uat**',
  'constructor',
  'İuat',
];
test.each(tricks)('a name › %j is no sandbox, and is not echoed as markdown', async (name) => {
  const card = await chat.say(jonas, `/refresh ${name}`);
  expect(textOf(card.card)).toContain('unknown-target');
  expect(textOf(card.card)).toContain('Sandboxes: uat, test.');
  expect(JSON.stringify(card.card)).not.toContain(name);
});

test.each(['hello', 'do not /refresh uat', '/refreshuat', '', '//refresh uat', 'refresh_uat'])(
  'a line › “%s” that is no command is answered with the help card',
  async (text) => {
    const card = await chat.say(mira, text);
    expect(stateOf(card)).toBe('Help');
    const isAsked = text === '' || text === 'hello';
    const shown = COMMANDS.flatMap(({ usages }) => usages).filter(({ usage }) => linesOf(card.card).includes(usage));
    // Whoever has mistyped looks for one line.
    expect(shown).toHaveLength(isAsked ? COMMANDS.flatMap(({ usages }) => usages).length : 5);
    expect(textOf(card.card).includes('/help shows everything')).toBe(!isAsked);
  },
);

const linesOf = (card: unknown): readonly string[] => textOf(card).split(' | ');

test.each(['please refresh uat', 'Refresh the uat, please', 'bitte refresh uat bitte'])(
  'a line › “%s” is read without what is only polite',
  async (text) => {
    expect(await say(text)).toContain('Refresh UAT from PROD');
  },
);

test('a line of somebody without a role › is answered with how to get one, and with no button that leads to a refusal', async () => {
  for (const line of ['/status', '/mine', '/history', '/help', '/whoami']) {
    const { card } = await chat.say(lars, line);
    expect([line, verbsOf(card).includes('refresh-target')]).toEqual([line, false]);
  }
  for (const line of ['/status', '/mine', '/history'])
    expect(await say(line, lars)).toContain('You have no role for any sandbox yet');
  expect(verbsOf((await chat.say(jonas, '/status')).card)).toContain('refresh-target');
});

test('a list › of all sandboxes is shown under that word as well', async () => {
  expect(await say('/status all')).toContain('1 of 1 free');
  expect(await say('/history all')).toContain('Runs of all sandboxes');
});

test('a line › that was not understood is shown as text, never as a link or a mention', async () => {
  const { card } = await chat.say(jonas, '[Roll back](https://evil.example) <at>Everyone</at>');
  const blocks = JSON.stringify(card).match(/\{"type":"TextBlock"[^}]*\}/g) ?? [];
  expect(blocks.filter((block) => block.includes('evil'))).toEqual([]);
  expect(card.msteams).not.toHaveProperty('entities.0');
});

test('the commands › fit the menu of Teams, and help shows each as it is typed', () => {
  expect(COMMANDS.map(({ name }) => name)).toEqual([...new Set(COMMANDS.map(({ name }) => name))]);
  // Teams shows titles of 32 and descriptions of 128 characters.
  for (const { name, description, usages } of COMMANDS) {
    expect(name).toMatch(/^[a-z]{1,32}$/);
    expect(description.length).toBeLessThanOrEqual(128);
    for (const { usage } of usages) expect(usage.split(' ')[0]).toBe(`/${name}`);
  }
});

test('status › shows the sandboxes of the person, and who holds them', async () => {
  await chat.say(jonas, `/refresh uat at ${at}`);
  const runId = (await lastRun())?.runId ?? '';
  await chat.plan(runId);
  await chat.journal.record(
    runId,
    { kind: 'confirm', digest: `digest of ${at}`, reason: '', expiresAt: LATER },
    { actor: jonas },
  );
  const text = await say('/status', mira);
  expect(text).toContain(`${runId} of Jonas Weber waits for approval`);
  expect(text).toContain('TEST');
  expect(await say('/status', lars)).toContain('You have no role for any sandbox yet');
  expect(await say(`/status ${runId}`, lars)).toContain('not-allowed');
});

test('history › leaves out what somebody looked at without choosing a moment', async () => {
  await say('/refresh uat');
  expect(await say('/history uat')).not.toContain((await lastRun())?.runId);
});

test('status › of a sandbox shows what happens to it, not what somebody is thinking about', async () => {
  await chat.say(jonas, `/refresh uat at ${at}`);
  const runId = (await lastRun())?.runId ?? '';
  await chat.plan(runId);
  const digest = `digest of ${at}`;
  await chat.journal.record(runId, { kind: 'confirm', digest, reason: '', expiresAt: LATER }, { actor: jonas });
  await chat.say(mira, `/refresh uat at ${at}`);
  expect(await say('/status uat')).toContain(runId);
  expect(await say(`/status ${runId.replace('-', '').toLowerCase()}`)).toContain(runId);
  // One that was never refreshed has a state all the same.
  const never = await say('/status test', mira);
  expect(never).toContain('holds its own data');
  expect(never).not.toContain('UAT');
});

test('status › tells whose data a sandbox holds: also after a rollback, and after a failure that was left as it is', async () => {
  const first = await completed();
  const second = await completed();
  expect(await say('/status')).toContain(`(${second})`);
  await chat.journal.record(second, { kind: 'roll-back' }, { actor: jonas });
  await chat.record(second, { kind: 'rolled-back', figures: {} });
  expect(await say('/status')).toContain(`(${first})`);
  const third = await completed();
  await chat.journal.record(third, { kind: 'roll-back' }, { actor: jonas });
  const failure = { step: 'rollback', code: 'x', message: 'Not yet', remedy: '' } as const;
  await chat.record(third, { kind: 'rollback-failed', failure, targetState: 'closed' });
  await chat.journal.record(third, { kind: 'accept' }, { actor: jonas });
  expect(await say('/status')).toMatch(new RegExp(`\\(${third}\\) since [^|]*, closed to people`));
  await say('/rollback uat', mira);
  expect((await chat.journal.run(third))?.state).toBe('rollback-failed');
});

test('history › lists runs, newest first, to those who may know', async () => {
  await say(`/refresh uat at ${at}`);
  const runId = (await lastRun())?.runId ?? '';
  expect(await say('/history uat')).toContain(runId);
  expect(await say('/history')).toContain(runId);
  expect(await say('/history test')).toContain('not-allowed');
  expect(await say('/history nowhere')).toContain('unknown-target');
});

test('logs › gives operators a link that downloads the log as a file', async () => {
  const runId = await completed();
  await chat.journal.appendLog(runId, [{ at, step: 'swap', text: 'Switched <b>uat</b>' }]);
  const { card } = await chat.say(jonas, '/logs uat');
  const url = /"url":"(http:[^"]+)"/.exec(JSON.stringify(card))?.[1] ?? '';
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="rewind-${runId}.txt"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  expect(await response.text()).toContain('Switched <b>uat</b>');
  for (const wrong of [
    `${url.slice(0, -1)}A`,
    url.replace('/logs/', '/logs/x'),
    `${url}/../../etc/passwd`,
    url.replace(/[^/]+$/, '..%2f..%2fetc%2fpasswd'),
  ]) {
    expect([403, 404]).toContain((await fetch(wrong)).status);
  }
  const now = chat.now;
  chat.now = '2026-11-24T10:00:01.000Z';
  expect((await fetch(url)).status).toBe(403);
  chat.now = now;
  expect(await say(`/logs ${runId}`, lars)).toContain('not-allowed');
  expect(await say('/logs')).toContain('name-missing');
});

test('rollback › of a run that ended well shows what goes and asks for a click; its button works where it was asked', async () => {
  const runId = await completed();
  const card = await chat.say(aiko, '/rollback uat', personal);
  expect((await chat.journal.run(runId))?.state).toBe('completed');
  await chat.click(aiko, card, 'roll-back-run', {}, personal);
  expect((await chat.journal.run(runId))?.state).toBe('rollback-in-progress');
  await chat.record(runId, { kind: 'rolled-back', figures: {} });
  await chat.connector.until(() => stateOf(card) === 'Rolled back', 'the card shows the rollback');
  expect(await say(`/rollback ${runId}`)).toContain('does not apply');
  expect(await say('/rollback uat', lars)).toContain('not-allowed');
  const none = await say('/rollback test', mira);
  expect(none).toContain('No run of TEST can be rolled back');
  expect(none).toContain('There has been none so far: /refresh test begins one.');
});

test('rollback › of a run that left its sandbox closed happens at once', async () => {
  const runId = await completed();
  await chat.journal.record(runId, { kind: 'roll-back' }, { actor: jonas });
  const failure = { step: 'rollback', code: 'x', message: 'Not yet', remedy: '' } as const;
  await chat.record(runId, { kind: 'rollback-failed', failure, targetState: 'closed' });
  await say('/rollback uat', mira);
  expect((await chat.journal.run(runId))?.state).toBe('rollback-in-progress');
  await chat.record(runId, { kind: 'rolled-back', figures: {} });
});

test('signoff › ends a completed run, and says so when there is none', async () => {
  const runId = await completed();
  expect(await say('/signoff uat', lars)).toContain('not-allowed');
  await chat.click(jonas, await chat.say(jonas, '/signoff uat'), 'sign-off-run');
  expect((await chat.journal.run(runId))?.state).toBe('signed-off');
  expect(await say('/signoff uat')).toContain('outdated-request');
  expect(await say('/signoff test', mira)).toContain('no-such-run');
});

test('stop › ends a request before its approval, and asks a run under way to stop', async () => {
  await chat.say(jonas, `/refresh uat at ${at}`);
  const runId = (await lastRun())?.runId ?? '';
  await chat.plan(runId);
  const digest = `digest of ${at}`;
  await chat.journal.record(runId, { kind: 'confirm', digest, reason: '', expiresAt: LATER }, { actor: jonas });
  await chat.journal.record(runId, { kind: 'approve', digest }, { actor: aiko });
  await chat.record(runId, { kind: 'start' });
  expect(await say('/stop uat', lars)).toContain('not-allowed');
  await chat.click(aiko, await chat.say(aiko, '/stop uat'), 'stop-run');
  expect((await chat.journal.run(runId))?.stopRequestedBy).toMatchObject(aiko);
  expect(chat.woken.at(-1)).toBe(`proceed ${runId}`);
  await chat.record(runId, { kind: 'stopped' });
  expect(await say('/stop uat')).toContain('no-such-run');
  await say('/refresh uat');
  await say(`/stop ${(await lastRun())?.runId}`);
  expect((await lastRun())?.ending?.how).toBe('kept');
});

test('a message › that Teams delivers twice is answered once', async () => {
  const first = await chat.say(jonas, '/refresh uat', { id: 'same' });
  const runs = (await chat.journal.runs({})).length;
  const repeated = { id: 'same', conversation: { id: first.conversation, tenantId: jonas.tenantId } };
  expect(await chat.tell(jonas, '/refresh uat', repeated)).toBe(first.conversation);
  expect(await chat.journal.runs({})).toHaveLength(runs);
  // Other conversations may still hear how runs of earlier tests ended.
  const answers = chat.connector.messages.filter(({ conversation }) => conversation === first.conversation);
  expect(answers).toHaveLength(1);
});

test('a stored address › that is not one of the chat is never written to', async () => {
  const card = await chat.say(jonas, `/refresh uat at ${at}`);
  const runId = (await lastRun())?.runId ?? '';
  const [row] = await chat.journal.cards(runId);
  const stranger = createServer();
  let visits = 0;
  stranger.on('connection', () => void (visits += 1));
  const { port } = new URL(await listenOnLoopback(stranger));
  for (const serviceUrl of [
    `http://127.0.0.1.nip.example:${port}`,
    `https://127.0.0.1:${port}`,
    `http://user@127.0.0.1:${port}`,
  ]) {
    const address = { ...row?.address, serviceUrl };
    await forgetCard(chat.journal, runId);
    await chat.journal.addMessage({ runId, kind: 'run', conversation: row?.conversation ?? '', address, posts: 1 });
    await vi.waitFor(async () => {
      expect(await chat.journal.messagesGone()).toMatchObject([{ runId, address: { serviceUrl } }]);
    });
  }
  await closeServer(stranger);
  expect(visits).toBe(0);
  expect(card.versions).toHaveLength(1);
});

test('a flood › of one person is answered to a point, then once more, and does not reach others', async () => {
  const usual = chat;
  let elapsedMs = 0;
  chat = await openTestChat({
    clock: { now: () => usual.now, elapsedMs: () => elapsedMs, sleep: () => new Promise(() => {}) },
  });
  for (let n = 0; n < 70; n += 1) await chat.tell(jonas, '/help');
  // As many as Teams takes at once; the others wait in the journal for their turn.
  expect(chat.connector.messages).toHaveLength(6);
  expect(await chat.journal.messagesDue(100)).toHaveLength(55);
  for (; elapsedMs < 60_000; elapsedMs += 500)
    await chat.post({ ...someNews(), type: 'installationUpdate', action: 'add' });
  const answers = chat.connector.messages.filter((one) => stateOf(one) !== 'Hello');
  expect(answers).toHaveLength(61);
  expect(textOf(answers.at(-1)?.card)).toContain('too much at once');
  expect(await say('/status', mira)).toContain('UAT');
  await chat.close();
  chat = usual;
});

test('the first reply › waits for no worker, no round of the notifier and no queue', async () => {
  const [replies, news]: number[][] = [[], []];
  const timed = async (work: Promise<unknown>) => {
    const started = performance.now();
    await work;
    return performance.now() - started;
  };
  for (let n = 0; n < 40; n += 1) {
    const place = {
      conversation: { id: `a:chat-${String(n)}`, tenantId: jonas.tenantId, conversationType: 'personal' },
    };
    replies?.push(await timed(chat.say(jonas, n % 2 === 0 ? '/refresh uat' : '/status', place)));
    news?.push(await timed(chat.post(someNews())));
  }
  const median = (times: readonly number[] = []) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
  // A ratio, because a busy machine slows both: with one wait of the notifier's half second in it, it would be 50 and more.
  expect(median(replies) / median(news)).toBeLessThan(15);
});

/** Passes the door like a message, and asks for nothing. */
function someNews(): Record<string, unknown> {
  return {
    type: 'conversationUpdate',
    channelId: 'msteams',
    serviceUrl: chat.connector.url,
    from: { id: '29:somebody' },
    recipient: { id: '28:bot' },
    conversation: { id: ELSEWHERE, tenantId: jonas.tenantId },
  };
}

test('a connector › that is busy, broken, silent or has lost the message does not keep a card from the truth', async () => {
  const patient = chat;
  // Long enough for a busy machine to answer in; one request below waits for all of it.
  chat = await openTestChat({ chatTimeoutMs: 2_000 });
  const card = await chat.say(jonas, `/refresh uat at ${at}`);
  const runId = (await lastRun())?.runId ?? '';
  chat.connector.troubles.push(
    { status: 429, retryAfter: 1 },
    { status: 500 },
    'hang',
    { status: 412 },
    { status: 504 },
  );
  await chat.plan(runId);
  await chat.connector.until(() => verbsOf(card.card).includes('confirm-run'), 'the plan is shown after all');
  expect(chat.connector.requests.map(({ status }) => status)).toEqual([201, 429, 500, 0, 412, 504, 200]);

  chat.connector.forget(card.id);
  await chat.record(runId, { kind: 'keep' });
  await chat.connector.until(() => chat.connector.messages.length === 2, 'the deleted card is posted anew');
  await chat.close();
  chat = patient;
});

test('“from” › names another source, whose moments count, and only one that the file lists', async () => {
  chat.sandbox('uat', { sources: ['prod', 'test'] });
  const narrow = aSurvey({ source: 'test', windows: [{ from: at, to: '2026-11-21T17:00:00.000Z' }], gaps: [] });
  await chat.journal.saveSurvey('uat', aSurvey({ others: [narrow] }));
  expect(await say('/refresh uat from test at 2026-11-21 12:00 UTC')).toContain('Planning the refresh of UAT');
  expect(await lastRun()).toMatchObject({ target: 'uat', source: 'test', at: '2026-11-21T12:00:00.000Z' });
  // Within production's window, and outside that of TEST.
  expect(await say('/refresh uat from TEST at 2026-11-22 12:00 UTC')).toContain('21 Nov');
  expect(await lastRun()).toMatchObject({ source: 'test' });
  const { runId } = (await lastRun()) ?? {};
  expect(await say('/refresh uat from somewhere latest')).toContain('UAT is not refreshed from “somewhere”');
  expect((await lastRun())?.runId).toBe(runId);
  expect(await say('/refresh uat at 2026-11-22 12:00 UTC')).toContain('Planning the refresh of UAT');
  expect(await lastRun()).toMatchObject({ source: 'prod' });
  chat.sandbox('uat', {});
  await chat.journal.saveSurvey('uat', aSurvey());
});

test('a moment out of reach › comes back with the nearest ones, each a button that plans it', async () => {
  const card = await chat.say(jonas, '/refresh uat at 2026-11-06 12:00 UTC');
  const buttons =
    JSON.stringify(card.card).match(/"verb":"preview-plan","data":\{"runId":"R-\d+"[^}]*"point":"[^"]+"\}/g) ?? [];
  expect(buttons.map((button) => /"point":"([^"]+)"/.exec(button)?.[1])).toEqual([
    '2026-11-05T01:10:00.000Z',
    '2026-11-07T03:00:00.000Z',
  ]);
  expect(textOf(card.card)).toContain('5 Nov, 02:10');
  const answer = await chat.click(jonas, card, 'preview-plan', {});
  expect(textOf(answer)).toContain('Planning the refresh of UAT');
  expect(await lastRun()).toMatchObject({ source: 'prod', at: '2026-11-05T01:10:00.000Z' });
});
