import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Person, Run } from '../../../engine/contracts.ts';
import { aSandbox, aiko, jonas, lars, mira } from '../builders.ts';
import { openTestChat, stateOf, textOf, verbsOf, type TestChat } from '../testChat.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openTestChat();
  chat.sandbox('uat', { policy: { ...aSandbox().policy, rollbackOnFailure: 'automatic' } });
});
afterEach(() => chat.close());

const WEEKLY = '/schedule uat every Sunday 22:00 as of Saturday 23:00 because weekly data';
const say = async (person: Person, text: string) => textOf((await chat.say(person, text)).card);
const runs = () => chat.journal.runs({});
/** What the ticker does is seen in the journal, and it looks by itself. */
const until = async (what: string, isSo: (run: Run | undefined) => boolean, place = 0): Promise<Run> => {
  let run: Run | undefined;
  const deadline = performance.now() + 20_000;
  do {
    run = (await runs())[place];
    if (isSo(run)) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  } while (performance.now() < deadline);
  if (!run || !isSo(run)) throw new Error(`Not yet: ${what}: ${JSON.stringify(run)}\n${chat.logged.join('\n')}`);
  return run;
};

test('a schedule › is set up by a line, and shows its next dates and what can be done', async () => {
  const made = await chat.say(jonas, WEEKLY);
  const text = textOf(made.card);
  expect(text).toContain('every Sunday at 22:00, Europe/Berlin');
  expect(text).toContain('23:00 of the day before');
  expect(text).toContain('Sun, 29 Nov 2026, 22:00');
  expect(text).toContain('Sun, 13 Dec 2026, 22:00');
  // Two working days between: Thursday and Friday.
  expect(text).toContain('plan and approval from Thu, 26 Nov 2026, 09:00');
  expect(verbsOf(made.card)).toEqual(
    expect.arrayContaining(['skip-occurrence', 'run-schedule', 'pause-schedule', 'end-schedule']),
  );
  expect(await runs()).toEqual([]);
  expect((await chat.journal.hold('uat')).heldBy).toBeUndefined();
  expect(await say(lars, '/schedules')).not.toContain('UAT');
  expect(await say(aiko, '/schedules')).toContain('UAT · S-1');
  expect(await say(aiko, '/schedule uat')).toContain('every Sunday at 22:00');
  expect(await say(aiko, '/status')).toContain('next by schedule Sun, 29 Nov 2026, 22:00');
  // Without a run, and with one.
  expect(await say(aiko, '/status uat')).toContain('next by schedule Sun, 29 Nov 2026, 22:00');
  await chat.say(jonas, '/refresh uat 2026-11-20 18:00');
  expect(await say(aiko, '/status uat')).toContain('next by schedule Sun, 29 Nov 2026, 22:00');
  expect(await say(aiko, '/status R-1042')).not.toContain('next by schedule');
});

test('an occurrence › is planned and asked for in working hours, holds nothing, and starts once it is approved', async () => {
  await chat.say(jonas, WEEKLY);
  chat.now = '2026-11-26T08:00:00.000Z';
  const drafted = await until('a moment is chosen', (run) => run?.isPlanning === true);
  expect(drafted).toMatchObject({ at: '2026-11-28T22:00:00.000Z', requestedBy: { way: { kind: 'schedule' } } });
  await chat.plan(drafted.runId, { triedWith: '2026-11-26T07:50:00.000Z' });
  const asked = await until('approval is asked', (run) => run?.state === 'awaiting-approval');
  expect(asked.expiresAt).toBe('2026-11-29T21:00:00.000Z');
  expect((await chat.journal.hold('uat')).heldBy).toBeUndefined();
  const approvalCard = () => chat.connector.messages.find(({ card }) => verbsOf(card).includes('approve-run'));
  await chat.connector.until(() => approvalCard() !== undefined, 'the approval is posted');
  const card = approvalCard();
  if (!card) throw new Error('no card');
  expect(textOf(card.card)).toContain('by schedule S-1');
  expect(textOf(card.card)).toContain(
    'The plan was made with PROD of Thu, 26 Nov 2026, 08:50, as Sat, 28 Nov 2026, 23:00 was still to come.',
  );
  // Whoever set it up has asked for it.
  const approved = async (person: Person) => textOf(await chat.click(person, card, 'approve-run'));
  expect(await approved(mira)).toContain('Approved by');
  expect((await runs())[0]).toMatchObject({ state: 'queued', scheduled: { at: '2026-11-29T21:00:00.000Z' } });
  expect((await chat.journal.hold('uat')).heldBy).toBeUndefined();
  expect(await say(jonas, '/status')).toContain('next by schedule Sun, 29 Nov');
});

test('an occurrence › is approved in advance of those that follow, which the card of its schedule says until it is ended', async () => {
  const made = await chat.say(jonas, WEEKLY);
  chat.now = '2026-11-26T08:00:00.000Z';
  const { runId } = await until('a moment is chosen', (run) => run?.isPlanning === true);
  await chat.plan(runId, { schema: 'columns' });
  const find = () => chat.connector.messages.find(({ card }) => verbsOf(card).includes('approve-in-advance'));
  await chat.connector.until(() => find() !== undefined, 'the approval is posted');
  const card = find();
  if (!card) throw new Error('no card');
  expect(textOf(await chat.click(jonas, card, 'approve-in-advance'))).toContain('not-allowed');
  expect((await chat.journal.schedule(1))?.standing).toBeUndefined();
  expect(textOf(await chat.click(mira, card, 'approve-in-advance'))).toContain('Approved by');
  expect((await runs())[0]?.state).toBe('queued');
  const shown = await chat.say(aiko, '/schedule uat');
  expect(textOf(shown.card)).toContain('Approved in advance | by Mira Petrova, until Wed, 24 Feb 2027');
  expect(verbsOf(made.card)).not.toContain('end-standing');
  expect(textOf(await chat.click(aiko, shown, 'end-standing'))).toContain('Aiko Tanaka has it asked for each time');
  expect((await chat.journal.schedule(1))?.standing).toBeUndefined();
});

test('an occurrence › that nobody has approved is skipped at its start, and that is said where it was set up', async () => {
  await chat.say(jonas, WEEKLY);
  chat.now = '2026-11-26T08:00:00.000Z';
  const { runId } = await until('a moment is chosen', (run) => run?.isPlanning === true);
  await chat.plan(runId);
  await until('approval is asked', (run) => run?.state === 'awaiting-approval');
  chat.now = '2026-11-29T21:00:00.000Z';
  const skipped = await until('it is skipped', (run) => run?.state === 'aborted');
  expect(skipped.ending).toMatchObject({ how: 'skipped', why: 'not-approved' });
  const said = () =>
    chat.connector.messages.some(
      (one) => stateOf(one) === 'Skipped' && textOf(one.card).includes('nobody had approved'),
    );
  await chat.connector.until(said, 'it is said');
});

test('a schedule › is paused, taken up again, skipped and ended by whoever may, also from another card', async () => {
  const made = await chat.say(jonas, WEEKLY);
  expect(textOf(await chat.click(lars, made, 'pause-schedule'))).toContain('not-allowed');
  expect(textOf(await chat.click(aiko, made, 'skip-occurrence'))).toContain('Sun, 6 Dec 2026, 22:00');
  expect(await say(aiko, '/schedules')).toContain('next Sun, 6 Dec 2026, 22:00');
  expect((await runs())[0]).toMatchObject({
    state: 'aborted',
    ending: { why: 'by-hand', by: { name: 'Aiko Tanaka' } },
  });
  const paused = await chat.click(aiko, made, 'pause-schedule');
  expect(textOf(paused)).toContain('Paused by');
  expect(verbsOf(paused)).not.toContain('skip-occurrence');
  expect(await say(aiko, '/schedule uat resume')).toContain('not-allowed');
  expect(await say(mira, '/schedule uat resume')).toContain('Sun, 6 Dec 2026, 22:00');
  expect(await say(aiko, '/schedule S-1 end')).toContain('Ended');
  expect(await say(aiko, '/schedule S-1 pause')).toContain('schedule-outdated');
  expect(await say(aiko, '/schedules')).toContain('Nothing comes by itself');
});

test('a schedule › that is paused takes its open runs with it, and what passes meanwhile is nobody’s', async () => {
  await chat.say(jonas, WEEKLY);
  chat.now = '2026-11-26T08:00:00.000Z';
  await until('a run is drafted', (run) => run !== undefined);
  await chat.say(mira, '/schedule uat pause');
  await until('it is skipped', (run) => run?.ending?.why === 'paused');
  chat.now = '2026-12-15T08:00:00.000Z';
  await chat.say(mira, '/schedule uat resume');
  chat.now = '2026-12-17T08:01:00.000Z';
  const next = await until('the next is drafted', (run) => run?.scheduled?.at === '2026-12-20T21:00:00.000Z');
  expect(next.state).toBe('draft');
  expect(await runs()).toHaveLength(2);
});

test('a schedule › Run now is a request like any other, with a plan and an approval of its own', async () => {
  const made = await chat.say(jonas, WEEKLY);
  expect(textOf(await chat.click(lars, made, 'run-schedule'))).toContain('not-allowed');
  await chat.click(mira, made, 'run-schedule');
  const [run] = await runs();
  expect(run).toMatchObject({
    isPlanning: true,
    requestedBy: { name: 'Mira Petrova' },
    at: '2026-11-22T22:00:00.000Z',
  });
  expect(run?.scheduled).toBeUndefined();
});

test('a schedule › whose sandbox is frozen waits for the thaw, and is skipped where it does not come', async () => {
  await chat.say(jonas, WEEKLY);
  await chat.say(mira, '/freeze uat until 30 Nov, month-end');
  expect(await say(jonas, '/schedule uat')).toContain('skipped unless the freeze is lifted');
  chat.now = '2026-11-29T21:00:01.000Z';
  const skipped = await until('it is skipped', (run) => run?.state === 'aborted');
  expect(skipped.ending).toMatchObject({ why: 'frozen' });
  expect(skipped.ending?.reason).toContain('month-end');
});

test('a schedule › whose sandbox somebody else keeps is skipped, and says who', async () => {
  await chat.say(jonas, WEEKLY);
  await chat.say(mira, '/reserve uat until 4 Dec, UAT round 3');
  chat.now = '2026-11-29T21:00:01.000Z';
  const skipped = await until('it is skipped', (run) => run?.state === 'aborted');
  expect(skipped.ending).toMatchObject({ why: 'reserved' });
  expect(skipped.ending?.reason).toContain('UAT round 3');
});

test('what was missed while everything was down › is skipped, said once, and never made up for', async () => {
  await chat.say(jonas, WEEKLY);
  await chat.bot.close();
  chat.now = '2026-12-16T10:00:00.000Z';
  await chat.restart();
  await until(
    'the last one is skipped',
    (run) => run?.scheduled?.at === '2026-12-13T21:00:00.000Z' && run.endedAt !== undefined,
  );
  const all = await runs();
  expect(all.map(({ ending, scheduled }) => [ending?.why, scheduled?.at.slice(0, 10)])).toEqual([
    ['missed', '2026-12-13'],
    ['missed', '2026-12-06'],
    ['missed', '2026-11-29'],
  ]);
  const said = () => chat.connector.messages.some((one) => stateOf(one) === 'Skipped');
  await chat.connector.until(said, 'it is said');
  const shown = await Promise.all(all.map(async ({ runId }) => (await chat.journal.cards(runId)).length > 0));
  expect(shown).toEqual([true, false, false]);
  expect(await say(jonas, '/schedule uat')).toContain('Sun, 20 Dec 2026, 22:00');
});

test('a schedule › is refused where nobody would watch, where it says no time, or where it is there already', async () => {
  expect(await say(jonas, '/schedule')).toContain('name-missing');
  expect(await say(aiko, WEEKLY)).toContain('not-allowed');
  expect(await say(jonas, '/schedule uat every Sunday')).toContain('schedule-unclear');
  expect(await say(jonas, '/schedule uat once yesterday 22:00')).toContain('is over already');
  expect(await say(jonas, '/schedule uat pause')).toContain('which-schedule');
  expect(await say(jonas, '/schedule uat from test every Sunday 22:00')).toContain('source-not-listed');
  expect(await say(jonas, '/schedule S-7')).toContain('schedule-not-found');
  expect(await say(jonas, WEEKLY)).toContain('S-1');
  expect(await say(mira, '/schedule uat every Sunday 22:00')).toContain('schedule-twice');
  chat.sandbox('uat', {});
  expect(await say(jonas, '/schedule uat every day 20:00')).toContain('schedule-unattended');
  chat.sandbox('uat', { schedules: { ...rules, onCall: mira.id } });
  expect(await say(jonas, '/schedule uat every day 20:00')).toContain('Mira Petrova');
  chat.sandbox('uat', { policy: { ...aSandbox().policy, cutover: { kind: 'on-click' } }, schedules: rules });
  expect(await say(jonas, '/schedule uat every day 21:00')).toContain('presses “Switch now”');
});
const rules = {
  planAheadMs: 86_400_000,
  askAheadDays: 2,
  workingHours: { from: '09:00', to: '17:00' },
  tooLate: 'keep',
} as const;

test('a schedule › whose sandbox has vanished from the file is skipped, and may be ended by whoever set it up', async () => {
  await chat.say(jonas, WEEKLY);
  chat.sandbox('uat', { name: 'was-uat' });
  chat.now = '2026-11-29T21:00:01.000Z';
  await until('it is skipped', (run) => run?.ending?.why === 'sandbox-gone');
  expect(await say(aiko, '/schedule S-1')).not.toContain('weekly data');
  // Whoever set it up finds it, and nobody else.
  expect(await say(jonas, '/schedules')).toContain('S-1');
  expect(await say(aiko, '/schedules')).not.toContain('S-1');
  expect(await say(jonas, '/schedule S-1 end')).toContain('Ended');
});

test('a schedule › whose group of requesters or approvers is emptied is skipped, and says whose role is gone', async () => {
  await chat.say(jonas, WEEKLY);
  const { approvers, requesters } = aSandbox();
  chat.sandbox('uat', { approvers: [] });
  chat.now = '2026-11-29T21:00:01.000Z';
  const first = await until('it is skipped', (run) => run?.ending?.why === 'not-allowed');
  expect(first.ending?.reason).toContain('not enough people who may approve for UAT');
  chat.sandbox('uat', { approvers, requesters: requesters.filter((id) => id !== jonas.id) });
  chat.now = '2026-12-06T21:00:01.000Z';
  const second = await until(
    'the next is skipped',
    (run) => run?.scheduled?.at === '2026-12-06T21:00:00.000Z' && run.ending !== undefined,
  );
  expect(second.ending).toMatchObject({
    why: 'not-allowed',
    reason: `${jonas.name} may no longer ask for a refresh of UAT`,
  });
});

test('a clock that is put back › makes no second run of an occurrence, and none of one that is over', async () => {
  await chat.say(jonas, WEEKLY);
  chat.now = '2026-11-26T08:00:00.000Z';
  const { runId } = await until('a run is drafted', (run) => run !== undefined);
  chat.now = '2026-11-29T21:00:01.000Z';
  await until('its time is over', (run) => run?.ending?.how === 'skipped');
  // The ticker asks for all schedules at each look.
  const { schedules } = chat.journal;
  let looks = 0;
  chat.journal.schedules = (filter) => {
    looks += 1;
    return schedules(filter);
  };
  for (const past of ['2026-11-27T08:00:00.000Z', '2026-11-22T08:00:00.000Z', '2026-11-29T20:59:59.000Z']) {
    chat.now = past;
    const before = looks;
    await vi.waitUntil(() => looks > before + 3, { timeout: 20_000 });
    expect((await runs()).map((run) => run.runId)).toEqual([runId]);
    // What is next is behind the one that has had its run.
    expect(await say(aiko, '/schedule S-1')).toContain('Sun, 6 Dec 2026, 22:00');
  }
  expect((await chat.journal.schedule(1))?.handledUntil).toBe('2026-11-29T21:00:00.000Z');
});

test('a schedule of one time › is over once that has come to something or nothing', async () => {
  expect(await say(jonas, '/schedule uat once Friday 22:00')).toContain('once, Fri, 27 Nov 2026 at 22:00');
  chat.now = '2026-11-27T21:00:01.000Z';
  await until('it is skipped', (run) => run?.ending?.how === 'skipped');
  const isEnded = async () => (await chat.journal.schedule(1))?.state === 'ended';
  for (let n = 0; n < 500 && !(await isEnded()); n += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await say(jonas, '/schedule S-1')).toContain('Ended by');
  expect(await runs()).toHaveLength(1);
});

test('a reason › that is hostile stays text on the card', async () => {
  const { card } = await chat.say(
    jonas,
    '/schedule uat every Sunday 22:00 because [click](https://evil.example) <at>Everyone</at> ${1+1}',
  );
  expect(JSON.stringify(card)).not.toContain('"url"');
  expect(textOf(card)).toContain('${1+1}');
});
