import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../engine/clock.ts';
import { readHeads } from '../../engine/journal/audit/headFile.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { startTestServer, type TestServer } from '../engine/journal/testDatabase.ts';
import type { ChecklistItem } from '../../engine/contracts.ts';
import type { Card } from '../../cards/index.ts';
import { nodesOf } from '../cards/walk.ts';
import { aiko, forgetCard, jonas, lars, LATER, mira, NOW } from './builders.ts';
import type { SentMessage } from './fakeConnector.ts';
import { openTestChat, ELSEWHERE, stateOf, textOf, verbsOf, type TestChat } from './testChat.ts';

let chat: TestChat;
let folder: string;
let auditFile: string;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

beforeEach(async () => {
  const journal = openJournal({ url: await server.newDatabase(), clock: { ...systemClock, now: () => NOW } });
  await journal.migrate();
  folder = mkdtempSync(join(tmpdir(), 'rewind-heads-'));
  auditFile = join(folder, 'heads.jsonl');
  chat = await openTestChat({ journal, auditFile });
});
afterEach(async () => {
  await chat.close();
  await chat.journal[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const at = '2026-11-20T17:00:00.000Z';

/** What stands in the fields of a card already. */
const inputsOf = (card: unknown): Record<string, unknown> =>
  Object.fromEntries(
    nodesOf(card as Card).flatMap(({ node }) => (node.type === 'Input.Text' ? [[node['id'], node['value']]] : [])),
  );

const checklist: ChecklistItem[] = [{ n: 1, title: 'Set the SMTP server', detail: '' }];

async function untilShown(message: SentMessage | undefined, verb: string): Promise<void> {
  await chat.connector.until(() => verbsOf(message?.card).includes(verb), `a card offers ${verb}`);
}

/** What is told of a run's end besides its cards. */
const isHead = ({ card }: SentMessage): boolean => textOf(card).includes('the head of its records');
const cards = (): readonly SentMessage[] => chat.connector.messages.filter((message) => !isHead(message));

/** As it is once a message of another kind has been posted and remembered. */
async function newMessage(count: number): Promise<SentMessage> {
  await chat.connector.until(() => cards().length === count, `there are ${count} messages`);
  const message = cards()[count - 1];
  if (!message) throw new Error('no message');
  return message;
}

/** A run that jonas has asked for and whose plan is on his card. */
async function planned(): Promise<{ runId: string; card: SentMessage }> {
  const card = await chat.say(jonas, `/refresh uat at ${at}`);
  const [run] = await chat.journal.runs({});
  const runId = run?.runId ?? '';
  await chat.plan(runId);
  await untilShown(card, 'confirm-run');
  return { runId, card };
}

async function awaitingApproval(): Promise<{ runId: string; card: SentMessage; approval: SentMessage }> {
  const { runId, card } = await planned();
  await chat.click(jonas, card, 'confirm-run', { confirm: 'uat', reason: 'month-end test' });
  return { runId, card, approval: await newMessage(2) };
}

async function approved(): Promise<{ runId: string; card: SentMessage; approval: SentMessage }> {
  const all = await awaitingApproval();
  await chat.click(aiko, all.approval, 'approve-run');
  return all;
}

const swapped = [
  { kind: 'start' },
  { kind: 'step-started', step: 'stop-services' },
  { kind: 'closed' },
  { kind: 'step-done', step: 'stop-services', detail: '' },
  { kind: 'step-started', step: 'swap' },
  { kind: 'swapped', previousKeptUntil: '2026-11-26T10:00:00.000Z' },
] as const;

test('a refresh › is chosen, planned, confirmed, approved by a second person, and told when it is done', async () => {
  const card = await chat.say(jonas, '<at>Rewind</at>&nbsp;/Refresh UAT', {
    entities: [{ type: 'mention', text: '<at>Rewind</at>', mentioned: { id: '28:bot', name: 'Rewind' } }],
  });
  const planning = await chat.click(jonas, card, 'preview-plan', { target: 'uat', point: at });
  expect(textOf(planning)).toContain('Planning the refresh of UAT');
  const [run] = await chat.journal.runs({});
  const runId = run?.runId ?? '';
  expect(run).toMatchObject({ target: 'uat', at, requestedBy: jonas, zone: 'Europe/Berlin', isPlanning: true });
  expect(chat.woken).toEqual([`plan ${runId}`]);

  await chat.plan(runId);
  await untilShown(card, 'confirm-run');
  await chat.click(jonas, card, 'confirm-run', { confirm: ' Uat ', reason: 'month-end test' });
  const approval = await newMessage(2);
  expect(textOf(approval.card)).toContain('<at>Mira Petrova</at>, <at>Aiko Tanaka</at>: **Jonas Weber** asks');
  expect(approval.conversation).toBe(card.conversation);

  const decided = await chat.click(aiko, approval, 'approve-run');
  expect(textOf(decided)).toContain('Approved by **Aiko Tanaka**');
  expect(chat.woken).toEqual([`plan ${runId}`, `proceed ${runId}`]);

  await chat.record(runId, ...swapped, { kind: 'complete', figures: { totalSeconds: 12 }, checklist });
  const outcome = await newMessage(3);
  await chat.click(jonas, outcome, 'tick-item');
  expect((await chat.journal.run(runId))?.checklist[0]?.doneBy).toBe('Jonas Weber');
  await chat.connector.until(() => stateOf(card) === 'Completed', 'the first card shows the end');
  expect(cards()).toHaveLength(3);

  await chat.connector.until(() => chat.connector.messages.some(isHead), 'the head of the run is told');
  const head = chat.connector.messages.find(isHead);
  const told = textOf(head?.card);
  await chat.record(runId, { kind: 'sign-off' });
  await chat.connector.until(() => chat.connector.messages.filter(isHead).length === 2, 'its next end is told as well');
  expect(textOf(head?.card)).toBe(told);
  const records = await chat.journal.records(runId);
  for (const message of chat.connector.messages.filter(isHead)) {
    const [, seq, hash] =
      /Record (\d+) is the last one so far, and its hash is ([0-9a-f]{64})/.exec(textOf(message.card)) ?? [];
    expect(records[Number(seq) - 1]?.hash).toBe(hash);
  }
  expect((await readHeads(auditFile))?.map(({ runId: of, state }) => [of, state])).toEqual([
    [runId, 'completed'],
    [runId, 'signed-off'],
  ]);
});

test('an approval › by whoever asked is refused, with the way back', async () => {
  const card = await chat.say(mira, `/refresh uat at ${at}`);
  const runId = (await chat.journal.runs({}))[0]?.runId ?? '';
  await chat.plan(runId);
  await untilShown(card, 'confirm-run');
  await chat.click(mira, card, 'confirm-run', { confirm: 'uat' });
  const approval = await newMessage(2);
  const refusal = await chat.click(mira, approval, 'approve-run');
  expect(textOf(refusal)).toContain('own-approval');
  expect(verbsOf(refusal)).toEqual(['view-run']);
  expect((await chat.journal.run(runId))?.state).toBe('awaiting-approval');
});

test('an approval › of another plan than the card showed is refused', async () => {
  const { runId, approval } = await awaitingApproval();
  const refusal = await chat.click(aiko, approval, 'approve-run', { digest: 'of another plan' });
  expect(textOf(refusal)).toContain('plan-changed');
  expect((await chat.journal.run(runId))?.state).toBe('awaiting-approval');
});

test('an approval › can be brought to an approver who is not in the conversation', async () => {
  const { runId } = await awaitingApproval();
  const conversation = { conversation: { id: ELSEWHERE, tenantId: aiko.tenantId, conversationType: 'personal' } };
  const brought = await chat.say(aiko, `status ${runId.toLowerCase()}`, conversation);
  await chat.click(aiko, brought, 'approve-run', {}, conversation);
  expect((await chat.journal.run(runId))?.state).toBe('queued');
});

test('a rejection › tells everybody who and why', async () => {
  const { card, approval } = await awaitingApproval();
  const rejected = await chat.click(aiko, approval, 'reject-run', { why: 'month end is not over' });
  expect(textOf(rejected)).toContain('month end is not over');
  expect(textOf((await newMessage(3)).card)).toContain('Aiko Tanaka');
  await chat.connector.until(() => textOf(card.card).includes('month end is not over'), 'the first card says why');
});

test('a wrong confirmation word › starts nothing, and draws the plan again with what is the matter on top and what was typed', async () => {
  const { runId, card } = await planned();
  for (const confirm of ['', 'test', 'u at', 'uаt', 'UAT!']) {
    const refusal = await chat.click(jonas, card, 'confirm-run', { confirm, reason: 'UAT round 3' });
    expect(textOf(refusal)).toContain('wrong-confirmation');
    expect(verbsOf(refusal)).toContain('confirm-run');
    expect(inputsOf(refusal)).toEqual({ confirm, reason: 'UAT round 3' });
    expect(textOf(card.card)).not.toContain('wrong-confirmation');
    const back = await chat.invoke(jonas, 'view-run', { runId }, { replyToId: card.id });
    expect(verbsOf(back)).toContain('confirm-run');
  }
  expect((await chat.journal.run(runId))?.state).toBe('draft');
});

test('a double click › has one effect and the same answer', async () => {
  const { runId, card } = await planned();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => chat.click(jonas, card, 'confirm-run', { confirm: 'uat', reason: 'once' })),
  );
  expect(new Set(answers.map((answer) => textOf(answer))).size).toBe(1);
  const events = (await chat.journal.records(runId)).map(({ event }) => event);
  expect(events.filter((event) => event === 'confirm')).toHaveLength(1);
  await newMessage(2);
});

test('two people at once › one decides, the other one reads who has', async () => {
  const { runId, approval } = await awaitingApproval();
  const [one, other] = await Promise.all([
    chat.click(aiko, approval, 'approve-run'),
    chat.click(mira, approval, 'reject-run', { why: 'no' }),
  ]);
  const run = await chat.journal.run(runId);
  const winner = run?.state === 'queued' ? 'Aiko Tanaka' : 'Mira Petrova';
  expect(textOf(one)).toContain(winner);
  expect(textOf(other)).toContain(winner);
  expect((await chat.journal.records(runId)).filter(({ event }) => ['approve', 'reject'].includes(event))).toHaveLength(
    1,
  );
});

test('a stale card › answers with the run as it is now', async () => {
  const { card, runId } = await planned();
  const stale = structuredClone(card);
  await chat.click(jonas, card, 'keep-target');
  const answer = await chat.click(jonas, stale, 'confirm-run', { confirm: 'uat' });
  expect(textOf(answer)).toContain('Jonas Weber');
  expect(verbsOf(answer)).not.toContain('confirm-run');
  expect((await chat.journal.run(runId))?.state).toBe('aborted');
});

test('a click › after the bot was restarted does what its card says', async () => {
  const { runId, card } = await planned();
  await chat.restart();
  await chat.click(jonas, card, 'confirm-run', { confirm: 'uat' });
  await newMessage(2);
  expect((await chat.journal.run(runId))?.state).toBe('awaiting-approval');
});

test('a click › in a conversation that never saw the run is refused', async () => {
  const { runId, card } = await awaitingApproval().then((all) => ({ ...all, card: all.approval }));
  const conversation = { conversation: { id: ELSEWHERE, tenantId: aiko.tenantId } };
  const refusal = await chat.click(aiko, card, 'approve-run', {}, conversation);
  expect(textOf(refusal)).toContain('wrong-conversation');
  expect((await chat.journal.run(runId))?.state).toBe('awaiting-approval');
});

test('a card › that was sent but never remembered is taken up when somebody clicks it', async () => {
  const { runId, card } = await planned();
  await forgetCard(chat.journal, runId);
  await chat.click(jonas, card, 'confirm-run', { confirm: 'uat' });
  await newMessage(2);
  expect((await chat.journal.cards(runId)).map(({ kind }) => kind)).toContain('run');
});

test('another sandbox picked on the card › begins another run on the same card', async () => {
  const card = await chat.say(mira, '/refresh');
  const [first] = await chat.journal.runs({});
  await chat.click(mira, card, 'preview-plan', { target: 'test', point: at });
  const [second] = await chat.journal.runs({});
  expect(second).toMatchObject({ target: 'test', at, isPlanning: true });
  expect((await chat.journal.run(first?.runId ?? ''))?.state).toBe('aborted');
  await chat.plan(second?.runId ?? '');
  await untilShown(card, 'confirm-run');
});

test('a moment picked on the card › that comes twice is asked back, and the answer planned', async () => {
  const card = await chat.say(jonas, '/refresh uat');
  const question = await chat.click(jonas, card, 'preview-plan-at', {
    date: '2026-10-25',
    time: '02:30',
    zone: 'Europe/Berlin',
  });
  expect(verbsOf(question).filter((verb) => verb === 'preview-plan')).toHaveLength(2);
  const [run] = await chat.journal.runs({});
  await chat.invoke(
    jonas,
    'preview-plan',
    { runId: run?.runId, target: 'uat', point: '2026-10-25T01:30:00.000Z' },
    { replyToId: card.id },
  );
  expect((await chat.journal.run(run?.runId ?? ''))?.at).toBe('2026-10-25T01:30:00.000Z');
});

test('a moment picked on the card › that cannot be had is refused on the card itself', async () => {
  const card = await chat.say(jonas, '/refresh uat');
  const gap = await chat.click(jonas, card, 'preview-plan-at', {
    date: '2026-11-06',
    time: '12:00',
    zone: 'Europe/Berlin',
  });
  expect(textOf(gap)).toContain('a log backup is missing');
  expect(verbsOf(gap)).toContain('preview-plan-at');
  const skipped = await chat.click(jonas, card, 'preview-plan-at', {
    date: '2026-03-29',
    time: '02:30',
    zone: 'Europe/Berlin',
  });
  expect(textOf(skipped)).toContain('Type 2026-03-29 03:00');
  const future = await chat.click(jonas, card, 'preview-plan', { point: '2027-01-01T00:00:00.000Z' });
  expect(textOf(future)).toContain('still to come');
  expect(chat.woken).toEqual([]);
});

test('a failed run › is rolled back by one click of one operator', async () => {
  const { runId } = await approved();
  await chat.record(runId, ...swapped, {
    kind: 'fail',
    failure: { step: 'synchronize-database', code: 'command-failed', message: 'Exit code 1', remedy: 'Read the log.' },
    targetState: 'closed',
    figures: {},
  });
  const failure = await newMessage(3);
  await chat.click(jonas, failure, 'roll-back-run');
  expect(chat.woken.at(-1)).toBe(`proceed ${runId}`);
  await chat.record(runId, { kind: 'rolled-back', figures: {} });
  await chat.connector.until(() => stateOf(failure) === 'Rolled back', 'the failure card shows the rollback');
  const again = await chat.invoke(jonas, 'roll-back-run', { runId }, { replyToId: failure.id });
  expect(textOf(again)).toContain('Rolled back');
});

test('a run that is over › can be planned again with a card of its own', async () => {
  const { runId } = await approved();
  await chat.record(runId, {
    kind: 'fail',
    failure: { step: 'restore-beside', code: 'plan-drifted', message: 'Drifted', remedy: '' },
    targetState: 'old',
    figures: {},
  });
  const failure = await newMessage(3);
  await chat.invoke(jonas, 'plan-again', { runId }, { replyToId: failure.id });
  const [next] = await chat.journal.runs({});
  expect(next?.runId).not.toBe(runId);
  expect(next).toMatchObject({ target: 'uat', at, isPlanning: true });
  const card = await newMessage(4);
  await chat.plan(next?.runId ?? '');
  await untilShown(card, 'confirm-run');
});

test('an approver who chose the moment and confirmed what somebody else had asked for › does not approve it', async () => {
  const card = await chat.say(jonas, '/refresh uat');
  const { runId } = (await chat.journal.runs({}))[0] ?? { runId: '' };
  await chat.click(mira, card, 'preview-plan', { target: 'uat', point: at });
  await chat.plan(runId);
  await untilShown(card, 'confirm-run');
  await chat.click(mira, card, 'confirm-run', { confirm: 'uat', reason: 'hers' });
  const run = await chat.journal.run(runId);
  expect(run).toMatchObject({ state: 'awaiting-approval', requestedBy: { id: mira.id } });
  const approval = await newMessage(2);
  expect(textOf(approval.card)).toContain(`**${mira.name}** asks to replace`);
  // Whoever had a hand in it is not asked.
  expect(textOf(approval.card)).not.toContain(`<at>${mira.name}</at>`);
  for (const person of [mira, jonas])
    expect(textOf(await chat.click(person, approval, 'approve-run'))).toMatch(/own-approval|not-allowed/);
  expect((await chat.journal.run(runId))?.approval).toBeUndefined();
  await chat.click(aiko, approval, 'approve-run');
  expect((await chat.journal.run(runId))?.approval?.by).toMatchObject({
    ...{ id: aiko.id, way: { kind: 'teams', conversation: expect.stringContaining('19:refreshes') } },
  });
});

test('nobody left to approve › is said before the click that would do it, and a new draft starts over', async () => {
  chat.sandbox('uat', { approvers: [mira.id] });
  const card = await chat.say(jonas, '/refresh uat at 2026-11-20 18:00');
  const { runId } = (await chat.journal.runs({}))[0] ?? { runId: '' };
  await chat.plan(runId);
  await untilShown(card, 'confirm-run');
  expect(textOf(card.card)).toContain(`Only **${mira.name}** is left to approve this`);
  const refused = await chat.click(mira, card, 'confirm-run', { confirm: 'uat', reason: 'x' });
  expect(textOf(refused)).toContain('nobody-left');
  expect((await chat.journal.run(runId))?.state).toBe('draft');
  const before = chat.connector.messages.length;
  await chat.click(jonas, card, 'refresh-target');
  expect(chat.connector.messages.length).toBeGreaterThan(before);
  const [next] = await chat.journal.runs({});
  expect(next).toMatchObject({ state: 'draft', requestedBy: { id: jonas.id } });
  expect(next?.plannedAgainFrom).toBeUndefined();
  chat.sandbox('uat', {});
});

test('a decision in a terminal › is said on the cards with the machine and the account', async () => {
  const { runId } = await planned();
  const digest = (await chat.journal.run(runId))?.plan?.digest ?? '';
  await chat.journal.record(runId, { kind: 'confirm', digest, reason: '', expiresAt: LATER }, { actor: jonas });
  const approval = await newMessage(2);
  const way = { kind: 'terminal', host: 'ops-01', account: 'mokafor' } as const;
  await chat.journal.record(runId, { kind: 'approve', digest }, { actor: { ...mira, way } });
  const said = `${mira.name} (in the terminal of ops-01, as account mokafor)`;
  await chat.connector.until(
    () => textOf(approval.card).includes(said),
    'the approval card says where it was approved',
  );
  expect(textOf(approval.card)).toContain('Approved');
});

test('a request › is rejected with a reason alone', async () => {
  const { runId } = await planned();
  const digest = (await chat.journal.run(runId))?.plan?.digest ?? '';
  await chat.journal.record(runId, { kind: 'confirm', digest, reason: '', expiresAt: LATER }, { actor: jonas });
  const approval = await newMessage(2);
  expect(textOf(await chat.click(mira, approval, 'reject-run', { why: '  ' }))).toContain('reason-missing');
  expect((await chat.journal.run(runId))?.state).toBe('awaiting-approval');
});

test('a click › is answered with a card whatever it carries', async () => {
  const odd = [
    undefined,
    null,
    7,
    'R-1042',
    [],
    { runId: 7 },
    { runId: 'R-1; drop table run' },
    { runId: 'R-9999' },
    { runId: 'R-1042', n: 'x' },
  ];
  const verbs = [
    'confirm-run',
    'approve-run',
    'tick-item',
    'preview-plan',
    'view-run',
    'no-such-verb',
    '',
    '__proto__',
  ];
  for (const verb of verbs) {
    for (const data of odd) {
      const card = await chat.invoke(jonas, verb, data);
      expect(card).toMatchObject({ type: 'AdaptiveCard' });
      expect(textOf(card)).toMatch(/unreadable-click|run-not-found/);
    }
  }
  expect(chat.logged.filter((line) => line.startsWith('error'))).toEqual([]);
});

test('a click › finds a journal that is away: a card says so, and nothing is lost', async () => {
  const { card } = await planned();
  const { run } = chat.journal;
  chat.journal.run = () => Promise.reject(new Error('password=canary'));
  const answer = await chat.click(jonas, card, 'confirm-run', { confirm: 'uat' });
  chat.journal.run = run;
  expect(textOf(answer)).toContain('unexpected');
  expect(textOf(answer)).not.toContain('canary');
  await chat.click(jonas, card, 'confirm-run', { confirm: 'uat' });
  await newMessage(2);
});

test('a click › that takes too long is answered before its work is done', async () => {
  const { card } = await planned();
  const { run } = chat.journal;
  const away = Promise.withResolvers<void>();
  chat.journal.run = (id) => away.promise.then(() => run(id));
  const answer = await chat.click(jonas, card, 'confirm-run', { confirm: 'uat' });
  expect(textOf(answer)).toContain('takes longer than usual');
  away.resolve();
  chat.journal.run = run;
  await newMessage(2);
});

test('an activity › without an Entra object id is refused, typed or clicked', async () => {
  const from = { id: '29:guest', name: 'Jonas Weber' };
  const answer = await chat.say(jonas, '/refresh uat', { from });
  expect(textOf(answer.card)).toContain('cannot be told apart');
  const card = await chat.invoke(jonas, 'show-status', {}, { from });
  expect(textOf(card)).toContain('cannot be told apart');
  expect(await chat.journal.runs({})).toEqual([]);
});

test('an activity › that nobody signed is turned away and noted', async () => {
  const body = JSON.stringify({ type: 'message', text: '/refresh uat' });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${chat.bot.url}/api/messages`, { method: 'POST', headers, body });
  expect(response.status).toBe(401);
  expect(chat.logged.filter((line) => line.startsWith('warn request refused'))).toHaveLength(1);
});

test('the people of an installation › may press exactly the buttons of their roles', async () => {
  const people = { jonas, mira, aiko, lars };
  const verbs = [
    'change-moment',
    'keep-target',
    'approve-run',
    'reject-run',
    'stop-run',
    'switch-now',
    'retry-run',
    'roll-back-run',
    'accept-run',
    'sign-off-run',
    'tick-item',
    'view-run',
    'view-plan',
    'plan-again',
    'confirm-run',
    'preview-plan',
  ];
  const refused: Record<string, string[]> = {};
  for (const [name, person] of Object.entries(people)) {
    const { runId, card } = await planned();
    refused[name] = [];
    for (const verb of verbs) {
      const data = { runId, digest: 'x', n: 1, confirm: 'uat', why: 'x', point: at };
      const answer = await chat.invoke(person, verb, data, { replyToId: card.id });
      if (textOf(answer).includes('not-allowed')) refused[name].push(verb);
    }
    // Whatever was pressed before, the next person begins with a fresh run.
    await forgetCard(chat.journal, runId);
    chat.connector.messages.length = 0;
  }
  const requesterOnly = ['keep-target', 'plan-again', 'confirm-run', 'preview-plan'];
  expect(refused).toEqual({
    jonas: ['approve-run', 'reject-run'],
    mira: [],
    aiko: ['change-moment', ...requesterOnly],
    lars: verbs,
  });
});
