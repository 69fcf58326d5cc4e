import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOSTILE } from '../cards/hostile.ts';
import { aiko, aSandbox, jonas, lars, mira } from './builders.ts';
import type { SentMessage } from './fakeConnector.ts';
import { openTestChat, textOf, verbsOf, type TestChat } from './testChat.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openTestChat();
  const { policy } = aSandbox();
  chat.sandbox('uat', { urgent: [jonas.id], viewers: [lars.id], policy: { ...policy, urgentDelayMs: 900_000 } });
});
afterEach(() => chat.close());

const binding = { source: 'prod', target: 'uat', sourceIdentity: 'p', targetIdentity: 'u' };
const AT = '2026-11-20T17:00:00.000Z';

async function confirmed(reason = 'Payments fail since noon') {
  const own = await chat.say(jonas, `/refresh uat urgent at ${AT}`);
  const [run] = await chat.journal.runs({ limit: 1 });
  const runId = run?.runId ?? '';
  const bound = { ...binding, at: { application: AT, financialReporting: AT }, packsHash: 'p', policyHash: 'p' };
  await chat.plan(runId, { binding: { ...bound, urgentDelayMs: 900_000 } });
  await chat.connector.until(() => verbsOf(own.card).includes('confirm-run'), 'the plan is shown');
  const plan = textOf(own.card);
  await chat.click(jonas, own, 'confirm-run', { confirm: 'uat', reason });
  const isAsk = ({ card }: SentMessage) => textOf(card).includes('without an approval');
  const ask = () => chat.connector.messages.filter(isAsk);
  return { own, runId, plan, ask };
}

function theOne(message: SentMessage | undefined): SentMessage {
  if (!message) throw new Error('There is no such message');
  return message;
}

async function ended(runId: string) {
  chat.now = '2026-11-23T10:15:00.000Z';
  await chat.record(
    runId,
    ...([{ kind: 'go-ahead' }, { kind: 'start' }] as const),
    ...([{ kind: 'closed' }, { kind: 'swapped', previousKeptUntil: '2026-11-26T10:00:00.000Z' }] as const),
    { kind: 'complete', figures: { totalSeconds: 9 }, checklist: [] },
  );
  const outcome = () => chat.connector.messages.filter(({ card }) => verbsOf(card).includes('acknowledge-run'));
  await chat.connector.until(() => outcome().length > 0, 'the outcome asks for it');
  return outcome;
}

test('an urgent refresh › says on its plan that nobody approves, tells everybody with a role, and any of them stops it', async () => {
  for (const { id } of [mira, aiko, lars]) chat.connector.absent.add(id);
  const { own, runId, plan, ask } = await confirmed();
  expect(plan).toContain('nobody approves it: it starts 15 min after it is confirmed');
  await chat.connector.until(() => ask().length >= 4, 'the channel, and three personal chats');
  const [shared] = ask();
  expect(textOf(shared?.card)).toContain('Payments fail since noon');
  expect(verbsOf(shared?.card)).toEqual(['halt-run', 'view-plan']);
  await chat.connector.until(() => textOf(own.card).includes('starts soon'), 'the requester sees when');
  await chat.click(lars, theOne(shared), 'halt-run');
  expect(await chat.journal.run(runId)).toMatchObject({
    state: 'aborted',
    ending: { how: 'stopped', by: { id: lars.id } },
  });
  await chat.connector.until(() => textOf(own.card).includes('was stopped'), 'the requester sees by whom');
  expect(textOf(own.card)).toContain('UAT is as it was before the request.');
});

test('an urgent refresh › is stopped by typing, too, and has nobody reminded of an approval', async () => {
  const { runId } = await confirmed();
  chat.now = '2026-11-23T10:10:00.000Z';
  await chat.say(mira, '/stop uat');
  expect((await chat.journal.run(runId))?.ending).toMatchObject({ how: 'stopped', by: { id: mira.id } });
  expect((await chat.journal.records(runId)).map(({ event }) => event)).not.toContain('reminded');
});

test('an urgent refresh › asks on its outcome to be acknowledged, is brought up once more after a day, and is listed until then', async () => {
  const { runId } = await confirmed();
  const outcome = await ended(runId);
  const [first] = outcome();
  expect(textOf(first?.card)).toContain('Urgent, and not acknowledged yet.');
  expect(textOf((await chat.say(aiko, '/mine')).card)).toContain('not acknowledged yet');
  expect(textOf((await chat.say(aiko, '/status')).card)).toContain('was urgent: acknowledge it');
  expect(textOf((await chat.say(jonas, '/history uat')).card)).toContain('🚨 Completed');
  expect(textOf(await chat.click(jonas, theOne(first), 'acknowledge-run'))).toContain('not-allowed');
  const before = chat.connector.messages.length;
  chat.now = '2026-11-24T10:16:00.000Z';
  const again = () =>
    chat.connector.messages.slice(before).filter(({ card }) => verbsOf(card).includes('acknowledge-run'));
  await chat.connector.until(() => again().length > 0, 'it is brought up once more');
  const [reminder] = again();
  await chat.click(aiko, theOne(reminder), 'acknowledge-run');
  expect((await chat.journal.run(runId))?.acknowledged?.by.id).toBe(aiko.id);
  await chat.connector.until(
    () => textOf(reminder?.card).includes('Acknowledged by **Aiko Tanaka**'),
    'it says by whom',
  );
  expect(textOf((await chat.say(aiko, '/status')).card)).not.toContain('acknowledge it');
  const reminded = (await chat.journal.records(runId)).filter(({ event }) => event === 'acknowledge-reminded');
  expect(reminded).toHaveLength(1);
});

test('an urgent refresh › is not for whoever is not named for it, nor without a reason, and its reason stays text', async () => {
  const refused = textOf((await chat.say(mira, `/refresh uat urgent at ${AT}`)).card);
  expect(refused).toContain('may not ask for an urgent refresh on UAT');
  expect(await chat.journal.runs({})).toEqual([]);
  const { runId, ask } = await confirmed(' ');
  expect((await chat.journal.run(runId))?.state).toBe('draft');
  await chat.record(runId, { kind: 'keep' });
  expect(ask()).toEqual([]);
  const hostile = await confirmed(HOSTILE.slice(0, 300));
  await chat.connector.until(() => hostile.ask().length > 0, 'it is told');
  const card = JSON.stringify(hostile.ask()[0]?.card);
  expect(card).not.toContain('{{');
  expect(card).not.toMatch(/"type":"TextBlock","text":"[^"]*evil/);
});
