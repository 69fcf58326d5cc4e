import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openJournal } from '../../../engine/journal/sql/sqlJournal.ts';
import { type TestServer, startTestServer } from '../../engine/journal/testDatabase.ts';
import { startFreezingProxy } from '../../proxies/freezingProxy.ts';
import { jonas } from '../builders.ts';
import { openTestChat, textOf, verbsOf, type TestChat } from '../testChat.ts';

const at = '2026-11-20T17:00:00.000Z';
const CHAT_MS = 300;
const JOURNAL_BOUNDS = { connectMs: 600, statementMs: 300, answerMs: 500 };

let server: TestServer;
let chat: TestChat;
beforeAll(async () => void (server = await startTestServer()));
afterEach(() => chat.close());
afterAll(() => server[Symbol.asyncDispose]());

const lastRunId = async () => (await chat.journal.runs({}))[0]?.runId ?? '';
const untilLogged = (what: string) => vi.waitFor(() => expect(chat.logged.join('\n')).toContain(what), 5_000);

test('a chat that freezes › holds up neither an answer to a click nor the end of the bot, and its cards tell the truth once it is back', async () => {
  chat = await openTestChat({ chatTimeoutMs: CHAT_MS });
  await using proxy = await startFreezingProxy(chat.connector.url);
  chat.chatUrl = proxy.url;
  const card = await chat.say(jonas, `/refresh uat at ${at}`);
  const runId = await lastRunId();
  proxy.freeze();
  await chat.plan(runId);
  await untilLogged(`no answer within ${String(CHAT_MS)} ms`);
  expect(textOf(await chat.click(jonas, card, 'keep-target', { runId }))).toContain('was cancelled');
  const endsAt = performance.now() + 5_000;
  await chat.restart();
  expect(performance.now()).toBeLessThan(endsAt);
  proxy.thaw();
  await chat.connector.until(() => textOf(card.card).includes('was cancelled'), 'the card says what became of the run');
  expect(verbsOf(card.card)).not.toContain('confirm-run');
});

test('a journal that freezes under the notifier › is asked again, and what was recorded elsewhere meanwhile is shown', async () => {
  const url = await server.newDatabase();
  await using proxy = await startFreezingProxy(url);
  await using other = openJournal({ url });
  await using journal = openJournal({ url: proxy.url, bounds: JOURNAL_BOUNDS });
  await journal.migrate();
  chat = await openTestChat({ journal });
  const card = await chat.say(jonas, `/refresh uat at ${at}`);
  const runId = await lastRunId();
  proxy.freeze();
  await untilLogged('cards-not-looked-at');
  await other.record(runId, { kind: 'keep' }, { actor: jonas });
  proxy.thaw();
  await chat.connector.until(() => textOf(card.card).includes('was cancelled'), 'the card follows the journal');
  expect(verbsOf(card.card)).not.toContain('keep-target');
});
