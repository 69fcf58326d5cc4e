import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CheckResult, Plan, Run, Sandbox, Schedule } from '../../../engine/contracts.ts';
import type { Clock } from '../../../engine/clock.ts';
import { createDesk } from '../../../engine/journal/desk.ts';
import { createSigner } from '../../../engine/journal/signatures.ts';
import { createTicker } from '../../../bot/schedules/ticker.ts';
import { createVirtualClock } from '../../engine/doubles/virtualClock.ts';
import { aPlan, aiko, anInstallation, aSandbox, aSurvey, jonas, mira } from '../builders.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';

const DAY = 86_400_000;
const aSigner = (id: string) => createSigner({ id, key: generateKeyPairSync('ed25519').privateKey });

/** A schedule whose first occurrence Mira has approved in advance, and a bot that looks when it is told to. */
async function approved() {
  const clock = createVirtualClock('2026-11-23T10:00:00.000Z');
  const journal = createMemoryJournal(clock.now);
  let sandbox: Sandbox = aSandbox({ policy: { ...aSandbox().policy, rollbackOnFailure: 'automatic' } });
  const installation = {
    ...anInstallation(),
    get sandboxes() {
      return [sandbox];
    },
  };
  const wake = { plan: () => Promise.resolve(), proceed: () => Promise.resolve() };
  const parts = { journal, installation, wake, now: clock.now };
  const own = createDesk({ ...parts, sign: aSigner('bot') });
  const logged: string[] = [];
  const note = (event: string, fields: unknown) => void logged.push(JSON.stringify({ event, fields }));
  const log = { info: note, warn: note, error: note };
  const chat = { withoutThread: () => ({ id: 'c' }), conversationOf: () => 'c' };
  const looks = (desk = own, at: Clock = clock) =>
    createTicker({ journal, desk, installation, chat, clock: at, log } as unknown as Parameters<
      typeof createTicker
    >[0]).round();
  await journal.saveSurvey('uat', aSurvey());
  await own.addSchedule(jonas, {
    ...{ target: 'uat', source: 'prod', shownZone: 'UTC', reason: 'weekly', conversation: 'c', address: { id: 'c' } },
    rule: { every: { kind: 'weekly', days: [7], time: '22:00' }, moment: { kind: 'latest' }, zone: 'Europe/Berlin' },
  });
  const newest = async (): Promise<Run> => {
    const [run] = await journal.runs({ limit: 1 });
    if (!run) throw new Error('no run');
    return run;
  };
  /** The next occurrence, up to where its plan is confirmed: by itself, as far as it goes. */
  const next = async (changes: Partial<Plan> = {}, desk = own): Promise<Run> => {
    const before = (await journal.runs({})).length;
    for (let day = 0; day < 14 && (await journal.runs({})).length === before; day += 1) {
      await clock.advance(DAY);
      await looks(desk);
    }
    const { runId, at = '' } = await newest();
    const plan = aPlan(at, { schema: 'schema-1', ...changes });
    await journal.record(runId, { kind: 'plan-made', at, plan }, { actor: jonas });
    await looks(desk);
    return newest();
  };
  const schedule = async (): Promise<Schedule> => {
    const found = await journal.schedule(1);
    if (!found) throw new Error('no schedule');
    return found;
  };
  const first = await next();
  await own.approve(mira, first.runId, first.plan?.digest ?? '');
  if (first.plan) await own.approveStanding(mira, await schedule(), first.plan);
  const change = (changes: Partial<Sandbox>) => {
    sandbox = { ...sandbox, ...changes };
  };
  return { journal, clock, looks, next, schedule, first, own, change, parts, logged };
}

const warning: CheckResult = {
  ...{ name: 'space', title: 'Little space', outcome: 'warning', basis: 'measured', detail: '', remedy: 'x' },
};
const differing = (changes: Partial<Plan['binding']>) => ({ binding: { ...aPlan('').binding, ...changes } });

test('an approval in advance › approves what differs in its moment alone, signed, in the name of whoever gave it', async () => {
  const { next, schedule, first, journal } = await approved();
  expect((await schedule()).standing).toMatchObject({ by: { name: 'Mira Petrova' } });
  const run = await next();
  expect(run.runId).not.toBe(first.runId);
  expect(run).toMatchObject({
    state: 'queued',
    approval: { by: { id: mira.id, way: { kind: 'schedule', schedule: 1 } }, digest: run.plan?.digest },
  });
  expect(run.approval?.comment).toContain('Approved in advance');
  expect((await journal.hold('uat')).heldBy).toBeUndefined();
});

test.for<[string, Partial<Plan>, string]>([
  ['another release of the packs', differing({ packsHash: 'others' }), 'the rule packs'],
  ['another policy', differing({ policyHash: 'other' }), 'policy, commands or administrator'],
  ['other databases', differing({ sourceIdentity: 'other' }), 'the databases of the source'],
  ['other columns', { schema: 'schema-2' }, 'tables or columns of the source'],
])('an approval in advance › is over with %s, which is named, and the occurrence asks', async ([, changes, why]) => {
  const { next, schedule } = await approved();
  expect((await next(changes)).state).toBe('awaiting-approval');
  expect(await schedule()).toMatchObject({ standingEnded: { why } });
  expect((await schedule()).standing).toBeUndefined();
  // It does not come back with what it was given for.
  expect((await next()).state).toBe('awaiting-approval');
});

test.for<[string, Partial<Plan>]>([
  ['a finding that was not seen', { checks: [...aPlan('').checks, warning] }],
  ['a way back that goes', differing({ retires: ['R-1000'] })],
  ['another list of users that come back', differing({ profile: 'a list with one user more' })],
  ['columns that could not be read', { schema: undefined }],
])('an approval in advance › stays, and an occurrence with %s asks', async ([, changes]) => {
  const { next, schedule } = await approved();
  expect((await next(changes)).state).toBe('awaiting-approval');
  expect((await schedule()).standing).toBeDefined();
  expect((await next()).state).toBe('queued');
});

test('an approval in advance › is over when whoever gave it may no longer approve', async () => {
  const { next, schedule, change, logged } = await approved();
  change({ approvers: [aiko.id] });
  expect((await next()).state).toBe('awaiting-approval');
  expect((await schedule()).standingEnded?.why).toContain('Mira Petrova may no longer approve');
  // Who it was stands in the journal alone.
  expect(logged.join()).toContain('role-lost');
  expect(logged.join()).not.toContain('Petrova');
});

test('an approval in advance › lasts for ninety days', async () => {
  const { next, schedule, clock, journal } = await approved();
  await journal.setSchedule(1, 'paused', jonas);
  await clock.advance(85 * DAY);
  await journal.setSchedule(1, 'active', jonas);
  expect((await next()).state).toBe('queued');
  expect((await next()).state).toBe('awaiting-approval');
  expect((await schedule()).standingEnded?.why).toContain('its time is over');
});

test('an approval in advance › asks while an earlier run waits for a decision', async () => {
  const { next, journal, first, clock } = await approved();
  await clock.advance(Date.parse(first.scheduled?.at ?? '') - Date.parse(clock.now()));
  await journal.record(first.runId, { kind: 'start' }, { actor: jonas });
  const failure = { step: 'swap', code: 'x', message: 'x', remedy: 'x' } as const;
  await journal.record(first.runId, { kind: 'fail', failure, targetState: 'closed', figures: {} }, { actor: jonas });
  // From the night of the failure into the working hours of the next day.
  await clock.advance(DAY / 2);
  expect((await next()).state).toBe('awaiting-approval');
});

test('a plan › that comes at night only is asked for in the morning', async () => {
  const { journal, clock, looks } = await approved();
  const isOfNext = ({ scheduled }: Run) => scheduled !== undefined && scheduled.at > clock.now();
  let run: Run | undefined;
  for (let hour = 0; hour < 14 * 24 && !run?.isPlanning; hour += 1) {
    await clock.advance(DAY / 24);
    await looks();
    run = (await journal.runs({ states: ['draft'] })).find(isOfNext);
  }
  const { runId = '', at = '' } = run ?? {};
  const state = async () => (await journal.run(runId))?.state;
  await clock.advance(DAY / 2);
  await journal.record(runId, { kind: 'plan-made', at, plan: aPlan(at) }, { actor: jonas });
  await looks();
  expect([new Date(clock.now()).getUTCHours() >= 16, await state()]).toEqual([true, 'draft']);
  await clock.advance(DAY / 2);
  await looks();
  expect(await state()).toBe('awaiting-approval');
});

test('an approval in advance › is given by a second person who may approve, of a plan that can be compared', async () => {
  const { own, schedule, first } = await approved();
  const of = await schedule();
  const plan = first.plan ?? aPlan('');
  await expect(own.approveStanding(jonas, of, plan)).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(own.approveStanding(aiko, of, { ...plan, schema: undefined })).rejects.toMatchObject({
    code: 'standing-impossible',
  });
  await expect(own.approveStanding(mira, { ...of, by: mira }, plan)).rejects.toMatchObject({ code: 'own-approval' });
});

test('an approval in advance › that somebody has written into the journal approves nothing', async () => {
  const { next, journal, schedule } = await approved();
  const { standing } = await schedule();
  if (!standing) throw new Error('none');
  await journal.setStanding(1, { ...standing, findings: ['space: Little space'] });
  expect((await next({ checks: [warning] })).state).toBe('awaiting-approval');
  expect((await schedule()).standingEnded?.why).toContain('signature');
});

test('an occurrence › that is approved is skipped where somebody else keeps the sandbox at its start', async () => {
  const { first, journal, clock, looks } = await approved();
  const until = new Date(Date.parse(first.scheduled?.at ?? '') + DAY).toISOString();
  const wish = { until, reason: 'UAT round 3', takesOver: false };
  await journal.reserve('uat', { ...wish, by: aiko, ids: [aiko.id] });
  await clock.advance(Date.parse(first.scheduled?.at ?? '') - Date.parse(clock.now()) - 1000);
  await looks();
  expect((await journal.run(first.runId))?.state).toBe('queued');
  await clock.advance(1000);
  await looks();
  expect(await journal.run(first.runId)).toMatchObject({ state: 'aborted', ending: { why: 'reserved' } });
});

test('a schedule › whose bot came no further than to end it takes its approved run with it', async () => {
  const { first, journal, looks } = await approved();
  await journal.setSchedule(1, 'ended', mira);
  await looks();
  expect(await journal.run(first.runId)).toMatchObject({
    state: 'aborted',
    // Nobody has signed that it ended.
    ending: { why: 'ended', by: { name: 'Rewind' } },
  });
});

test('a schedule › that somebody has written into the journal asks in nobody’s name', async () => {
  const { parts, clock, looks, journal, first } = await approved();
  // By the key of another bot, which is as good as by none.
  const other = createDesk({ ...parts, sign: aSigner('another') });
  await clock.advance(21 * DAY);
  await looks(other);
  const [latest, ...earlier] = await journal.runs({});
  expect(latest).toMatchObject({ state: 'aborted', ending: { how: 'skipped', why: 'not-signed' } });
  expect(latest?.plan).toBeUndefined();
  expect(earlier.at(-1)?.runId).toBe(first.runId);
});
