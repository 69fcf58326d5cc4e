import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../engine/contracts.ts';
import { aiko, jonas, lars, mira, NOW } from './builders.ts';
import { openTestChat, textOf, verbsOf, type TestChat } from './testChat.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openTestChat();
});
afterEach(() => chat.close());

const say = async (person: Person, text: string) => textOf((await chat.say(person, text)).card);

test('a freeze › is set by an approver, refuses requests, and is lifted by another approver', async () => {
  expect(await say(mira, '/freeze uat')).toContain('UAT is not frozen');
  const set = await chat.say(mira, '/freeze uat until 5 Dec, month-end, all of finance');
  expect(textOf(set.card)).toContain('month-end, all of finance');
  const { freeze } = await chat.journal.hold('uat');
  expect(freeze).toMatchObject({ until: '2026-12-05T23:00:00.000Z', reason: 'month-end, all of finance' });
  const refused = await say(jonas, '/refresh uat latest');
  expect(refused).toContain('UAT is frozen until');
  expect(refused).toContain('month-end');
  expect(refused).toContain('frozen');
  expect(await chat.journal.runs({})).toEqual([]);
  expect(await say(jonas, '/status')).toMatch(/frozen until .*: month-end/);
  // Whoever typed “5 Dec” in Tokyo meant that day of the sandbox.
  const inTokyo = await chat.say(jonas, '/freeze uat', { localTimezone: 'Asia/Tokyo' });
  expect(textOf(inTokyo.card)).toContain('Until Sun, 6 Dec 2026, 00:00 Europe/Berlin');
  expect(textOf(await chat.click(jonas, set, 'lift-freeze'))).toContain('not-allowed');
  expect((await chat.journal.hold('uat')).freeze).toBeDefined();
  expect(textOf(await chat.click(aiko, set, 'lift-freeze'))).toContain('UAT is no longer frozen');
  expect(await say(mira, '/freeze uat lift')).toContain('UAT is not frozen');
  expect(await say(jonas, '/refresh uat')).not.toContain('frozen');
  expect(await say(jonas, '/history uat')).toMatch(
    /Last freeze: by Mira Petrova, from .* until .*: month-end, all of finance · ended by Aiko Tanaka, /,
  );
});

test('a freeze › shows on the cards that lie there, and leaves them when it is lifted', async () => {
  const asked = await chat.say(jonas, '/refresh uat 2026-11-20 18:00');
  const [run] = await chat.journal.runs({});
  await chat.plan(run?.runId ?? '');
  await chat.connector.until(() => verbsOf(asked.card).includes('confirm-run'), 'the plan is shown');
  await chat.say(mira, '/freeze uat until Friday 18:00, month-end');
  await chat.connector.until(() => textOf(asked.card).includes('UAT is frozen until'), 'the card says so');
  expect(verbsOf(asked.card)).not.toContain('confirm-run');
  expect(textOf(await chat.invoke(jonas, 'view-plan', { runId: run?.runId }))).toContain('UAT is frozen until');
  await chat.say(mira, '/freeze uat lift');
  await chat.connector.until(() => !textOf(asked.card).includes('UAT is frozen until'), 'the card no longer says so');
  expect(verbsOf(asked.card)).toContain('confirm-run');
});

test('a freeze › is not set by whoever may not, without an end or a reason, for too long, or of nothing', async () => {
  expect(await say(jonas, '/freeze uat until 5 Dec, I like it')).toContain('not-allowed');
  expect(await say(lars, '/freeze uat')).toContain('not-allowed');
  expect(await say(mira, '/freeze')).toContain('name-missing');
  expect(await say(mira, '/freeze nowhere until 5 Dec, x')).toContain('unknown-target');
  expect(await say(mira, '/freeze uat until 5 Dec')).toContain('Why is it frozen?');
  expect(await say(mira, '/freeze uat until yesterday, x')).toContain('is over already');
  expect(await say(mira, '/freeze uat until 12/11/2027, x')).toContain('can mean');
  expect(await say(mira, '/freeze uat until whenever, x')).toContain('is not an end to come');
  expect(await say(mira, '/freeze uat until 22 Feb, x')).toContain('A freeze lasts 90 days at most');
  expect(await say(mira, '/freeze uat until 20 Feb, x')).toContain('UAT is frozen');
  expect(Date.parse((await chat.journal.hold('uat')).freeze?.until ?? '') - Date.parse(NOW)).toBeLessThan(
    90 * 86_400_000,
  );
});

test('a freeze › of all is of every sandbox that the person may freeze, or of none', async () => {
  expect(await say(jonas, '/freeze all until 5 Dec, month-end')).toContain('not-allowed');
  expect(await say(aiko, '/freeze all until whenever, x')).toContain('is not an end to come');
  expect(await say(aiko, '/freeze all')).toContain('UAT: not frozen. TEST: not frozen');
  expect(await say(aiko, '/freeze all until 5 Dec, month-end')).toMatch(/UAT: frozen until .*TEST: frozen until/);
  expect(await say(mira, '/refresh test latest')).toContain('TEST is frozen until');
  expect(await say(aiko, '/freeze all lift')).toContain('UAT: not frozen. TEST: not frozen');
  // Who may freeze one alone freezes that one.
  expect(await say(mira, '/freeze all until 5 Dec, month-end')).toContain('UAT: frozen until');
  expect((await chat.journal.hold('test')).freeze).toBeUndefined();
});

test('a reason › that is hostile stays text on the card', async () => {
  await chat.say(mira, '/freeze uat until 5 Dec, [click](https://evil.example) <at>Everyone</at> ${1+1}');
  const { card } = await chat.say(mira, '/freeze uat');
  expect(JSON.stringify(card)).not.toContain('"url"');
  expect(textOf(card)).toContain('${1+1}');
});
