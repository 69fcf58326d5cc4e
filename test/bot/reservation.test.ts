import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../engine/contracts.ts';
import { HOSTILE } from '../cards/hostile.ts';
import { aiko, jonas, lars, mira, NOW, TENANT } from './builders.ts';
import { GROUP, openTestChat, textOf, verbsOf, type TestChat } from './testChat.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openTestChat();
});
afterEach(() => chat.close());

const say = async (person: Person, text: string) => textOf((await chat.say(person, text)).card);
const kept = async () => (await chat.journal.hold('uat')).reservation;

async function planned(person: Person) {
  const sent = await chat.say(person, '/refresh uat at 2026-11-20T17:00:00.000Z');
  const [run] = await chat.journal.runs({ limit: 1 });
  const runId = run?.runId ?? '';
  await chat.plan(runId);
  await chat.connector.until(() => verbsOf(sent.card).includes('confirm-run'), 'the plan is shown');
  return { sent, runId };
}

test('a reservation › is shown with owner, reason and age, and nobody else confirms a refresh before taking it over', async () => {
  expect(await say(jonas, '/reserve uat')).toContain('UAT is not reserved');
  const set = await say(mira, '/reserve uat until Friday, UAT round 3, all of finance');
  expect(set).toContain('UAT round 3, all of finance');
  expect(await kept()).toMatchObject({ until: '2026-11-27T23:00:00.000Z', by: { id: mira.id } });
  chat.now = '2026-11-25T10:00:00.000Z';
  expect(await say(jonas, '/status')).toMatch(/reserved by Mira Petrova until .*, for 2 days so far: UAT round 3/);
  const { sent, runId } = await planned(jonas);
  expect(textOf(sent.card)).toMatch(/UAT is reserved by Mira Petrova until .*, since Mon, 23 Nov/);
  const confirm = { confirm: 'uat', reason: 'a test' };
  const refused = textOf(await chat.click(jonas, sent, 'confirm-run', confirm));
  expect(refused).toContain('Mira Petrova has reserved uat until');
  expect(refused).toContain('reserved');
  expect((await chat.journal.run(runId))?.state).toBe('draft');
  const shown = await chat.say(jonas, '/reserve uat');
  expect(verbsOf(shown.card)).toContain('take-over-reservation');
  expect(textOf(await chat.click(jonas, shown, 'take-over-reservation', { why: ' ' }))).toContain(
    'reservation-unclear',
  );
  expect((await kept())?.by.id).toBe(mira.id);
  expect(textOf(await chat.click(jonas, shown, 'take-over-reservation', { why: 'Month-end' }))).toContain('Month-end');
  expect(await kept()).toMatchObject({ until: '2026-11-27T23:00:00.000Z', by: { id: jonas.id }, reason: 'Month-end' });
  expect((await chat.journal.reservations('uat')).map(({ by, endedBy }) => [by.name, endedBy?.name])).toEqual([
    ['Jonas Weber', undefined],
    ['Mira Petrova', 'Jonas Weber'],
  ]);
  await chat.connector.until(() => textOf(sent.card).includes('reserved by Jonas Weber'), 'the plan says so');
  await chat.click(jonas, sent, 'confirm-run', confirm);
  expect((await chat.journal.run(runId))?.state).toBe('awaiting-approval');
});

test('whoever loses a sandbox to somebody else › is told in their own chat and in its home', async () => {
  const own = { conversation: { id: 'a:mira', tenantId: TENANT, conversationType: 'personal' } };
  await chat.say(mira, '/help', { ...own, localTimezone: 'America/New_York' });
  const group = { conversation: { id: GROUP, tenantId: TENANT, conversationType: 'groupChat' } };
  await chat.say(aiko, '/home uat', group);
  await chat.say(mira, '/reserve uat until Friday, UAT round 3');
  const shown = await chat.say(jonas, '/reserve uat');
  await chat.click(jonas, shown, 'take-over-reservation', { why: HOSTILE.slice(0, 300) });
  const told = (place: string) =>
    chat.connector.messages.find(
      (one) => one.conversation === place && textOf(one.card).includes('Jonas Weber has taken UAT over'),
    );
  await chat.connector.until(() => told('a:mira') !== undefined && told(GROUP) !== undefined, 'both are told');
  const card = JSON.stringify(told(GROUP)?.card);
  // Each as it is read there: the end of Friday in Berlin is no midnight in New York.
  expect(textOf(told('a:mira')?.card)).toContain('18:00');
  expect(textOf(told(GROUP)?.card)).not.toContain('18:00');
  expect(card).not.toContain('{{');
  expect(card).not.toMatch(/"type":"TextBlock","text":"[^"]*evil/);
});

test('a reservation › is released by its owner or by whoever may approve, and by nobody else', async () => {
  await say(jonas, '/reserve uat until Friday, UAT round 3');
  expect(await say(lars, '/reserve uat release')).toContain('not-allowed');
  chat.sandbox('uat', { operators: [lars.id] });
  expect(await say(lars, '/reserve uat release')).toContain('not-allowed');
  expect(await say(lars, '/reserve uat until Friday, mine')).toContain('By Jonas Weber');
  expect((await kept())?.by.id).toBe(jonas.id);
  const own = await chat.say(jonas, '/reserve uat');
  expect(textOf(await chat.click(jonas, own, 'release-reservation'))).toContain('UAT is no longer reserved');
  expect(await kept()).toBeUndefined();
  await say(jonas, '/reserve uat until Friday, UAT round 3');
  expect(await say(aiko, '/reserve uat freigeben')).toContain('UAT is no longer reserved');
  expect(await say(aiko, '/reserve uat release')).toContain('UAT is not reserved');
  expect(await say(jonas, '/history uat')).toMatch(/Last reservation: by Jonas Weber, .* · ended by Aiko Tanaka, /);
});

test('a reservation › of longer, past or unclear ends, without a reason, by nobody, or of nothing is not set', async () => {
  expect(await say(lars, '/reserve uat until Friday, mine')).toContain('not-allowed');
  expect(await say(lars, '/reserve uat')).toContain('not-allowed');
  expect(await say(jonas, '/reserve')).toContain('name-missing');
  expect(await say(jonas, '/reserve nowhere until Friday, x')).toContain('unknown-target');
  expect(await say(jonas, '/reserve uat until Friday')).toContain('What is it kept for?');
  expect(await say(jonas, '/reserve uat until yesterday, x')).toContain('is over already');
  expect(await say(jonas, '/reserve uat until 12/11/2027, x')).toContain('can mean');
  expect(await say(jonas, '/reserve uat until whenever, x')).toContain('is not an end to come');
  expect(await say(jonas, '/reserve uat until 24 Dec, x')).toContain('A reservation lasts 30 days at most');
  expect(await kept()).toBeUndefined();
  expect(await say(jonas, '/reserve uat until 22 Dec, x')).toContain('UAT is reserved');
  expect(Date.parse((await kept())?.until ?? '') - Date.parse(NOW)).toBeLessThan(30 * 86_400_000);
});

test('a reservation › whose time is over counts no more, and its reason stays text', async () => {
  await say(mira, `/reserve uat until Friday, ${HOSTILE.slice(0, 250)}`);
  const { sent } = await planned(jonas);
  const card = JSON.stringify(sent.card);
  expect(card).not.toContain('{{');
  expect(card).not.toMatch(/"type":"TextBlock","text":"[^"]*evil/);
  expect(JSON.stringify((await chat.say(mira, '/reserve uat')).card)).not.toContain('"url"');
  chat.now = '2026-11-28T10:00:00.000Z';
  expect(await say(jonas, '/status')).not.toContain('reserved by');
  expect(await say(jonas, '/reserve uat')).toContain('UAT is not reserved');
});
