import { expect, test } from 'vitest';
import { aiko, jonas, lars, mira } from '../builders.ts';
import { personalChatOf } from '../fakeConnector.ts';
import { textOf, verbsOf } from '../testChat.ts';
import { CHANNEL, inChannel, personal, withReachChat, type ReachChat } from './reachChat.ts';

let chat: ReachChat;
withReachChat((opened) => (chat = opened));

/** As the clients of three people say it. */
const inTokyo = { localTimezone: 'Asia/Tokyo', locale: 'ja-JP' };
const inNewYork = { localTimezone: 'America/New_York', locale: 'en-US' };
const [BERLIN, TOKYO, NEW_YORK] = ['Europe/Berlin (UTC+1)', 'Asia/Tokyo (UTC+9)', 'America/New_York (UTC−5)'];
/** 17:00 UTC on 20 November. */
const [AT_BERLIN, AT_TOKYO, AT_NEW_YORK] = ['20 Nov 2026, 18:00', '21 Nov 2026, 02:00', 'Nov 20, 2026, 12:00'];

test('a card in a personal chat › is in the zone of its reader, also over a restart; whoever never said it has the sandbox’s', async () => {
  await chat.say(mira, '/help', { ...personal(mira), ...inTokyo });
  await chat.restart();
  const { runId, card } = await chat.asked({ ...personal(jonas), ...inNewYork });
  const toMira = await chat.untilIn('a:Mira Petrova', 2);
  const toAiko = await chat.untilIn(personalChatOf(aiko.id));
  for (const text of [AT_TOKYO, TOKYO]) expect(textOf(toMira.card)).toContain(text);
  for (const text of [AT_BERLIN, BERLIN]) expect(textOf(toAiko.card)).toContain(text);
  await chat.untilTold(runId, (told) => told.length === 2);
  await chat.connector.until(
    () => textOf(card.card).includes('personal chat, 05:00'),
    `Jonas reads who was told when ${textOf(card.card)}`,
  );
  for (const text of [AT_NEW_YORK, NEW_YORK]) expect(textOf(card.card)).toContain(text);
  // Whoever has travelled is told there.
  const answer = await chat.click(mira, toMira, 'approve-run', {}, { ...personal(mira), ...inNewYork });
  expect(textOf(answer)).toContain(AT_NEW_YORK);
  await chat.record(runId, { kind: 'start' }, { kind: 'complete', figures: {}, checklist: [] });
  expect(textOf((await chat.untilIn('a:Mira Petrova', 3)).card)).toContain(NEW_YORK);
});

test('a card that many read › is in the sandbox’s zone, whoever asks and whoever clicks; its draft is in its author’s', async () => {
  const place = { ...inChannel(), ...inNewYork };
  const sent = await chat.say(jonas, '/refresh uat yesterday 6pm', place);
  const [run] = await chat.journal.runs({});
  const runId = run?.runId ?? '';
  expect(run?.at).toBe('2026-11-22T23:00:00.000Z');
  await chat.plan(runId);
  await chat.connector.until(() => verbsOf(sent.card).includes('confirm-run'), 'the plan is shown');
  // What was meant by “6pm” is known again by whoever has said it.
  expect(textOf(sent.card)).toContain('18:00');
  expect(textOf(sent.card)).toContain(NEW_YORK);
  const answer = await chat.click(jonas, sent, 'confirm-run', { confirm: 'uat', reason: 'test' }, inNewYork);
  await chat.connector.until(() => textOf(sent.card).includes('awaits approval'), 'the card of the run says so');
  const asked = await chat.untilIn(CHANNEL, 2);
  for (const card of [answer, sent.card, asked.card]) {
    expect(textOf(card)).toContain(BERLIN);
    expect(textOf(card)).toContain('23 Nov 2026, 00:00');
  }
});

test('zone and language › are kept of a personal chat alone, of those who have a role, and go with Rewind', async () => {
  await chat.say(lars, '/help', { ...personal(lars), ...inTokyo });
  await chat.say(mira, '/status', { ...inChannel(), ...inTokyo });
  await chat.say(jonas, '/help', { ...personal(jonas), ...inTokyo });
  await chat.say(aiko, '/help', { ...personal(aiko), localTimezone: 'Nowhere/Land' });
  const kept = async (place: string) => chat.journal.chatReader(place);
  for (const place of ['a:Lars Nyström', CHANNEL, 'a:Aiko Tanaka']) expect(await kept(place)).toBeUndefined();
  await expect.poll(() => kept('a:Jonas Weber')).toEqual({ zone: 'Asia/Tokyo', locale: 'ja-JP' });
  await chat.happens({
    ...{ type: 'installationUpdate', action: 'remove', ...personal(jonas) },
    from: { id: `29:${jonas.id}`, aadObjectId: jonas.id, name: jonas.name },
  });
  expect(await kept('a:Jonas Weber')).toBeUndefined();
  expect(chat.logged.join('\n')).not.toContain('Tokyo');
});
