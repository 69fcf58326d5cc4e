import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person } from '../../../engine/contracts.ts';
import { aSandbox, aiko, jonas, lars, mira } from '../builders.ts';
import { dataOf, openTestChat, textOf, verbsOf, type TestChat } from '../testChat.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openTestChat();
  chat.sandbox('uat', { policy: { ...aSandbox().policy, rollbackOnFailure: 'automatic' } });
});
afterEach(() => chat.close());

const WEEKLY = '/schedule uat every Sunday 22:00 as of Saturday 23:00 because weekly data';
const FILLED = {
  ...{ source: 'prod', often: 'weekly', days: '7', nth: '1', monthDay: 'day', date: '' },
  ...{ time: '22:00', asOf: '1', asOfTime: '23:00', reason: 'weekly data' },
};
// UAT has one source, so there is no field for it.
const { source: _, ...KEPT } = FILLED;
const preview = (person: Person, inputs: object, about: object = { target: 'uat' }) =>
  chat.invoke(person, 'preview-schedule', { ...about, ...FILLED, ...inputs });
const setUp = (person: Person, card: Record<string, unknown>) =>
  chat.invoke(person, 'set-up-schedule', dataOf(card, 'set-up-schedule'));
/** What stands in the fields. */
function valuesOf(card: unknown): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look);
    if (typeof node !== 'object' || node === null) return;
    const { type, id, value } = node as Record<string, unknown>;
    if (typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string') found[id] = value;
    Object.values(node).forEach(look);
  };
  look(card);
  return found;
}

/** Its next occurrence has its run. */
async function openOf(schedule: number): Promise<void> {
  const open = async () => (await chat.journal.openOccurrences(schedule)).length;
  for (let n = 0; n < 500 && (await open()) === 0; n += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await open()).toBe(1);
}

test('/schedule uat without a schedule › is a form, for whoever may set one up', async () => {
  const form = await chat.say(jonas, '/schedule uat');
  expect(textOf(form.card)).toContain('Let UAT be refreshed by itself');
  expect(textOf(form.card)).toContain('Every time is one on the wall in Europe/Berlin');
  expect(valuesOf(form.card)).toMatchObject({ often: 'weekly', days: '', time: '', asOf: 'latest', reason: '' });
  expect(textOf(form.card)).toContain('one of these approves the plan before it starts: Mira Petrova');
  expect(verbsOf(form.card)).toEqual(['preview-schedule']);
  // Whoever only looks is told that there is none.
  const looked = await chat.say(aiko, '/schedule uat');
  expect(textOf(looked.card)).toContain('Nothing comes by itself');
  expect(verbsOf(looked.card)).not.toContain('edit-schedule');
  expect(textOf((await chat.say(lars, '/schedule uat')).card)).toContain('not-allowed');
});

test('the form › is shown in words, zone and dates, and becomes the same schedule as the typed line', async () => {
  const shown = await preview(jonas, {});
  const text = textOf(shown);
  expect(text).toContain('every Sunday at 22:00, Europe/Berlin');
  expect(text).toContain('23:00 of the day before');
  for (const day of ['29 Nov', '6 Dec', '13 Dec']) expect(text).toContain(`Sun, ${day} 2026, 22:00`);
  expect(text).toContain('/schedule uat every Sunday 22:00 as of the day before 23:00 because weekly data');
  expect(await chat.journal.schedules()).toEqual([]);
  const answer = await setUp(jonas, shown);
  expect(textOf(answer)).toContain('S-1 of UAT is set up');
  await chat.connector.until(
    () => chat.connector.messages.some(({ card }) => textOf(card).includes('Schedule of UAT')),
    'the card of the schedule is posted',
  );
  const [made] = await chat.journal.schedules();
  await chat.journal.setSchedule(1, 'ended', jonas);
  await chat.say(jonas, WEEKLY);
  const [, typed] = await chat.journal.schedules();
  const { target, source, rule, reason, by, shownZone } = typed ?? {};
  expect(made).toMatchObject({ target, source, rule, reason, by, shownZone });
});

test('the form › keeps what was filled in, and says at its field what is wrong', async () => {
  const card = await preview(jonas, { days: '', asOf: '0', asOfTime: '23:30', reason: 'UAT {{DATE(x)}} round 3' });
  expect(textOf(card)).toContain('Choose at least one day');
  expect(textOf(card)).toContain('On the same day it has to be before the start');
  expect(valuesOf(card)).toMatchObject({ time: '22:00', asOf: '0', asOfTime: '23:30' });
  expect(JSON.stringify(card)).not.toContain('{{');
  expect(JSON.stringify(card)).toContain('round 3');
  const back = await chat.invoke(jonas, 'edit-schedule', dataOf(await preview(jonas, {}), 'edit-schedule'));
  expect(valuesOf(back)).toMatchObject(KEPT);
  // A client enforces nothing.
  const odd = await preview(jonas, { often: 'hourly', days: 'x,7,9', nth: '99', monthDay: '0', date: '2026-99-99' });
  expect(textOf(odd)).toContain('every Sunday at 22:00');
  expect(textOf(await chat.invoke(jonas, 'preview-schedule', { target: 'uat', time: { a: 1 } }))).toContain(
    'unreadable',
  );
  expect(textOf(await chat.invoke(jonas, 'preview-schedule', { target: 'nowhere', ...FILLED }))).toContain('unknown');
});

test('Set it up › pressed twice, also in another process, sets up one', async () => {
  const shown = await preview(jonas, { often: 'monthly', nth: '-1', monthDay: '7' });
  expect(textOf(shown)).toContain('every month on the last Sunday at 22:00, Europe/Berlin');
  await setUp(jonas, shown);
  await chat.restart();
  expect(textOf(await setUp(jonas, shown))).toContain('Schedule of UAT');
  expect(await chat.journal.schedules()).toHaveLength(1);
  // Somebody else’s is there already, and their form stays filled in.
  const twin = await preview(mira, { often: 'monthly', nth: '-1', monthDay: '7', reason: 'mine' });
  expect(textOf(twin)).toContain('S-1 refreshes UAT at these times already');
  expect(valuesOf(twin)).toMatchObject({ reason: 'mine' });
  expect(textOf(await setUp(mira, shown))).toContain('schedule-twice');
});

test('Change › leads from a schedule to the filled form, and ends it in the same moment as the new one begins', async () => {
  const card = await chat.say(jonas, WEEKLY);
  chat.now = '2026-11-26T08:00:00.000Z';
  await openOf(1);
  const form = await chat.click(jonas, card, 'edit-schedule');
  expect(textOf(form)).toContain('Change S-1 of UAT');
  expect(valuesOf(form)).toMatchObject(KEPT);
  expect(verbsOf(form)).toEqual(['preview-schedule', 'show-schedule']);
  // Another reason alone is another schedule too, at the same times.
  const shown = await preview(jonas, { asOf: 'latest', asOfTime: '' }, { schedule: 1 });
  expect(textOf(shown)).toContain('S-1 ends with it');
  expect(textOf(await setUp(aiko, shown))).toContain('not-allowed');
  expect(textOf(await setUp(jonas, shown))).toContain('S-2 of UAT is set up');
  const states = (await chat.journal.schedules()).map(({ number, state, rule }) => [number, state, rule.moment.kind]);
  expect(states).toEqual([
    [1, 'ended', 'days-before'],
    [2, 'active', 'latest'],
  ]);
  expect((await chat.journal.runs({})).at(-1)).toMatchObject({
    state: 'aborted',
    ending: { why: 'ended', by: { name: jonas.name } },
  });
  expect(textOf(await setUp(jonas, shown))).toContain('Schedule of UAT');
  expect(await chat.journal.schedules()).toHaveLength(2);
});

test('Change › that comes to nothing leaves the schedule and what it has planned, also where the same person set up the other one', async () => {
  await chat.say(jonas, WEEKLY);
  const shown = await preview(jonas, { days: '3' }, { schedule: 1 });
  chat.now = '2026-11-26T08:00:00.000Z';
  await openOf(1);
  await setUp(jonas, await preview(jonas, { days: '3' }));
  expect(textOf(await setUp(jonas, shown))).toContain('schedule-twice');
  expect((await chat.journal.schedules()).map(({ state }) => state)).toEqual(['active', 'active']);
  expect(await chat.journal.openOccurrences(1)).toHaveLength(1);
});

test('the form › is not shown where nothing could be set up, and says what a sandbox asks for', async () => {
  chat.sandbox('uat', { policy: { ...aSandbox().policy, rollbackOnFailure: 'offered' } });
  expect(textOf((await chat.say(jonas, '/schedule uat')).card)).toContain('schedule-unattended');
  chat.sandbox('uat', {
    policy: { ...aSandbox().policy, rollbackOnFailure: 'automatic' },
    requests: { reason: 'required', ticket: { pattern: 'CHG-\\d+', example: 'CHG-1234', required: true } },
  });
  expect(textOf(await preview(jonas, { reason: '' }))).toContain('asks for a');
  expect(textOf(await preview(jonas, { reason: 'weekly' }))).toContain('asks for a ticket');
  expect(textOf(await preview(jonas, { reason: 'CHG-77' }))).toContain('Is this what you mean for UAT?');
  expect(textOf(await preview(lars, {}))).toContain('not-allowed');
});

test('two who set up the same at the same moment › set up one', async () => {
  const shown = await preview(jonas, {});
  const answers = await Promise.all([setUp(jonas, shown), setUp(mira, shown)]);
  expect(await chat.journal.schedules()).toHaveLength(1);
  expect(answers.filter((card) => textOf(card).includes('schedule-twice'))).toHaveLength(1);
});

test('the cards of a schedule › say when nobody has to approve, where the file says so', async () => {
  chat.sandbox('uat', {
    policy: { ...aSandbox().policy, rollbackOnFailure: 'automatic', approvals: 'none' },
  });
  const free = 'Nobody has to approve';
  const form = await chat.say(jonas, '/schedule uat');
  const shown = await preview(jonas, {});
  await setUp(jonas, shown);
  const set = await chat.say(jonas, '/schedule uat');
  for (const card of [form.card, shown, set.card]) {
    expect(textOf(card)).toContain(free);
    expect(textOf(card)).not.toContain('without a plan that somebody else has approved');
    expect(textOf(card)).not.toContain('Each time, one of these');
  }
});
