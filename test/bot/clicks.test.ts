import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetCard, jonas, lars, mira, NOW } from './builders.ts';
import type { SentMessage } from './fakeConnector.ts';
import { openTestChat, ELSEWHERE, textOf, type TestChat } from './testChat.ts';

let chat: TestChat;

beforeEach(async () => {
  chat = await openTestChat();
});
afterEach(() => chat.close());

const inElsewhere = { conversation: { id: ELSEWHERE, tenantId: jonas.tenantId, conversationType: 'personal' } };

/** A run whose card got lost: the bot died between sending and remembering it. */
async function homelessRun(): Promise<{ readonly runId: string; readonly card: SentMessage }> {
  const card = await chat.say(jonas, '/refresh uat at 2026-11-20T17:00:00.000Z');
  const [run] = await chat.journal.runs({});
  const runId = run?.runId ?? '';
  await forgetCard(chat.journal, runId);
  return { runId, card };
}

const at = ({ conversation }: SentMessage) => ({
  conversation: { id: conversation, tenantId: jonas.tenantId, conversationType: 'channel' },
});

const places = async (runId: string) => (await chat.journal.cards(runId)).map(({ address }) => address.messageId);

test('a click › of somebody who may do nothing does not draw the card of a run to where it was made', async () => {
  const { runId } = await homelessRun();
  const here = { replyToId: 'elsewhere-1', ...inElsewhere };
  const answers = [
    await chat.invoke(lars, 'stop-run', { runId }, here),
    await chat.invoke(lars, 'keep-target', { runId }, here),
    await chat.invoke(lars, 'preview-plan', { runId, target: 'uat', point: 'latest' }, here),
    await chat.invoke(lars, 'plan-again', { runId }, here),
    // Unreadable: a number that is none.
    await chat.invoke(jonas, 'tick-item', { runId, n: 'x' }, here),
  ];
  expect(answers.map(textOf).filter((text) => !text.includes('not possible'))).toEqual([]);
  expect(await places(runId)).toEqual([]);
});

test('a click › of somebody who may brings a run without a card to its message', async () => {
  const { runId, card } = await homelessRun();
  await chat.click(jonas, card, 'keep-target');
  expect(await places(runId)).toEqual([card.id]);
});

test('a click › that came too late brings a run without a card to its message as well', async () => {
  const { runId, card } = await homelessRun();
  await chat.record(runId, { kind: 'keep' });
  await chat.invoke(jonas, 'keep-target', { runId }, { replyToId: card.id, ...inElsewhere });
  expect(await places(runId)).toEqual([card.id]);
});

test('a click that begins a run › begins one, however often it is delivered and however fast it is pressed again', async () => {
  const list = await chat.say(jonas, '/history uat');
  const press = (n: number) =>
    chat.invoke(jonas, 'refresh-target', { target: 'uat' }, { id: `p${String(n)}`, replyToId: list.id, ...at(list) });
  const answers = await Promise.all([press(1), press(1), press(2), press(3)]);
  const [run, ...others] = await chat.journal.runs({});
  expect(others).toEqual([]);
  for (const answer of answers) expect(textOf(answer)).toContain(`Run ${run?.runId ?? ''}`);
  // What was begun is over: pressing it again is meant, the same delivered late is not.
  await chat.record(run?.runId ?? '', { kind: 'keep' });
  expect(textOf(await press(2))).toContain('Cancelled');
  expect(await chat.journal.runs({})).toHaveLength(1);
  await press(4);
  expect(await chat.journal.runs({})).toHaveLength(2);

  const before = chat.connector.messages.length;
  const again = (n: number) =>
    chat.invoke(jonas, 'plan-again', { runId: run?.runId }, { id: `q${String(n)}`, replyToId: list.id, ...at(list) });
  await Promise.all([again(1), again(1), again(2)]);
  await chat.connector.until(() => chat.connector.messages.length > before, 'the new draft has its card');
  expect(await chat.journal.runs({})).toHaveLength(3);
});

test('a click that came to nothing › is carried out when it is delivered again', async () => {
  const { runId } = await homelessRun();
  const stop = chat.journal.record.bind(chat.journal);
  chat.journal.record = () => Promise.reject(new Error('the journal is away'));
  const keep = () => chat.invoke(jonas, 'keep-target', { runId }, { id: 'once-more', replyToId: 'm1' });
  expect(textOf(await keep())).toContain('did not get through');
  chat.journal.record = stop;
  await keep();
  expect((await chat.journal.run(runId))?.state).toBe('aborted');
});

test('200 clicks at once › make no 200 drafts: whoever clicks faster than anybody can is told so, and others are served', async () => {
  await chat.close();
  chat = await openTestChat({ clock: { now: () => NOW, elapsedMs: () => 0, sleep: () => new Promise(() => {}) } });
  const click = (_: unknown, n: number) =>
    chat.invoke(jonas, 'refresh-target', { target: 'uat' }, { replyToId: `m${String(n)}` });
  const answers = await Promise.all(Array.from({ length: 200 }, click));
  expect(answers.filter((answer) => textOf(answer).includes('too much at once'))).toHaveLength(140);
  expect(await chat.journal.runs({})).toHaveLength(60);
  expect(textOf(await chat.invoke(mira, 'show-status', {}))).not.toContain('too much at once');
});
