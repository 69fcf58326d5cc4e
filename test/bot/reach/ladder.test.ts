import { expect, test } from 'vitest';
import type { Sandbox } from '../../../engine/contracts.ts';
import { aiko, lars, mira, TENANT } from '../builders.ts';
import { personalChatOf, type Refusal } from '../fakeConnector.ts';
import { textOf, verbsOf } from '../testChat.ts';
import { CHANNEL, withReachChat, from, inChannel, personal, type ReachChat } from './reachChat.ts';

let chat: ReachChat;
withReachChat((opened) => (chat = opened));

const atHome: Partial<Sandbox> = { approvals: { channel: CHANNEL } };
const [MIRAS, AIKOS] = [personalChatOf(mira.id), personalChatOf(aiko.id)];
const shows = (card: { readonly card: unknown }, text: string) =>
  chat.connector.until(() => textOf(card.card).includes(text), `a card says “${text}”\n${chat.logged.join('\n')}`);

test('asked in a personal chat without a home › every approver is asked in theirs, opened by Entra id', async () => {
  const { runId, card } = await chat.asked();
  const [toMira, toAiko] = [await chat.untilIn(MIRAS), await chat.untilIn(AIKOS)];
  expect(textOf(toMira.card)).toContain('<at>Mira Petrova</at>: **Jonas Weber** asks');
  expect(textOf(toAiko.card)).not.toContain('Mira Petrova</at>');
  const run = await chat.untilTold(runId, (told) => told.length === 2);
  expect(run.told).toEqual(expect.arrayContaining([mira, aiko].map(({ id }) => ({ to: id, at: chat.now }))));
  await shows(card, 'Mira Petrova: personal chat, 11:00');
  await shows(card, 'Aiko Tanaka: personal chat, 11:00');
  expect(textOf(card.card)).not.toContain('Not reached');
  expect(chat.in('a:Jonas Weber')).toHaveLength(1);
});

test('an approval in a personal chat › counts; every other copy says who, loses its buttons, and hears how it ended', async () => {
  const { runId } = await chat.asked();
  const [toMira, toAiko] = [await chat.untilIn(MIRAS), await chat.untilIn(AIKOS)];
  await chat.click(mira, toMira, 'approve-run');
  expect((await chat.journal.run(runId))?.state).toBe('queued');
  await shows(toAiko, 'Approved by **Mira Petrova**');
  expect(verbsOf(toAiko.card)).toEqual([]);
  const late = await chat.invoke(
    aiko,
    'approve-run',
    { runId, digest: 'digest of 2026-11-20T17:00:00.000Z' },
    { replyToId: toAiko.id, ...personal(aiko, AIKOS) },
  );
  expect(textOf(late)).toContain('Approved by **Mira Petrova**');
  await chat.record(runId, { kind: 'start' }, { kind: 'complete', figures: {}, checklist: [] });
  for (const place of [MIRAS, AIKOS, 'a:Jonas Weber'])
    expect(textOf((await chat.untilIn(place, 2)).card)).toContain('UAT');
});

test('two decisions at once from two chats › one counts', async () => {
  const { runId } = await chat.asked();
  const [toMira, toAiko] = [await chat.untilIn(MIRAS), await chat.untilIn(AIKOS)];
  const answers = await Promise.all([
    chat.click(mira, toMira, 'reject-run', { why: 'no' }),
    chat.click(aiko, toAiko, 'approve-run'),
  ]);
  const events = (await chat.journal.records(runId)).map(({ event }) => event);
  expect(events.filter((event) => ['approve', 'reject'].includes(event))).toHaveLength(1);
  const winner = events.includes('approve') ? 'Aiko Tanaka' : 'Mira Petrova';
  for (const answer of answers) expect(textOf(answer)).toContain(winner);
});

test('an approver who has spoken to Rewind › is asked where they did, and nobody else is remembered', async () => {
  await chat.say(mira, '/help', personal(mira));
  await chat.say(lars, '/help', personal(lars));
  await chat.restart();
  await chat.asked();
  await chat.untilIn('a:Mira Petrova', 2);
  await chat.untilIn(AIKOS);
  expect(chat.in(MIRAS)).toEqual([]);
  expect(await chat.journal.personalChat([lars.id])).toBeUndefined();
});

test('asked in a personal chat of a sandbox with a home in the file › it is a post there, and whoever is not there is asked alone', async () => {
  chat.sandbox('uat', atHome);
  chat.connector.absent.add(aiko.id);
  const { runId, card } = await chat.asked();
  const post = await chat.untilIn(CHANNEL);
  expect(post.conversation).toMatch(/;messageid=/);
  await chat.untilIn(AIKOS);
  await chat.untilTold(runId, (told) => told.length === 2);
  await shows(card, 'Mira Petrova: the home of UAT, 11:00');
  await shows(card, 'Aiko Tanaka: personal chat, 11:00');
  await shows(post, '<at>Mira Petrova</at>: **Jonas Weber** asks');
  expect(chat.in(MIRAS)).toEqual([]);
  await chat.click(mira, post, 'approve-run');
  expect((await chat.journal.run(runId))?.state).toBe('queued');
  await chat.record(runId, { kind: 'start' }, { kind: 'complete', figures: {}, checklist: [] });
  const end = await chat.untilIn(CHANNEL, 2);
  expect(end.conversation).toBe(post.conversation);
});

test('asked in a channel › it is asked there as ever, and whoever is not there is asked alone', async () => {
  chat.sandbox('uat', atHome);
  chat.connector.absent.add(mira.id);
  const elsewhere = '19:testers@thread.tacv2';
  const { card } = await chat.asked(inChannel(elsewhere));
  const approval = await chat.untilIn(elsewhere, 2);
  expect(approval.conversation).toBe(card.conversation);
  await chat.untilIn(MIRAS);
  await shows(card, 'Aiko Tanaka: here, 11:00');
  await shows(card, 'Mira Petrova: personal chat, 11:00');
  expect(chat.in(CHANNEL)).toEqual([]);
});

const CODES: readonly (readonly [Refusal, string])[] = [
  [{ status: 403, code: 'ForbiddenOperationException' }, 'Rewind is not installed for them'],
  [{ status: 403, code: 'BotNotInConversationRoster' }, 'Rewind is not in that chat'],
  [{ status: 403, code: 'ConversationBlockedByUser' }, 'they have blocked Rewind'],
  [{ status: 403, code: 'BotDisabledByAdmin' }, 'an administrator has disabled Rewind'],
  [{ status: 403, code: 'Forbidden', subCode: 'MessageWritesBlocked' }, 'they have blocked or removed Rewind'],
  [{ status: 403, code: 'InvalidBotApiHost' }, 'their Teams is reached by another address'],
  [{ status: 403, code: 'SomethingNew' }, 'Teams refuses the message'],
  [{ status: 404, code: 'ConversationNotFound' }, 'Teams knows no such person, or no such chat'],
  [{ status: 400, code: 'BadArgument' }, 'Teams has not taken the message so far'],
  [{ status: 502, code: 'BadGateway' }, 'Teams has not taken the message so far'],
];

test.for(CODES)('a person who is met with %o › is named with the reason', async ([refusal, words]) => {
  chat.connector.refusals.set(aiko.id, refusal);
  const { card } = await chat.asked();
  await shows(card, `Aiko Tanaka: ${words}`);
  await shows(card, 'Mira Petrova: personal chat');
  expect(textOf(card.card)).not.toContain('Nobody was told');
  expect(chat.logged.join('\n')).not.toContain(aiko.id);
});

test('nobody who can be reached › is said, with names, reasons and what to forward; whoever adds Rewind is asked at once', async () => {
  const refusal = { status: 403, code: 'ForbiddenOperationException' };
  for (const { id } of [mira, aiko]) chat.connector.refusals.set(id, refusal);
  const { runId, card } = await chat.asked();
  await shows(card, '**Nobody was told.**');
  await shows(card, 'Forward this');
  expect(textOf(card.card)).toContain(`send it: status ${runId}`);
  expect(textOf(card.card)).toContain('Mira Petrova: Rewind is not installed for them');
  expect(textOf(card.card)).not.toContain('in a terminal');
  await chat.restart();
  await chat.happens({ type: 'installationUpdate', action: 'add', ...personal(mira), ...from(mira) });
  await chat.untilIn('a:Mira Petrova');
  await shows(card, 'Mira Petrova: personal chat');
  expect(textOf(card.card)).not.toContain('Nobody was told');
  expect((await chat.journal.run(runId))?.told).toHaveLength(2);
});

test('an approver who takes Rewind away › is no longer written to there', async () => {
  await chat.say(mira, '/help', personal(mira));
  await chat.happens({ type: 'installationUpdate', action: 'remove', ...personal(mira), ...from(mira) });
  expect(await chat.journal.personalChat([mira.id])).toBeUndefined();
  chat.connector.refusals.set(mira.id, { status: 403, code: 'ForbiddenOperationException' });
  const { card } = await chat.asked();
  await shows(card, 'Mira Petrova: Rewind is not installed for them');
  expect(chat.in('a:Mira Petrova')).toHaveLength(1);
});

test('a remembered chat that takes nothing any more › is forgotten, and its owner named with the reason', async () => {
  await chat.say(mira, '/help', personal(mira));
  chat.connector.refusals.set('a:Mira Petrova', { status: 403, code: 'ConversationBlockedByUser' });
  const { card } = await chat.asked();
  await shows(card, 'Mira Petrova: they have blocked Rewind');
  expect(await chat.journal.personalChat([mira.id])).toBeUndefined();
});

const HOMES: readonly (readonly [string, Refusal, string])[] = [
  ['deleted', { status: 404, code: 'ConversationNotFound' }, 'the channel or chat no longer exists'],
  [
    'archived',
    { status: 403, code: 'Forbidden', subCode: 'MessageWritesBlocked' },
    'Rewind was removed there, or may not write',
  ],
  ['without Rewind', { status: 403, code: 'BotNotInConversationRoster' }, 'Rewind is not in that team or chat'],
  ['not understood', { status: 400, code: 'BadArgument' }, 'Teams has not taken the message so far'],
];

test.for(HOMES)(
  'a home that is %s › is named with the reason, and every approver is asked alone',
  async ([, refusal, words]) => {
    chat.sandbox('uat', atHome);
    chat.connector.refusals.set(CHANNEL, refusal);
    const { card } = await chat.asked();
    await chat.untilIn(MIRAS);
    await chat.untilIn(AIKOS);
    await shows(card, `the home of UAT: ${words}`);
    await shows(card, 'Aiko Tanaka: personal chat');
    expect(chat.in(CHANNEL)).toEqual([]);
  },
);

test('a home that does not say who is in it › has everybody asked alone as well', async () => {
  chat.sandbox('uat', atHome);
  chat.connector.refusals.set(`members of ${CHANNEL}`, { status: 404, code: 'ConversationNotFound' });
  const { runId, card } = await chat.asked();
  await Promise.all([chat.untilIn(CHANNEL), chat.untilIn(MIRAS), chat.untilIn(AIKOS)]);
  const run = await chat.untilTold(runId, (told) => told.length === 3);
  expect(run.told?.find(({ to }) => to === 'home')?.members).toBeUndefined();
  await shows(card, 'the home of UAT, 11:00');
});

test('a channel whose members Teams knows by its team › is asked by that', async () => {
  const elsewhere = '19:testers@thread.tacv2';
  chat.connector.refusals.set(`members of ${elsewhere}`, { status: 404, code: 'ConversationNotFound' });
  chat.connector.absent.add(mira.id);
  const channelData = { tenant: { id: TENANT }, team: { id: '19:team@thread.tacv2' } };
  const { card } = await chat.asked({ ...inChannel(elsewhere), channelData });
  await shows(card, 'Aiko Tanaka: here, 11:00');
  await shows(card, 'Mira Petrova: personal chat, 11:00');
  expect(chat.in(AIKOS)).toEqual([]);
});

test('a chat that is busy while it is asked who is there › is asked again', async () => {
  chat.sandbox('uat', atHome);
  chat.connector.refusals.set(`members of ${CHANNEL}`, { status: 429, code: 'TooManyRequests' });
  const { card } = await chat.asked();
  await chat.untilIn(CHANNEL);
  chat.connector.refusals.clear();
  await shows(card, 'Mira Petrova, Aiko Tanaka: the home of UAT, 11:00');
  expect([chat.in(MIRAS), chat.in(AIKOS)]).toEqual([[], []]);
});

test('a bot that dies at any point of asking › goes on where it was, and asks nobody twice', async () => {
  chat.sandbox('uat', atHome);
  chat.connector.absent.add(aiko.id);
  const { runId, card } = await chat.asked();
  for (let lives = 0; lives < 12; lives += 1) {
    await chat.restart();
    await new Promise((resolve) => setTimeout(resolve, lives * 7));
  }
  await chat.untilIn(CHANNEL);
  await chat.untilIn(AIKOS);
  await chat.untilTold(runId, (told) => told.length === 2);
  await shows(card, 'Aiko Tanaka: personal chat');
  await chat.say(lars, '/help', personal(lars));
  expect([chat.in(CHANNEL).length, chat.in(AIKOS).length, chat.in(MIRAS).length]).toEqual([1, 1, 0]);
  const told = (await chat.journal.records(runId)).filter(({ event }) => event === 'told');
  expect(told).toHaveLength(2);
});

test('hostile names › do nothing on the cards that name who was told', async () => {
  chat.connector.refusals.set(aiko.id, {
    status: 403,
    code: 'ForbiddenOperationException',
    subCode: '[x](https://evil.example)',
  });
  const { card } = await chat.asked();
  await shows(card, 'Aiko Tanaka: Rewind is not installed for them');
  expect(JSON.stringify(card.card)).not.toContain('evil.example');
});
