import { expect, test } from 'vitest';
import { aiko, jonas, mira } from '../builders.ts';
import { personalChatOf } from '../fakeConnector.ts';
import { stateOf, textOf } from '../testChat.ts';
import { CHANNEL, withReachChat, inChannel, personal, type ReachChat } from './reachChat.ts';

let chat: ReachChat;
withReachChat((opened) => (chat = opened));

const [MIRAS, AIKOS, JONASS] = [personalChatOf(mira.id), personalChatOf(aiko.id), 'a:Jonas Weber'];
/** The request is open for a day. */
const BEFORE_HALF = '2026-11-23T21:59:00.000Z';
const HALF = '2026-11-23T22:00:00.000Z';
const END = '2026-11-24T10:00:00.000Z';

/** So that whatever was to happen has had its time: a minute of the bot's. */
const aMinute = () => new Promise((resolve) => setTimeout(resolve, 3_000));

test('a request that nobody decides › is brought up once more at half of its time, also over a restart, and never again', async () => {
  chat.connector.absent.add(aiko.id);
  chat.sandbox('uat', { approvals: { channel: CHANNEL } });
  const { runId } = await chat.asked();
  const [first, alone] = [await chat.untilIn(CHANNEL), await chat.untilIn(AIKOS)];
  await chat.untilTold(runId, (told) => told.length === 2);
  chat.now = BEFORE_HALF;
  await aMinute();
  expect([chat.in(CHANNEL).length, chat.in(AIKOS).length]).toEqual([1, 1]);
  await chat.bot.close();
  chat.now = HALF;
  await chat.restart();
  const [again, aloneAgain] = [await chat.untilIn(CHANNEL, 2), await chat.untilIn(AIKOS, 2)];
  expect(again.conversation).toBe(first.conversation);
  for (const { card } of [again, aloneAgain]) expect(textOf(card)).toContain('Half of the time is over');
  expect(textOf(again.card)).toContain('<at>Mira Petrova</at>: **Jonas Weber** asks');
  await chat.connector.until(
    () => [first, alone].every(({ card }) => textOf(card).includes('a newer message took this one’s place')),
    'the first messages say that they were replaced',
  );
  await chat.restart();
  await aMinute();
  expect([chat.in(CHANNEL).length, chat.in(AIKOS).length, chat.in(MIRAS).length]).toEqual([2, 2, 0]);
  await chat.click(aiko, aloneAgain, 'approve-run');
  await chat.connector.until(() => stateOf(again) === 'Approved', 'the other reminder says so');
  expect((await chat.journal.records(runId)).filter(({ event }) => event === 'reminded')).toHaveLength(1);
});

test('a bot that dies between the record of a reminder and its messages › sends them afterwards', async () => {
  const { runId } = await chat.asked();
  await Promise.all([chat.untilIn(MIRAS), chat.untilIn(AIKOS)]);
  await chat.untilTold(runId, (told) => told.length === 2);
  await chat.bot.close();
  chat.now = HALF;
  await chat.record(runId, { kind: 'reminded' });
  await chat.restart();
  const sent = await Promise.all([chat.untilIn(MIRAS, 2), chat.untilIn(AIKOS, 2)]);
  expect(sent.map(({ card }) => textOf(card).includes('Half of the time is over'))).toEqual([true, true]);
});

test('whoever is reached only after the reminder › is asked once', async () => {
  chat.connector.refusals.set(mira.id, { status: 403, code: 'ForbiddenOperationException' });
  const { runId } = await chat.asked();
  await chat.untilTold(runId, (told) => told.length === 2);
  chat.now = HALF;
  await chat.untilIn(AIKOS, 2);
  chat.now = '2026-11-23T22:10:00.000Z';
  await chat.say(mira, '/help', personal(mira));
  await chat.untilIn('a:Mira Petrova', 2);
  await aMinute();
  expect(chat.in('a:Mira Petrova')).toHaveLength(2);
});

test('a request that ends undecided › is said by a new message wherever it was asked, and where it was made', async () => {
  const { runId } = await chat.asked();
  await Promise.all([chat.untilIn(MIRAS), chat.untilIn(AIKOS)]);
  await chat.bot.close();
  chat.now = END;
  await chat.record(runId, { kind: 'expire' });
  await chat.restart();
  for (const place of [MIRAS, AIKOS, JONASS]) {
    const { card } = await chat.untilIn(place, 2);
    expect(textOf(card)).toContain('The request to refresh UAT expired');
  }
});

test('a request that is taken back › is told to those who were asked, and not to whoever has done it', async () => {
  const { card } = await chat.asked();
  await Promise.all([chat.untilIn(MIRAS), chat.untilIn(AIKOS)]);
  await chat.click(jonas, card, 'keep-target');
  for (const place of [MIRAS, AIKOS]) expect(textOf((await chat.untilIn(place, 2)).card)).toContain('was cancelled');
  await aMinute();
  expect(chat.in(JONASS)).toHaveLength(1);
});

test('after a failure › whoever must decide is mentioned, each in their own chat and both in a channel', async () => {
  const fails = async (runId: string) =>
    chat.record(
      runId,
      { kind: 'start' },
      { kind: 'step-started', step: 'swap' },
      { kind: 'swapped', previousKeptUntil: '2026-11-26T10:00:00.000Z' },
      {
        kind: 'fail',
        failure: { step: 'swap', code: 'command-failed', message: 'It failed', remedy: 'Roll back' },
        targetState: 'closed',
        figures: {},
      },
    );
  const { runId } = await chat.asked();
  const toMira = await chat.untilIn(MIRAS);
  await chat.untilIn(AIKOS);
  await chat.click(mira, toMira, 'approve-run');
  await fails(runId);
  const told = async (place: string, count: number) => textOf((await chat.untilIn(place, count)).card);
  expect(await told(MIRAS, 2)).toContain('<at>Mira Petrova</at>: this waits');
  expect(await told(JONASS, 2)).toContain('<at>Jonas Weber</at>: this waits');
  expect(await told(AIKOS, 2)).not.toContain('this waits');
  await chat.record(runId, { kind: 'roll-back' }, { kind: 'rolled-back', figures: {} });

  const next = await chat.asked(inChannel());
  const approval = await chat.untilIn(CHANNEL, 2);
  await chat.click(mira, approval, 'approve-run');
  await fails(next.runId);
  expect(await told(CHANNEL, 3)).toContain('<at>Jonas Weber</at>, <at>Mira Petrova</at>: this waits');
});
