import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jonas, TENANT } from './builders.ts';
import type { SentMessage } from './fakeConnector.ts';
import { createWorld, ELSEWHERE, verbsOf, type World } from './world.ts';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const IN_TEAM = { channelData: { tenant: { id: TENANT }, team: { id: '19:general@thread.tacv2' } } };
const GENERAL = { ...IN_TEAM, conversation: { id: '19:general@thread.tacv2', tenantId: TENANT } };
const ANOTHER_TEAM = {
  channelData: { tenant: { id: TENANT }, team: { id: '19:another@thread.tacv2' } },
  conversation: { id: '19:another@thread.tacv2', tenantId: TENANT },
};
const PERSONAL = { conversation: { id: ELSEWHERE, tenantId: TENANT, conversationType: 'personal' } };

/** A draft whose plan cannot be shown any more, because the connector answers that Rewind is not there. */
async function givenUp(place: Record<string, unknown>): Promise<SentMessage> {
  const card = await world.say(jonas, '/refresh uat at 2026-11-20T17:00:00.000Z', place);
  const [run] = await world.journal.runs({});
  world.connector.troubles.push({ status: 403 });
  await world.plan(run?.runId ?? '');
  await vi.waitFor(async () => expect(await world.journal.messagesGone()).toHaveLength(1), 8_000);
  expect(world.logged.filter((line) => line.startsWith('warn chat-gone'))).toHaveLength(1);
  return card;
}

const isShown = (card: SentMessage) =>
  world.connector.until(() => verbsOf(card.card).includes('confirm-run'), 'the plan is shown after all');

/** Teams tells the bot what has happened in a place. */
async function happens(what: Record<string, unknown>, place: Record<string, unknown>): Promise<void> {
  const { status } = await world.post({
    id: 'event',
    channelId: 'msteams',
    serviceUrl: world.connector.url,
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
  await world.restart();
  await happens(isAdded, ANOTHER_TEAM);
  await happens({ type: 'installationUpdate', action: 'remove' }, GENERAL);
  await happens({ type: 'conversationUpdate', membersAdded: [{ id: '29:somebody-else' }] }, GENERAL);
  expect(await world.journal.messagesGone()).toHaveLength(1);
  await happens(isAdded, GENERAL);
  await isShown(card);
  expect(await world.journal.messagesGone()).toEqual([]);
});

test('a chat that was given up › is back when somebody in it speaks to the bot', async () => {
  const card = await givenUp(PERSONAL);
  await world.say(jonas, '/help');
  expect(await world.journal.messagesGone()).toHaveLength(1);
  await world.say(jonas, '/help', PERSONAL);
  await isShown(card);
});
