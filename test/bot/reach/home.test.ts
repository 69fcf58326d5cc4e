import { expect, test } from 'vitest';
import type { Person } from '../../../engine/contracts.ts';
import { aiko, jonas, lars, mira, TENANT } from '../builders.ts';
import { HOSTILE } from '../../cards/hostile.ts';
import { personalChatOf } from '../fakeConnector.ts';
import { GROUP, textOf } from '../testChat.ts';
import { CHANNEL, withReachChat, from, inChannel, personal, type ReachChat } from './reachChat.ts';

let chat: ReachChat;
withReachChat((opened) => (chat = opened));

const inGroup = { conversation: { id: GROUP, tenantId: TENANT, conversationType: 'groupChat' } };
const say = async (person: Person, text: string, place: object) =>
  textOf((await chat.say(person, text, { ...place })).card);

test('a home › is chosen by an approver where it is to be, and requests of personal chats are brought there', async () => {
  expect(await say(mira, '/home UAT', inChannel())).toContain('This is the home of UAT from now on');
  const { runId, card } = await chat.asked();
  const post = await chat.untilIn(CHANNEL, 2);
  expect(post.conversation).not.toBe(`${CHANNEL};messageid=1`);
  await chat.connector.until(() => textOf(card.card).includes('the home of UAT, 11:00'), 'the requester is told');
  await chat.click(aiko, post, 'approve-run');
  expect((await chat.journal.run(runId))?.state).toBe('queued');
  expect(chat.in(personalChatOf(mira.id))).toEqual([]);
});

test('a home › that moves is recorded, and the old one is told by whom', async () => {
  await chat.say(mira, '/home uat', inChannel());
  expect(await say(aiko, '/home uat', inGroup)).toContain('from now on');
  const farewell = await chat.untilIn(CHANNEL, 2);
  expect(textOf(farewell.card)).toContain('This is no longer the home of UAT');
  expect(textOf(farewell.card)).toContain('Aiko Tanaka has chosen another');
  expect(await say(aiko, '/home uat', inGroup)).toContain('already');
  const homes = await chat.journal.homes('uat');
  expect(homes.map(({ conversation, chosenBy }) => [conversation, chosenBy.name])).toEqual([
    [GROUP, 'Aiko Tanaka'],
    [CHANNEL, 'Mira Petrova'],
  ]);
  await chat.asked();
  await chat.untilIn(GROUP, 3);
  expect(chat.in(CHANNEL)).toHaveLength(2);
});

test('a home › is moved by an administrator, too, and by no other role; the old one is told', async () => {
  chat.sandbox('uat', { operators: [lars.id], viewers: [lars.id], urgent: [jonas.id] });
  await chat.say(mira, '/home uat', inChannel());
  expect(await say(lars, '/home uat', inGroup)).toContain('not-allowed');
  expect(await say(jonas, '/home uat', inGroup)).toContain('not-allowed');
  expect(chat.in(CHANNEL)).toHaveLength(1);
  chat.sandbox('uat', { administrators: [lars.id] });
  expect(await say(lars, '/home uat', inGroup)).toContain('from now on');
  const told = textOf((await chat.untilIn(CHANNEL, 2)).card);
  expect(told).toContain('Lars Nyström has chosen another');
  expect(told).toContain('Whoever may approve for UAT, or administers it, can type /home uat here');
});

test('a home › is not chosen by whoever may not, in a personal chat, against the file, or of nothing', async () => {
  expect(await say(jonas, '/home uat', inChannel())).toContain('not-allowed');
  expect(await say(lars, '/home uat', inChannel())).toContain('not-allowed');
  expect(await say(mira, '/home uat', personal(mira))).toContain('personal-home');
  expect(await say(mira, '/home', inChannel())).toContain('name-missing');
  expect(await say(mira, '/home nowhere', inChannel())).toContain('unknown-target');
  chat.sandbox('uat', { approvals: { channel: CHANNEL } });
  expect(await say(mira, '/home uat', inGroup)).toContain('home-in-file');
  expect(await chat.journal.homes('uat')).toEqual([]);
});

test('a home that was renamed › stays the home', async () => {
  await chat.say(mira, '/home uat', inChannel());
  await chat.happens({
    type: 'conversationUpdate',
    ...{ ...inChannel(), ...from(mira) },
    channelData: {
      tenant: { id: TENANT },
      eventType: 'channelRenamed',
      channel: { id: CHANNEL, name: '[x](https://evil.example)' },
    },
  });
  await chat.asked();
  expect(textOf((await chat.untilIn(CHANNEL, 2)).card)).toContain('asks to replace **UAT**');
  expect(JSON.stringify(chat.connector.messages)).not.toContain('evil.example');
});

test('a home that was deleted › is asked again for the next request, should it be back', async () => {
  await chat.say(mira, '/home uat', inChannel());
  chat.connector.refusals.set(CHANNEL, { status: 404, code: 'ConversationNotFound' });
  await chat.happens({
    type: 'conversationUpdate',
    ...{ ...inChannel(), ...from(mira) },
    channelData: { tenant: { id: TENANT }, eventType: 'channelDeleted', channel: { id: CHANNEL } },
  });
  const { runId, card } = await chat.asked();
  await chat.untilIn(personalChatOf(aiko.id));
  await chat.connector.until(() => textOf(card.card).includes('the channel or chat no longer exists'), 'it is said');
  await chat.click(jonas, card, 'keep-target');
  expect((await chat.journal.run(runId))?.state).toBe('aborted');
  chat.connector.refusals.clear();
  await chat.asked();
  expect(textOf((await chat.untilIn(CHANNEL, 2)).card)).toContain('asks to replace **UAT**');
});

test('a home that is archived › takes nothing while it is, which is said, and is the home again afterwards', async () => {
  await chat.say(mira, '/home uat', inChannel());
  const archived = (eventType: string) =>
    chat.happens({
      type: 'conversationUpdate',
      ...{ ...inChannel(), ...from(mira) },
      channelData: { tenant: { id: TENANT }, eventType, team: { id: CHANNEL, name: 'Archive' } },
    });
  chat.connector.refusals.set(CHANNEL, { status: 403, code: 'Forbidden' });
  await archived('teamArchived');
  const { runId, card } = await chat.asked();
  await Promise.all([mira, aiko].map(({ id }) => chat.untilIn(personalChatOf(id))));
  await chat.untilTold(runId, (told) => told.length === 3);
  await chat.connector.until(() => textOf(card.card).includes('the home of UAT: Teams refuses'), 'it is said');
  await chat.click(jonas, card, 'keep-target');
  chat.connector.refusals.clear();
  await archived('teamUnarchived');
  await chat.asked();
  expect(textOf((await chat.untilIn(CHANNEL, 2)).card)).toContain('asks to replace **UAT**');
});

test('hostile text › behind /home is no sandbox, and comes back as text', async () => {
  const { card } = await chat.say(mira, `/home ${HOSTILE}`, inChannel());
  expect(textOf(card)).toContain('unknown-target');
  expect(JSON.stringify(card)).not.toMatch(/"type":"TextBlock","text":"[^"]*evil/);
  for (const alive of ['{{', '${', '"type":"mention"']) expect(JSON.stringify(card)).not.toContain(alive);
  expect(await chat.journal.homes('uat')).toEqual([]);
});

test('hostile text › in the name of whoever moves a home comes to nothing in the old one', async () => {
  const evil = { ...mira, name: '[x](https://evil.example) <at>Everyone</at> {{DATE(2026-01-01T00:00:00Z)}}' };
  await chat.say(mira, '/home uat', inChannel());
  await chat.say(evil, '/home uat', inGroup);
  const { card } = await chat.untilIn(CHANNEL, 2);
  const texts = JSON.stringify(card);
  expect(texts).not.toContain('{{');
  expect(texts).not.toMatch(/"type":"TextBlock","text":"[^"]*evil/);
  expect(JSON.stringify(card)).not.toContain('"type":"mention"');
});

test('a home › hears of the switch and the end of what was asked for and approved elsewhere, and of nothing before', async () => {
  chat.sandbox('uat', { approvals: { channel: CHANNEL } });
  const { runId } = await chat.asked(inGroup);
  const approval = await chat.untilIn(GROUP, 2);
  await chat.click(mira, approval, 'approve-run', {}, inGroup);
  await chat.record(
    runId,
    { kind: 'start' },
    { kind: 'step-started', step: 'await-cutover' },
    { kind: 'await-cutover', policy: 'when-ready', at: '2026-11-23T11:00:00.000Z' },
  );
  expect(textOf((await chat.untilIn(CHANNEL)).card)).toContain('UAT is about to be switched');
  await chat.restart();
  await chat.record(
    runId,
    { kind: 'resume' },
    { kind: 'step-done', step: 'await-cutover', detail: '' },
    { kind: 'swapped', previousKeptUntil: '2026-11-26T10:00:00.000Z' },
    { kind: 'complete', figures: {}, checklist: [] },
  );
  expect(textOf((await chat.untilIn(CHANNEL, 2)).card)).toContain('UAT now holds PROD');
  await chat.untilIn(GROUP, 5);
  expect(chat.in(CHANNEL)).toHaveLength(2);
});
