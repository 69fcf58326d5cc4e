import { expect, test } from 'vitest';
import type { Command, Person, Run, Schedule, ScheduledFor } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import { JONAS, MIRA, NOOR } from '../../builders.ts';
import { address, fact, pack, promising } from '../doubles/smallCompany.ts';
import { aHouse, type House, type HouseOptions } from '../house.ts';

const HOUR = 3_600_000;
const BY_SCHEDULE: Person = { ...JONAS, way: { kind: 'schedule', schedule: 1 } };
const signal = new AbortController().signal;

/** Tomorrow at noon, production as of an hour before: half a day away when it is planned. */
async function anOccurrence(options: HouseOptions = {}, limits: Partial<ScheduledFor> = {}) {
  const house = aHouse(options);
  const now = Date.parse(house.clock.now());
  const inHours = (hours: number) => new Date(now + hours * HOUR).toISOString();
  const schedule: Schedule = await house.journal.addSchedule({
    ...{ target: 'uat', source: 'prod', by: JONAS, shownZone: 'UTC', reason: 'weekly', conversation: '', address: {} },
    rule: { every: { kind: 'weekly', days: [6], time: '12:00' }, moment: { kind: 'latest' }, zone: 'UTC' },
  });
  const scheduled = { schedule: 1, at: inHours(24), moment: schedule.rule.moment, tooLate: 'keep', ...limits } as const;
  const { runId } = await house.desk.draftOccurrence(schedule, scheduled);
  await house.desk.chooseMoment(BY_SCHEDULE, runId, inHours(23));
  const engine = createEngine(house.parts);
  await engine.plan(runId, signal);
  /** Backups of the hours that have passed. */
  const passes = async (hours: number) => {
    await house.clock.advance(hours * HOUR);
    house.world.commit('application', address(50 + hours));
    await engine.survey('uat');
  };
  return { house, runId, passes, inHours, schedule, scheduled };
}

async function anApprovedOccurrence(options?: HouseOptions, limits?: Partial<ScheduledFor>) {
  const found = await anOccurrence(options, limits);
  const { house, runId } = found;
  const digest = (await house.run(runId)).plan?.digest ?? '';
  await house.desk.confirm(JONAS, runId, digest, 'weekly');
  await house.desk.approve(MIRA, runId, digest);
  return found;
}

const endOf = async (house: House, runId: string): Promise<Partial<Run>> => {
  await house.proceed(runId);
  const { state, ending, failure, targetState, copyKeptUntil } = await house.run(runId);
  return { state, ...(ending && { ending }), ...(failure && { failure }), targetState, copyKeptUntil };
};

test('an occurrence › whose moment lies ahead is planned with the newest backup, and bound to its moment and its rule', async () => {
  const { house, runId, inHours, scheduled } = await anOccurrence();
  const { plan } = await house.run(runId);
  expect(plan?.triedWith).toBeDefined();
  expect(plan?.triedWith && plan.triedWith < house.clock.now()).toBe(true);
  expect(plan?.binding).toMatchObject({
    at: { application: inHours(23), financialReporting: inHours(23) },
    occurrence: { schedule: 1, at: scheduled.at, moment: { kind: 'latest' } },
  });
});

test('an occurrence › has the moment of its rule, whoever would like another one', async () => {
  const { house, runId, inHours } = await anOccurrence();
  await expect(house.desk.chooseMoment(JONAS, runId, inHours(-1))).rejects.toMatchObject({ code: 'outdated-request' });
});

test('a moment that lies ahead › is planned for nobody but a schedule', async () => {
  const house = aHouse();
  const { runId } = await house.desk.draft(JONAS, 'uat', 'UTC');
  await house.desk.chooseMoment(JONAS, runId, '2026-12-01T12:00:00.000Z');
  await createEngine(house.parts).plan(runId, signal);
  expect(await house.run(runId)).toMatchObject({ failure: { step: 'plan' } });
});

test('an occurrence › starts at its time and not before, holds its sandbox from then on, and restores its moment', async () => {
  const { house, runId, passes, inHours } = await anApprovedOccurrence();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('queued');
  expect((await house.journal.hold('uat')).heldBy).toBeUndefined();
  await passes(24);
  expect(await endOf(house, runId)).toMatchObject({ state: 'completed', targetState: 'new' });
  expect((await house.run(runId)).plan?.binding.at.application).toBe(inHours(23));
  // An address of production as of the moment, and none of later.
  expect(house.content().addresses).toHaveLength(2);
});

test('an occurrence › waits for backups that are late, for an hour, and says what is missing after that', async () => {
  const { house, runId } = await anApprovedOccurrence();
  await house.clock.advance(24 * HOUR);
  await createEngine(house.parts).survey('uat');
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('queued');
  await house.clock.advance(HOUR + 1000);
  expect(await endOf(house, runId)).toMatchObject({
    ...{ state: 'failed', targetState: 'old' },
    failure: { step: 'check-prerequisites' },
  });
  expect(house.world.actions).toEqual([]);
});

test('an occurrence › that finds something else than was approved changes nothing', async () => {
  const policy = { rollbackOnFailure: 'automatic' } as const;
  const { house, runId, passes } = await anApprovedOccurrence({ sandbox: { policy } });
  await passes(24);
  const [sandbox] = house.parts.installation.sandboxes;
  if (!sandbox) throw new Error('no sandbox');
  const changed = { ...sandbox, policy: { ...sandbox.policy, integrityCheck: 'full' as const } };
  await house.proceed(runId, { parts: { installation: { ...house.parts.installation, sandboxes: [changed] } } });
  expect(await house.run(runId)).toMatchObject({ state: 'failed', failure: { code: 'plan-drifted' } });
  expect(house.world.actions).toEqual([]);
});

test.for<[string, (house: House) => Promise<unknown>, number, string]>([
  ['no worker took', () => Promise.resolve(), 27, 'missed'],
  ['finds its sandbox frozen', (house) => freeze(house), 24, 'frozen'],
  ['finds its sandbox another run’s', (house) => house.approvedRun(), 24, 'busy'],
  ['finds its sandbox kept by somebody else', (house) => reserve(house), 24, 'reserved'],
  ['finds that whoever set it up may no longer ask', async (house) => forbid(house), 24, 'not-allowed'],
  ['finds its schedule ended, by a bot that came no further', (house) => setTo(house, 'ended'), 24, 'ended'],
  ['finds its schedule paused', (house) => setTo(house, 'paused'), 24, 'paused'],
])('an occurrence › that %s is skipped', async ([, happens, hours, why]) => {
  const { house, runId, passes } = await anApprovedOccurrence();
  await passes(hours);
  await happens(house);
  expect(await endOf(house, runId)).toMatchObject({ state: 'aborted', ending: { how: 'skipped', why } });
  expect(house.world.actions).toEqual([]);
});

test.for<[string, Person, Partial<Run>]>([
  ['somebody else keeps', MIRA, { state: 'aborted', ending: { how: 'skipped', why: 'reserved' } as Run['ending'] }],
  ['whoever set it up keeps', JONAS, { state: 'completed' }],
])('an occurrence › whose sandbox %s from the very moment of its start on is decided by that', async ([, by, end]) => {
  const wish = { until: '2026-12-20T00:00:00.000Z', reason: 'UAT round 3', takesOver: false, by, ids: [by.id] };
  let isReserved = false;
  const reservedAtStart = (journal: Journal): Journal => ({
    ...journal,
    async record(runId, event, options) {
      if (event.kind === 'start' && !isReserved) {
        isReserved = true;
        await journal.reserve('uat', wish);
      }
      return journal.record(runId, event, options);
    },
  });
  const { house, runId, passes } = await anApprovedOccurrence({ journal: reservedAtStart });
  await passes(24);
  expect(await endOf(house, runId)).toMatchObject(end);
  expect(isReserved).toBe(true);
});

const freeze = (house: House) =>
  house.journal.freeze('uat', { until: '2026-12-20T00:00:00.000Z', reason: 'month-end', by: MIRA });
const reserve = (house: House) => {
  const wish = { until: '2026-12-20T00:00:00.000Z', reason: 'UAT round 3', takesOver: false };
  return house.journal.reserve('uat', { ...wish, by: MIRA, ids: [MIRA.id] });
};
const forbid = ({ parts: { installation } }: House): void => {
  const sandboxes = installation.sandboxes.map((one) => ({ ...one, requesters: [MIRA.id] }));
  Object.assign(installation, { sandboxes });
};
const setTo = (house: House, state: 'ended' | 'paused') => house.journal.setSchedule(1, state, MIRA);

test('two schedules at once › the first takes the sandbox, the second is skipped and says whose it is', async () => {
  const { house, runId, passes, schedule, scheduled } = await anApprovedOccurrence();
  // Of the same moment here, though not of the same days.
  const every = { kind: 'weekly' as const, days: [1, 2, 3, 4, 5, 6, 7], time: schedule.rule.every.time };
  const twin = await house.journal.addSchedule({ ...schedule, rule: { ...schedule.rule, every } });
  const { runId: second } = await house.desk.draftOccurrence(twin, { ...scheduled, schedule: twin.number });
  await house.desk.chooseMoment(BY_SCHEDULE, second, (await house.run(runId)).at ?? '');
  await createEngine(house.parts).plan(second, signal);
  const digest = (await house.run(second)).plan?.digest ?? '';
  await house.desk.confirm(JONAS, second, digest, 'weekly');
  await house.desk.approve(MIRA, second, digest);
  await passes(24);
  await house.journal.record(runId, { kind: 'start' }, { actor: JONAS });
  expect(await endOf(house, second)).toMatchObject({
    state: 'aborted',
    ending: { why: 'busy', reason: `uat is held by ${runId}` },
  });
  expect(await endOf(house, runId)).toMatchObject({ state: 'completed' });
});

const slow: Command = { command: 'true', args: [], timeoutMs: 5000 };
const inHours = (hours: number) => new Date(Date.parse('2026-11-20T12:00:01.000Z') + hours * HOUR).toISOString();
/** Ready after a day, and to be switched an hour later, because people are warned of it. */
const warned: HouseOptions = { sandbox: { policy: { cutoverWarningMs: HOUR }, commands: { announce: slow } } };
const hasCopy = (house: House) => Object.keys(house.databases()).some((name) => name.includes('incoming'));

test.for<[string, Partial<ScheduledFor>]>([
  ['after latestSwitch', { switchBy: inHours(24.5) }],
  ['too late to be back, by an hour where nothing is measured', { backBy: inHours(25.9) }],
])(
  'an occurrence › that is ready %s switches nothing, and somebody who is there may go on with its copy',
  async ([, limits]) => {
    const { house, runId, passes } = await anApprovedOccurrence(warned, limits);
    await passes(24);
    const end = await endOf(house, runId);
    expect(end).toMatchObject({ state: 'failed', targetState: 'old', failure: { code: 'too-late-to-switch' } });
    expect(end.copyKeptUntil).toBeDefined();
    expect(hasCopy(house)).toBe(true);
    expect((await house.journal.hold('uat')).heldBy).toBeUndefined();
    await house.desk.retry(MIRA, runId);
    expect(await endOf(house, runId)).toMatchObject({ state: 'awaiting-cutover' });
  },
);

test('an occurrence › that is too late drops its copy where the file says so', async () => {
  const limits = { switchBy: inHours(24.5), tooLate: 'drop' } as const;
  const { house, runId, passes } = await anApprovedOccurrence(warned, limits);
  await passes(24);
  const end = await endOf(house, runId);
  expect(end).toMatchObject({ state: 'failed', targetState: 'old', failure: { code: 'too-late-to-switch' } });
  expect(end.copyKeptUntil).toBeUndefined();
  expect(hasCopy(house)).toBe(false);
});

test('an occurrence › that is in time waits for its switch like any other', async () => {
  const limits = { switchBy: inHours(25.5), backBy: inHours(27) };
  const { house, runId, passes } = await anApprovedOccurrence(warned, limits);
  await passes(24);
  expect(await endOf(house, runId)).toMatchObject({ state: 'awaiting-cutover' });
});

test.for(['keep', 'drop'] as const)(
  'an occurrence in whose copy something is found › waits for whoever answers for the data until it would be too late (%s)',
  async (tooLate) => {
    const sandbox = { dataOwners: [NOOR.id] };
    const switchBy = inHours(26);
    const found = await anApprovedOccurrence(
      { sandbox, parts: { packs: () => [pack, promising] } },
      { switchBy, tooLate },
    );
    const { house, runId, passes } = found;
    house.world.commit('application', fact('CONTACT', 'ada@contoso.example'));
    await passes(24);
    await house.proceed(runId);
    expect(await house.run(runId)).toMatchObject({ state: 'awaiting-exception', expiresAt: switchBy });
    await house.clock.advance(2 * HOUR);
    const end = await endOf(house, runId);
    expect(end).toMatchObject({ state: 'failed', targetState: 'old', failure: { code: 'too-late-to-switch' } });
    expect(end.copyKeptUntil !== undefined).toBe(tooLate === 'keep');
  },
);
