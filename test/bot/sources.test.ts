import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aSurvey, jonas, mira } from './builders.ts';
import { openTestChat, textOf, verbsOf, type TestChat } from './testChat.ts';

let chat: TestChat;
beforeAll(async () => {
  chat = await openTestChat();
});
afterAll(() => chat.close());
beforeEach(async () => {
  chat.sandbox('uat', { sources: ['prod', 'test'] });
  const narrow = { from: '2026-11-20T17:00:00.000Z', to: '2026-11-21T17:00:00.000Z' };
  await chat.journal.saveSurvey('uat', aSurvey({ others: [aSurvey({ source: 'test', windows: [narrow], gaps: [] })] }));
});

const within = '2026-11-21T12:00:00.000Z';
const outside = '2026-11-22T12:00:00.000Z';
const lastRun = async () => (await chat.journal.runs({ limit: 1 }))[0];
const inputOf = (card: unknown, id: string) =>
  [...JSON.stringify(card).matchAll(/\{"type":"Input\.ChoiceSet","id":"(\w+)".*?\]\}/g)].find(
    (one) => one[1] === id,
  )?.[0];

test('a sandbox with several sources › offers them on the card, and the one that was chosen is restored', async () => {
  const sent = await chat.say(jonas, '/refresh uat');
  const offered = inputOf(sent.card, 'source');
  expect(offered).toContain('"value":"prod"');
  for (const title of ['PROD · production', 'TEST · a sandbox, from its own backups']) expect(offered).toContain(title);
  const drafted = (await lastRun())?.runId;
  const answer = await chat.click(jonas, sent, 'preview-plan', { target: 'uat', source: 'test', point: within });
  expect(textOf(answer)).toContain('Planning the refresh of UAT');
  const run = await lastRun();
  expect(run).toMatchObject({ target: 'uat', source: 'test', at: within, requestedBy: { id: jonas.id } });
  // A run never changes its source: whoever shaped the first draft has shaped this one.
  expect(run).toMatchObject({ plannedAgainFrom: drafted });
  expect((await chat.journal.run(drafted ?? ''))?.state).toBe('aborted');
  await chat.plan(run?.runId ?? '');
  await chat.connector.until(() => verbsOf(sent.card).includes('confirm-run'), 'the same message shows the plan');
});

test('another source without a moment › shows that one’s moments, and makes no run', async () => {
  const sent = await chat.say(jonas, '/refresh uat');
  const drafted = await lastRun();
  const answer = await chat.click(jonas, sent, 'preview-plan', { target: 'uat', source: 'test' });
  expect(textOf(answer)).toContain('Recovery window of TEST');
  expect(inputOf(answer, 'source')).toContain('"value":"test"');
  expect((await lastRun())?.runId).toBe(drafted?.runId);
  const refused = await chat.click(jonas, sent, 'preview-plan', { target: 'uat', source: 'test', point: outside });
  expect(textOf(refused)).toContain('lies after the last moment');
  expect((await lastRun())?.runId).toBe(drafted?.runId);
});

test('a choice of source › that was left as it was counts for no other sandbox; one that the file does not list is refused', async () => {
  const sent = await chat.say(mira, '/refresh uat from test');
  const away = await chat.click(mira, sent, 'preview-plan', { target: 'test', source: 'test', point: within });
  expect(textOf(away)).toContain('Planning the refresh of TEST');
  expect(await lastRun()).toMatchObject({ target: 'test', source: 'prod' });
  const other = await chat.say(mira, '/refresh uat');
  const before = await lastRun();
  const refused = await chat.click(mira, other, 'preview-plan', { target: 'uat', source: 'sit', point: within });
  expect(textOf(refused)).toContain('UAT is not refreshed from “sit”');
  expect((await lastRun())?.runId).toBe(before?.runId);
});

test('a sandbox with one source › is asked for no other', async () => {
  chat.sandbox('uat', {});
  expect(inputOf((await chat.say(jonas, '/refresh uat')).card, 'source')).toBeUndefined();
});
