import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../engine/journal/testDatabase.ts';
import type { Person } from '../../../engine/contracts.ts';
import { aiko, jonas, lars, mira, TENANT } from '../builders.ts';
import { personalChatOf } from '../fakeConnector.ts';
import { GROUP, textOf } from '../world.ts';
import { CHANNEL, createReachWorld, from, inChannel, personal, type ReachWorld } from './reachWorld.ts';

let server: TestServer;
let world: ReachWorld;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  world = await createReachWorld(server);
});
afterEach(async () => {
  await world.close();
  await world.journal[Symbol.asyncDispose]();
});

const inGroup = { conversation: { id: GROUP, tenantId: TENANT, conversationType: 'groupChat' } };
const say = async (person: Person, text: string, place: object) =>
  textOf((await world.say(person, text, { ...place })).card);

test('a home › is chosen by an approver where it is to be, and requests of personal chats are brought there', async () => {
  expect(await say(mira, '/home UAT', inChannel())).toContain('This is the home of UAT from now on');
  const { runId, card } = await world.asked();
  const post = await world.untilIn(CHANNEL, 2);
  expect(post.conversation).not.toBe(`${CHANNEL};messageid=1`);
  await world.connector.until(() => textOf(card.card).includes('the home of UAT, 11:00'), 'the requester is told');
  await world.click(aiko, post, 'approve-run');
  expect((await world.journal.run(runId))?.state).toBe('queued');
  expect(world.in(personalChatOf(mira.id))).toEqual([]);
});

test('a home › that moves is recorded, and the old one is told by whom', async () => {
  await world.say(mira, '/home uat', inChannel());
  expect(await say(aiko, '/home uat', inGroup)).toContain('from now on');
  const farewell = await world.untilIn(CHANNEL, 2);
  expect(textOf(farewell.card)).toContain('This is no longer the home of UAT');
  expect(textOf(farewell.card)).toContain('Aiko Tanaka has chosen another');
  expect(await say(aiko, '/home uat', inGroup)).toContain('already');
  const homes = await world.journal.homes('uat');
  expect(homes.map(({ conversation, chosenBy }) => [conversation, chosenBy.name])).toEqual([
    [GROUP, 'Aiko Tanaka'],
    [CHANNEL, 'Mira Petrova'],
  ]);
  await world.asked();
  await world.untilIn(GROUP, 3);
  expect(world.in(CHANNEL)).toHaveLength(2);
});

test('a home › is not chosen by whoever may not, in a personal chat, against the file, or of nothing', async () => {
  expect(await say(jonas, '/home uat', inChannel())).toContain('not-allowed');
  expect(await say(lars, '/home uat', inChannel())).toContain('not-allowed');
  expect(await say(mira, '/home uat', personal(mira))).toContain('personal-home');
  expect(await say(mira, '/home', inChannel())).toContain('name-missing');
  expect(await say(mira, '/home prod', inChannel())).toContain('unknown-target');
  world.sandbox('uat', { approvals: { channel: CHANNEL } });
  expect(await say(mira, '/home uat', inGroup)).toContain('home-in-file');
  expect(await world.journal.homes('uat')).toEqual([]);
});

test('a home that was renamed › stays the home', async () => {
  await world.say(mira, '/home uat', inChannel());
  await world.happens({
    type: 'conversationUpdate',
    ...{ ...inChannel(), ...from(mira) },
    channelData: {
      tenant: { id: TENANT },
      eventType: 'channelRenamed',
      channel: { id: CHANNEL, name: '[x](https://evil.example)' },
    },
  });
  await world.asked();
  expect(textOf((await world.untilIn(CHANNEL, 2)).card)).toContain('asks to replace **UAT**');
  expect(JSON.stringify(world.connector.messages)).not.toContain('evil.example');
});

test('a home that was deleted › is asked again for the next request, should it be back', async () => {
  await world.say(mira, '/home uat', inChannel());
  world.connector.refusals.set(CHANNEL, { status: 404, code: 'ConversationNotFound' });
  await world.happens({
    type: 'conversationUpdate',
    ...{ ...inChannel(), ...from(mira) },
    channelData: { tenant: { id: TENANT }, eventType: 'channelDeleted', channel: { id: CHANNEL } },
  });
  const { runId, card } = await world.asked();
  await world.untilIn(personalChatOf(aiko.id));
  await world.connector.until(() => textOf(card.card).includes('the channel or chat no longer exists'), 'it is said');
  await world.click(jonas, card, 'keep-target');
  expect((await world.journal.run(runId))?.state).toBe('aborted');
  world.connector.refusals.clear();
  await world.asked();
  expect(textOf((await world.untilIn(CHANNEL, 2)).card)).toContain('asks to replace **UAT**');
});

test('hostile text › in the name of whoever moves a home comes to nothing in the old one', async () => {
  const evil = { ...mira, name: '[x](https://evil.example) <at>Everyone</at> {{DATE(2026-01-01T00:00:00Z)}}' };
  await world.say(mira, '/home uat', inChannel());
  await world.say(evil, '/home uat', inGroup);
  const { card } = await world.untilIn(CHANNEL, 2);
  const texts = JSON.stringify(card);
  expect(texts).not.toContain('{{');
  expect(texts).not.toMatch(/"type":"TextBlock","text":"[^"]*evil/);
  expect(JSON.stringify(card)).not.toContain('"type":"mention"');
});
