import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jonas, TENANT } from './builders.ts';
import type { SentMessage } from './fakeConnector.ts';
import { openTestChat, ELSEWHERE, verbsOf, type TestChat } from './testChat.ts';

let chat: TestChat;

beforeEach(async () => {
  chat = await openTestChat();
});
afterEach(() => chat.close());

const IN_TEAM = { channelData: { tenant: { id: TENANT }, team: { id: '19:general@thread.tacv2' } } };
const GENERAL = { ...IN_TEAM, conversation: { id: '19:general@thread.tacv2', tenantId: TENANT } };
const ANOTHER_TEAM = {
  channelData: { tenant: { id: TENANT }, team: { id: '19:another@thread.tacv2' } },
  conversation: { id: '19:another@thread.tacv2', tenantId: TENANT },
};
const PERSONAL = { conversation: { id: ELSEWHERE, tenantId: TENANT, conversationType: 'personal' } };

/** A draft whose plan cannot be shown any more, because the connector answers that Rewind is not there. */
async function givenUp(place: Record<string, unknown>): Promise<SentMessage> {
  const card = await chat.say(jonas, '/refresh uat at 2026-11-20T17:00:00.000Z', place);
  const [run] = await chat.journal.runs({});
  chat.connector.troubles.push({ status: 403 });
  await chat.plan(run?.runId ?? '');
  await vi.waitFor(async () => expect(await chat.journal.messagesGone()).toHaveLength(1), 8_000);
  expect(chat.logged.filter((line) => line.startsWith('warn chat-gone'))).toHaveLength(1);
  return card;
}

const isShown = (card: SentMessage) =>
  chat.connector.until(() => verbsOf(card.card).includes('confirm-run'), 'the plan is shown after all');

/** Teams tells the bot what has happened in a place. */
async function happens(what: Record<string, unknown>, place: Record<string, unknown>): Promise<void> {
  const { status } = await chat.post({
    id: 'event',
    channelId: 'msteams',
    serviceUrl: chat.connector.url,
    from: { id: '29:somebody' },
    recipient: { id: '28:bot', name: 'Rewind' },
    ...what,
    ...place,
  });
  expect(status).toBe(200);
}

test.for<[string, Record<string, unknown>]>([
  ['its app is installed again', { type: 'installationUpdate', action: 'add' }],
  ['it is a member again', { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] }],
])('a bot that was removed from a team › catches up in its channels as soon as %s', async ([, isAdded]) => {
  const card = await givenUp(IN_TEAM);
  await chat.restart();
  await happens(isAdded, ANOTHER_TEAM);
  await happens({ type: 'installationUpdate', action: 'remove' }, GENERAL);
  await happens({ type: 'conversationUpdate', membersAdded: [{ id: '29:somebody-else' }] }, GENERAL);
  expect(await chat.journal.messagesGone()).toHaveLength(1);
  await happens(isAdded, GENERAL);
  await isShown(card);
  expect(await chat.journal.messagesGone()).toEqual([]);
});

test('a chat that was given up › is back when somebody in it speaks to the bot', async () => {
  const card = await givenUp(PERSONAL);
  await chat.say(jonas, '/help');
  expect(await chat.journal.messagesGone()).toHaveLength(1);
  await chat.say(jonas, '/help', PERSONAL);
  await isShown(card);
});
