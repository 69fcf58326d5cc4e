import { afterEach, beforeEach, expect, test } from 'vitest';
import { aSandbox, aiko, jonas, mira } from '../builders.ts';
import { dataOf, openTestChat, textOf, verbsOf, type TestChat } from '../testChat.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openTestChat();
  chat.sandbox('uat', { policy: { ...aSandbox().policy, rollbackOnFailure: 'automatic' } });
});
afterEach(() => chat.close());

const WEEKLY = '/schedule uat every Sunday 22:00 as of Saturday 23:00 because weekly data';
const FIRST = '2026-11-29T21:00:00.000Z';
const scheduled = async () => (await chat.journal.runs({})).map((run) => [run.scheduled?.at, run.state]);

test('Skip next › that comes again skips nothing further, also where another process answers it', async () => {
  const made = await chat.say(jonas, WEEKLY);
  const again = { id: 'the same activity' };
  const answers = [
    await chat.click(aiko, made, 'skip-occurrence', {}, again),
    await chat.click(aiko, made, 'skip-occurrence', {}, again),
  ];
  await chat.restart();
  answers.push(await chat.click(aiko, made, 'skip-occurrence', {}, again));
  for (const card of answers) {
    expect(textOf(card)).toContain('Sun, 6 Dec 2026, 22:00');
    expect(dataOf(card, 'skip-occurrence')).toMatchObject({ at: '2026-12-06T21:00:00.000Z' });
  }
  expect(await scheduled()).toEqual([[FIRST, 'aborted']]);
});

test('Skip next › of an occurrence that is over is refused, and the one behind it stays', async () => {
  const made = await chat.say(jonas, WEEKLY);
  chat.now = '2026-11-29T22:00:00.000Z';
  const isOver = async () => (await chat.journal.runs({}))[0]?.state === 'aborted';
  for (let n = 0; n < 500 && !(await isOver()); n += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  const [run] = await chat.journal.runs({});
  expect(run?.ending).toMatchObject({ how: 'skipped', why: 'missed' });
  const data = { ...dataOf(made.card, 'skip-occurrence'), at: '2026-11-22T21:00:00.000Z' };
  expect(textOf(await chat.invoke(aiko, 'skip-occurrence', data))).toContain('occurrence-over');
  expect(await scheduled()).toHaveLength(1);
});

test('Skip next › is about the next occurrence, whatever somebody retries of an earlier one', async () => {
  const made = await chat.say(jonas, WEEKLY);
  const { runId } = await chat.journal.draft({
    ...{ target: 'uat', source: 'prod', requestedBy: jonas, zone: 'UTC', reason: 'weekly', expiresAt: FIRST },
    scheduled: { schedule: 1, at: '2026-11-23T21:00:00.000Z', moment: { kind: 'latest' }, tooLate: 'keep' },
  });
  const bySchedule = { actor: { ...jonas, way: { kind: 'schedule', schedule: 1 } } } as const;
  const moment = { at: '2026-11-23T20:00:00.000Z', expiresAt: FIRST };
  await chat.journal.record(runId, { kind: 'choose-moment', ...moment }, bySchedule);
  const { plan } = await chat.plan(runId);
  const digest = plan?.digest ?? '';
  await chat.journal.record(runId, { kind: 'confirm', digest, reason: 'x', expiresAt: FIRST }, bySchedule);
  await chat.journal.record(runId, { kind: 'approve', digest }, { actor: mira });
  chat.now = '2026-11-23T21:00:00.000Z';
  const failure = { step: 'swap', code: 'x', message: 'x', remedy: 'x' } as const;
  const kept = { targetState: 'old', copyKeptUntil: '2026-12-23T21:00:00.000Z', figures: {} } as const;
  await chat.record(runId, { kind: 'start' }, { kind: 'fail', failure, ...kept });
  await chat.journal.record(runId, { kind: 'retry' }, { actor: mira });
  const card = await chat.click(aiko, made, 'skip-occurrence');
  expect(textOf(card)).toContain('Sun, 6 Dec 2026, 22:00');
  expect(await scheduled()).toEqual([
    [FIRST, 'aborted'],
    ['2026-11-23T21:00:00.000Z', 'queued'],
  ]);
});

test('Run now › pressed twice begins one run', async () => {
  const made = await chat.say(jonas, WEEKLY);
  await chat.click(mira, made, 'run-schedule');
  await chat.click(mira, made, 'run-schedule');
  expect(await chat.journal.runs({})).toHaveLength(1);
  const cards = () => chat.connector.messages.filter(({ card }) => textOf(card).includes('R-1042'));
  expect(cards()).toHaveLength(1);
});

test('Run now › pressed again begins no other run in a bot that knows nothing of the first press', async () => {
  const made = await chat.say(jonas, WEEKLY);
  await chat.click(mira, made, 'run-schedule');
  await chat.restart();
  await chat.click(mira, made, 'run-schedule');
  const [run, ...others] = await chat.journal.runs({});
  expect([run?.state, others]).toEqual(['draft', []]);
  const cards = () => chat.connector.messages.filter(({ card }) => textOf(card).includes('R-1042'));
  expect(cards()).toHaveLength(1);
  await chat.journal.record(run?.runId ?? '', { kind: 'keep' }, { actor: mira });
  await chat.click(mira, made, 'run-schedule');
  expect(await chat.journal.runs({})).toHaveLength(2);
});

test('Approve in advance › is refused before anything is approved where no coming plan could be compared', async () => {
  await chat.say(jonas, WEEKLY);
  chat.now = '2026-11-26T08:00:00.000Z';
  const isPlanning = async () => (await chat.journal.runs({}))[0]?.isPlanning === true;
  for (let n = 0; n < 500 && !(await isPlanning()); n += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  await chat.plan('R-1042');
  const find = () => chat.connector.messages.find(({ card }) => verbsOf(card).includes('approve-run'));
  await chat.connector.until(() => find() !== undefined, 'approval is asked');
  const [run] = await chat.journal.runs({});
  const data = { runId: 'R-1042', digest: run?.plan?.digest };
  const card = find();
  const place = { replyToId: card?.id, conversation: { id: card?.conversation } };
  expect(textOf(await chat.invoke(mira, 'approve-in-advance', data, place))).toContain('standing-impossible');
  expect((await chat.journal.runs({}))[0]?.state).toBe('awaiting-approval');
});

test('a schedule › whose sandbox is frozen or kept until shortly before says that its plan comes after that', async () => {
  await chat.say(jonas, WEEKLY);
  await chat.say(mira, '/reserve uat until Friday, UAT round 3');
  const says = async () => textOf((await chat.say(jonas, '/schedule uat')).card);
  expect(await says()).toContain('plan and approval from Sat, 28 Nov 2026, 09:00');
  await chat.say(mira, '/freeze uat until 28 Nov 12:00, month-end');
  expect(await says()).toContain('plan and approval from Sat, 28 Nov 2026, 12:00');
});
