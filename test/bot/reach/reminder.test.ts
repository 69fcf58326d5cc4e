import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../engine/journal/testDatabase.ts';
import { aiko, jonas, mira } from '../builders.ts';
import { personalChatOf } from '../fakeConnector.ts';
import { stateOf, textOf } from '../world.ts';
import { CHANNEL, createReachWorld, inChannel, personal, type ReachWorld } from './reachWorld.ts';

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

const [MIRAS, AIKOS, JONASS] = [personalChatOf(mira.id), personalChatOf(aiko.id), 'a:Jonas Weber'];
/** The request is open for a day. */
const BEFORE_HALF = '2026-11-23T21:59:00.000Z';
const HALF = '2026-11-23T22:00:00.000Z';
const END = '2026-11-24T10:00:00.000Z';

/** So that whatever was to happen has had its time: a minute of the bot's. */
const aMinute = () => new Promise((resolve) => setTimeout(resolve, 3_000));

test('a request that nobody decides › is brought up once more at half of its time, also over a restart, and never again', async () => {
  world.connector.absent.add(aiko.id);
  world.sandbox('uat', { approvals: { channel: CHANNEL } });
  const { runId } = await world.asked();
  const [first, alone] = [await world.untilIn(CHANNEL), await world.untilIn(AIKOS)];
  await world.untilTold(runId, (told) => told.length === 2);
  world.now = BEFORE_HALF;
  await aMinute();
  expect([world.in(CHANNEL).length, world.in(AIKOS).length]).toEqual([1, 1]);
  await world.bot.close();
  world.now = HALF;
  await world.restart();
  const [again, aloneAgain] = [await world.untilIn(CHANNEL, 2), await world.untilIn(AIKOS, 2)];
  expect(again.conversation).toBe(first.conversation);
  for (const { card } of [again, aloneAgain]) expect(textOf(card)).toContain('Half of the time is over');
  expect(textOf(again.card)).toContain('<at>Mira Petrova</at>: **Jonas Weber** asks');
  await world.connector.until(
    () => [first, alone].every(({ card }) => textOf(card).includes('a newer message took this one’s place')),
    'the first messages say that they were replaced',
  );
  await world.restart();
  await aMinute();
  expect([world.in(CHANNEL).length, world.in(AIKOS).length, world.in(MIRAS).length]).toEqual([2, 2, 0]);
  await world.click(aiko, aloneAgain, 'approve-run');
  await world.connector.until(() => stateOf(again) === 'Approved', 'the other reminder says so');
  expect((await world.journal.records(runId)).filter(({ event }) => event === 'reminded')).toHaveLength(1);
});

test('a bot that dies between the record of a reminder and its messages › sends them afterwards', async () => {
  const { runId } = await world.asked();
  await Promise.all([world.untilIn(MIRAS), world.untilIn(AIKOS)]);
  await world.untilTold(runId, (told) => told.length === 2);
  await world.bot.close();
  world.now = HALF;
  await world.record(runId, { kind: 'reminded' });
  await world.restart();
  const sent = await Promise.all([world.untilIn(MIRAS, 2), world.untilIn(AIKOS, 2)]);
  expect(sent.map(({ card }) => textOf(card).includes('Half of the time is over'))).toEqual([true, true]);
});

test('whoever is reached only after the reminder › is asked once', async () => {
  world.connector.refusals.set(mira.id, { status: 403, code: 'ForbiddenOperationException' });
  const { runId } = await world.asked();
  await world.untilTold(runId, (told) => told.length === 2);
  world.now = HALF;
  await world.untilIn(AIKOS, 2);
  world.now = '2026-11-23T22:10:00.000Z';
  await world.say(mira, '/help', personal(mira));
  await world.untilIn('a:Mira Petrova', 2);
  await aMinute();
  expect(world.in('a:Mira Petrova')).toHaveLength(2);
});

test('a request that ends undecided › is said by a new message wherever it was asked, and where it was made', async () => {
  const { runId } = await world.asked();
  await Promise.all([world.untilIn(MIRAS), world.untilIn(AIKOS)]);
  await world.bot.close();
  world.now = END;
  await world.record(runId, { kind: 'expire' });
  await world.restart();
  for (const chat of [MIRAS, AIKOS, JONASS]) {
    const { card } = await world.untilIn(chat, 2);
    expect(textOf(card)).toContain('The request to refresh UAT expired');
  }
});

test('a request that is taken back › is told to those who were asked, and not to whoever has done it', async () => {
  const { card } = await world.asked();
  await Promise.all([world.untilIn(MIRAS), world.untilIn(AIKOS)]);
  await world.click(jonas, card, 'keep-target');
  for (const chat of [MIRAS, AIKOS]) expect(textOf((await world.untilIn(chat, 2)).card)).toContain('was cancelled');
  await aMinute();
  expect(world.in(JONASS)).toHaveLength(1);
});

test('after a failure › whoever must decide is mentioned, each in their own chat and both in a channel', async () => {
  const fails = async (runId: string) =>
    world.record(
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
  const { runId } = await world.asked();
  const toMira = await world.untilIn(MIRAS);
  await world.untilIn(AIKOS);
  await world.click(mira, toMira, 'approve-run');
  await fails(runId);
  const told = async (chat: string, count: number) => textOf((await world.untilIn(chat, count)).card);
  expect(await told(MIRAS, 2)).toContain('<at>Mira Petrova</at>: this waits');
  expect(await told(JONASS, 2)).toContain('<at>Jonas Weber</at>: this waits');
  expect(await told(AIKOS, 2)).not.toContain('this waits');
  await world.record(runId, { kind: 'roll-back' }, { kind: 'rolled-back', figures: {} });

  const next = await world.asked(inChannel());
  const approval = await world.untilIn(CHANNEL, 2);
  await world.click(mira, approval, 'approve-run');
  await fails(next.runId);
  expect(await told(CHANNEL, 3)).toContain('<at>Jonas Weber</at>, <at>Mira Petrova</at>: this waits');
});
