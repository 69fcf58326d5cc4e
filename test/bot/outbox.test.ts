import { afterEach, beforeEach, expect, test } from 'vitest';
import { jonas, lars, mira } from './builders.ts';
import type { SentMessage } from './fakeConnector.ts';
import { openTestChat, fastClock, GROUP, textOf, verbsOf, type TestChat } from './testChat.ts';
import { createMemoryJournal } from './doubles/memoryJournal.ts';

let chat: TestChat;

beforeEach(async () => {
  chat = await openTestChat();
});
afterEach(() => chat.close());

const at = '2026-11-20T17:00:00.000Z';
const IN_GROUP = { conversation: { id: GROUP, tenantId: jonas.tenantId, conversationType: 'groupChat' } };
const messages = () => chat.connector.messages;
const lastRunId = async () => (await chat.journal.runs({}))[0]?.runId ?? '';

async function nth(count: number): Promise<SentMessage> {
  await chat.connector.until(() => messages().length >= count, `there are ${count} messages`);
  const message = messages()[count - 1];
  if (!message) throw new Error('no message');
  return message;
}

/** A run on its way, with the card that moves along with it. */
async function underWay(): Promise<{ readonly runId: string; readonly card: SentMessage }> {
  const card = await chat.say(jonas, `/refresh uat ${at}`, IN_GROUP);
  const runId = await lastRunId();
  await chat.plan(runId);
  await chat.connector.until(() => verbsOf(card.card).includes('confirm-run'), 'the plan is shown');
  await chat.click(jonas, card, 'confirm-run', { confirm: 'uat', reason: '' });
  const approval = await nth(2);
  await chat.click(mira, approval, 'approve-run');
  await chat.record(runId, { kind: 'start' }, { kind: 'step-started', step: 'restore-beside' });
  await chat.connector.until(() => textOf(card.card).includes('Step 2'), 'the card moves');
  return { runId, card };
}

test('an answer › that the chat is too busy for is delayed as long as it asks, and nothing is lost', async () => {
  chat.connector.troubles.push({ status: 429, retryAfter: 30 });
  const asked = performance.now();
  await chat.tell(jonas, '/refresh uat latest', IN_GROUP);
  expect(messages()).toHaveLength(0);
  await chat.tell(jonas, '/status', IN_GROUP);
  await chat.tell(jonas, '/help', IN_GROUP);
  await nth(3);
  // The chat's clock runs a hundred times as fast.
  expect(performance.now() - asked).toBeGreaterThan(300);
  expect(messages().map(({ card }) => textOf(card).split(' | ')[1])).toEqual([
    'Planning the refresh of UAT…',
    'Sandboxes',
    'Rewind: what you can type',
  ]);
  expect((await chat.journal.run(await lastRunId()))?.isPlanning).toBe(true);
});

test('an answer › that waits when the bot ends is sent by the next one, without what was typed', async () => {
  chat.connector.troubles.push({ status: 429, retryAfter: 300 });
  await chat.tell(jonas, '/refresh uat latest', IN_GROUP);
  await chat.tell(jonas, 'my password is hunter2', IN_GROUP);
  expect(messages()).toHaveLength(0);
  const kept = JSON.stringify(await chat.journal.messagesDue(10));
  expect(kept).not.toContain('hunter2');
  await chat.restart();
  expect(textOf((await nth(2)).card)).toContain('what you can type');
  expect(textOf(messages()[0]?.card)).toContain('Planning the refresh');
  expect(await chat.journal.cards(await lastRunId())).toMatchObject([{ kind: 'run', posts: 1 }]);
});

test('a message › that a bot may have sent before it died is sent again; the first one says so when it is clicked', async () => {
  const card = await chat.say(jonas, `/refresh uat ${at}`, IN_GROUP);
  const runId = await lastRunId();
  const [row] = await chat.journal.cards(runId);
  const place = { conversation: row?.conversation ?? '', address: { ...row?.address, messageId: undefined } };
  await chat.journal.forgetMessage(row?.id ?? '');
  // It had begun to send, and the journal never learnt of the end.
  await chat.journal.addMessage({ ...place, runId, kind: 'run', isTried: true, shownSeq: 1 });
  await chat.restart();
  const again = await nth(2);
  expect(chat.logged.filter((line) => line.startsWith('warn message-perhaps-twice'))).toHaveLength(1);
  await chat.plan(runId);
  await chat.connector.until(() => verbsOf(again.card).includes('confirm-run'), 'the second one follows its run');
  await chat.click(jonas, card, 'keep-target');
  await chat.connector.until(() => textOf(card.card).includes('a newer message took'), 'the first one is replaced');
  await chat.connector.until(() => textOf(again.card).includes('Jonas Weber'), 'the second one says who kept it');
  expect(verbsOf(card.card)).toEqual(['view-run']);
});

test('a message › that the chat took after it was given up is the message, or is taken back', async () => {
  chat.connector.troubles.push({ after: 3_000 });
  await chat.tell(jonas, `/refresh uat ${at}`, IN_GROUP);
  const runId = await lastRunId();
  await chat.connector.until(
    () => chat.connector.requests.some(({ method }) => method === 'DELETE'),
    'one is taken back',
  );
  const [row] = await chat.journal.cards(runId);
  expect(chat.connector.lying().map(({ id }) => id)).toEqual([row?.address.messageId]);
});

test('a click › that takes longer than four seconds gets its card', async () => {
  await chat.close();
  const tooLate = Promise.withResolvers<void>();
  const journal = createMemoryJournal(() => chat.now);
  const gate: { shut?: Promise<void> } = {};
  const usual = fastClock(() => chat.now);
  chat = await openTestChat({
    journal: { ...journal, run: async (runId) => (await gate.shut, journal.run(runId)) },
    clock: { ...usual, sleep: (ms, signal) => (ms === 4_000 ? tooLate.promise : usual.sleep(ms, signal)) },
  });
  const { card } = await underWay();
  const { promise, resolve } = Promise.withResolvers<void>();
  gate.shut = promise;
  tooLate.resolve();
  const before = { messages: messages().length, versions: card.versions.length };
  for (const verb of ['stop-run', 'view-plan'])
    expect(textOf(await chat.invoke(jonas, verb, { runId: await idOf(card) }, onCard(card)))).toContain(
      'longer than usual',
    );
  resolve();
  await chat.connector.until(() => textOf(card.card).includes('Stop requested by'), 'the card says who stops it');
  expect(textOf((await nth(before.messages + 1)).card)).toContain('What is replaced');
  expect(card.versions.length).toBeGreaterThan(before.versions);
});

const onCard = (card: SentMessage) => ({ replyToId: card.id, ...IN_GROUP });
const idOf = async (card: SentMessage) => /R-\d+/.exec(textOf(card.card))?.[0] ?? '';

test('a question › on a card that moves is not closed by progress, and is when it is answered or becomes untrue', async () => {
  const { runId, card } = await underWay();
  const shown = () => chat.connector.messages.find(({ id }) => id === card.id)?.versions.length ?? 0;
  const question = await chat.click(jonas, card, 'ask-stop');
  expect(verbsOf(question)).toEqual(['stop-run', 'view-run']);
  const before = shown();
  await chat.record(
    runId,
    { kind: 'step-done', step: 'restore-beside', detail: '' },
    { kind: 'step-started', step: 'inspect-copy' },
  );
  chat.progress({ runId, step: 'inspect-copy', percent: 40, detail: '' });
  await chat.say(jonas, '/help');
  expect(shown()).toBe(before);
  await chat.invoke(jonas, 'view-run', { runId }, onCard(card));
  await chat.connector.until(() => shown() > before, 'progress goes on');
  await chat.click(jonas, card, 'ask-stop');
  const again = shown();
  await chat.record(
    runId,
    { kind: 'step-done', step: 'inspect-copy', detail: '' },
    { kind: 'step-started', step: 'stop-services' },
  );
  await chat.connector.until(() => shown() > again, 'there is nothing to stop any more');
  expect(verbsOf(card.card)).not.toContain('ask-stop');
});

test('a refused click › leaves the card that was there', async () => {
  const { runId, card } = await underWay();
  const before = card.versions.length;
  expect(textOf(await chat.click(lars, card, 'ask-stop'))).toContain('not-allowed');
  expect(textOf(await chat.invoke(lars, 'stop-run', { runId }, onCard(card)))).toContain('not-allowed');
  await chat.say(jonas, '/help');
  expect(card.versions).toHaveLength(before);
});

test('a card › asked for again is the newest of its conversation; the former one says so, others elsewhere go on', async () => {
  const { runId, card } = await underWay();
  const elsewhere = await chat.say(mira, `/status ${runId}`);
  const again = await chat.say(jonas, `/status ${runId}`, IN_GROUP);
  await chat.connector.until(() => textOf(card.card).includes('a newer message took'), 'the former one is replaced');
  await chat.record(
    runId,
    { kind: 'step-done', step: 'restore-beside', detail: '' },
    { kind: 'step-started', step: 'inspect-copy' },
  );
  for (const one of [elsewhere, again])
    await chat.connector.until(() => textOf(one.card).includes('Step 3'), 'both follow the run');
  expect(verbsOf(await chat.click(jonas, elsewhere, 'ask-stop'))).toContain('stop-run');
});

test('a slow turn › types nothing', async () => {
  await chat.close();
  const journal = createMemoryJournal(() => chat.now);
  const slowly = async () => new Promise<void>((resolve) => setTimeout(resolve, 1_300));
  chat = await openTestChat({
    journal: { ...journal, survey: async (target) => (await slowly(), journal.survey(target)) },
  });
  await chat.say(jonas, '/refresh uat', IN_GROUP);
  expect(chat.connector.strange).toEqual([]);
});
