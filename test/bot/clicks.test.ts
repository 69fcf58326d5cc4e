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

test('200 clicks at once › make no 200 drafts: whoever clicks faster than anybody can is told so, and others are served', async () => {
  await chat.close();
  chat = await openTestChat({ clock: { now: () => NOW, elapsedMs: () => 0, sleep: () => new Promise(() => {}) } });
  const click = () => chat.invoke(jonas, 'refresh-target', { target: 'uat' }, { replyToId: 'm1' });
  const answers = await Promise.all(Array.from({ length: 200 }, click));
  expect(answers.filter((answer) => textOf(answer).includes('too much at once'))).toHaveLength(140);
  expect(await chat.journal.runs({})).toHaveLength(60);
  expect(textOf(await chat.invoke(mira, 'show-status', {}))).not.toContain('too much at once');
});
