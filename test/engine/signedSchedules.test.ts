import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REWIND, type Person, type Schedule } from '../../engine/contracts.ts';
import { examineAll } from '../../engine/journal/audit/examineAll.ts';
import { examineOneSchedule } from '../../engine/journal/audit/examineSchedule.ts';
import type { ScheduleDesk } from '../../engine/journal/schedules/scheduleDesk.ts';
import { createSigner } from '../../engine/journal/signatures.ts';
import { openJournal, type SqlJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { JONAS, LARS, MIRA } from '../builders.ts';
import { fixtureHouse } from '../fixtures/journal/house.ts';
import { createVirtualClock, type VirtualClock } from './doubles/virtualClock.ts';
import { aSchedule } from './journal/builders.ts';
import { startTestServer, type TestServer } from './journal/testDatabase.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const sign = createSigner({ id: '2026a', key: privateKey });
const keys = [{ id: '2026a', key: publicKey }];

let server: TestServer;
let journal: SqlJournal;
let url: string;
let clock: VirtualClock;
let desk: ScheduleDesk;
beforeAll(async () => {
  server = await startTestServer();
  clock = createVirtualClock();
  url = await server.newDatabase();
  journal = openJournal({ url, clock });
  await journal.migrate();
  const sandbox = { requesters: [JONAS.id, MIRA.id], approvers: [MIRA.id] };
  ({ desk } = fixtureHouse(journal, clock, { sign, verifyingKeys: keys, sandbox }));
});
afterAll(async () => {
  await journal[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const { by: _, ...given } = aSchedule;
/** No two start at the same times. */
const wishAt = (time: string) => ({
  ...given,
  rule: { ...given.rule, every: { kind: 'weekly' as const, days: [7], time } },
});
const examine = () => examineAll(journal.audit, { keys, anchors: [] });

async function skipNext(person: Person, schedule: Schedule): Promise<string> {
  const at = new Date(Date.parse(clock.now()) + 86_400_000).toISOString();
  const scheduled = { schedule: schedule.number, at, moment: schedule.rule.moment, tooLate: 'keep' as const };
  const { runId } = await desk.draftOccurrence(schedule, scheduled);
  await desk.skipOccurrence(person, schedule, runId, 'by-hand');
  return runId;
}

test('what people decide about a schedule › is recorded with who, when and what, and signed by the bot', async () => {
  const first = await desk.addSchedule(JONAS, wishAt('20:00'));
  const runId = await skipNext(MIRA, first);
  await desk.setSchedule(MIRA, first, 'paused');
  await clock.advance(60_000);
  await desk.setSchedule(JONAS, first, 'active');
  const second = await desk.addSchedule(MIRA, { ...wishAt('20:00'), reason: 'another one' }, { insteadOf: first });
  await desk.setSchedule(JONAS, second, 'ended');
  const { schedules, runs, findings } = await examine();
  expect(findings).toEqual([]);
  expect([...schedules, ...runs].flatMap(({ notes }) => notes)).toEqual([]);
  const told = schedules.flatMap(({ records }) => records.map(({ runId: of, event, actor }) => [of, event, actor.id]));
  expect(told).toEqual([
    ['S-1', 'schedule-set-up', JONAS.id],
    ['S-1', 'schedule-paused', MIRA.id],
    ['S-1', 'schedule-resumed', JONAS.id],
    ['S-1', 'schedule-ended', MIRA.id],
    ['S-2', 'schedule-set-up', MIRA.id],
    ['S-2', 'schedule-ended', JONAS.id],
  ]);
  const skipped = (await journal.records(runId)).at(-1);
  expect(skipped).toMatchObject({ event: 'skip', actor: { id: MIRA.id }, evidence: { signature: { key: '2026a' } } });
  const [, paused, resumed] = schedules[0]?.records ?? [];
  expect(Date.parse(resumed?.at ?? '') - Date.parse(paused?.at ?? '')).toBe(60_000);
});

test('a decision about a schedule › that was only written is named as not signed, and one in another’s name as wrong', async () => {
  const { number } = await desk.addSchedule(JONAS, wishAt('21:00'));
  await journal.setSchedule(number, 'paused', MIRA);
  const name = `S-${String(number)}`;
  const of = async () => (await examine()).schedules.find((one) => one.name === name);
  expect((await of())?.notes).toEqual([`Record 2 (schedule-paused by ${MIRA.name}) is not signed`]);
  await journal.setSchedule(number, 'active', MIRA, (statement) => sign({ ...statement, actor: JONAS }));
  expect((await of())?.findings).toMatchObject([{ kind: 'signature-wrong', runId: name }]);
});

test('a schedule › is stopped by nobody without a role, also not in place of another one, and nothing is recorded', async () => {
  const schedule = await desk.addSchedule(JONAS, wishAt('22:00'));
  const refused = { code: 'not-allowed' };
  await expect(desk.setSchedule(LARS, schedule, 'ended')).rejects.toMatchObject(refused);
  await expect(desk.askEachTime(LARS, schedule)).rejects.toMatchObject(refused);
  await expect(desk.addSchedule(LARS, wishAt('22:00'), { insteadOf: schedule })).rejects.toMatchObject(refused);
  expect(() => desk.refuseStop(LARS, schedule)).toThrow('may not');
  expect(await journal.scheduleRecords(schedule.number)).toHaveLength(1);
  expect(await journal.schedule(schedule.number)).toEqual(schedule);
});

test('an occurrence that was left when its schedule was paused › is skipped in a name that is signed, or in Rewind’s', async () => {
  const skipped = async (time: string, pause: (schedule: Schedule) => Promise<Schedule>) => {
    const schedule = await desk.addSchedule(JONAS, wishAt(time));
    const at = new Date(Date.parse(clock.now()) + 86_400_000).toISOString();
    const scheduled = { schedule: schedule.number, at, moment: schedule.rule.moment, tooLate: 'keep' as const };
    const { runId } = await desk.draftOccurrence(schedule, scheduled);
    const paused = await pause(schedule);
    await desk.skipFollowing(paused, runId, 'paused');
    await desk.setSchedule(JONAS, paused, 'ended');
    const run = (await examine()).runs.find((one) => one.run.runId === runId);
    return [run?.records.at(-1)?.actor.id, run?.findings, run?.notes];
  };
  expect(await skipped('18:00', (one) => desk.setSchedule(MIRA, one, 'paused'))).toEqual([MIRA.id, [], []]);
  expect(await skipped('19:00', (one) => journal.setSchedule(one.number, 'paused', MIRA))).toEqual([REWIND.id, [], []]);
});

test('a schedule of before there were records › is intact, and is bound from the first decision on', async () => {
  const old = await server.newDatabase();
  await using former = openJournal({ url: old, clock });
  await former.migrate();
  const sandbox = { requesters: [JONAS.id, MIRA.id], approvers: [MIRA.id] };
  const house = fixtureHouse(former, clock, { sign, verifyingKeys: keys, sandbox });
  await house.desk.addSchedule(JONAS, wishAt('23:00'));
  const forget = (number: number) =>
    server.query(
      old,
      `delete from schedule_record where schedule = ${String(number)}; update schedule set document = replace(document, ',"decisions":1', '') where number = ${String(number)}`,
    );
  await forget(1);
  const all = async () => (await examineAll(former.audit, { keys, anchors: [] })).schedules;
  expect(await all()).toMatchObject([{ findings: [], notes: [], records: [] }]);
  const found = await former.schedule(1);
  expect(found).not.toHaveProperty('decisions');
  if (found) await house.desk.setSchedule(MIRA, found, 'paused');
  expect(await all()).toMatchObject([{ findings: [], notes: [], records: [{ seq: 1, event: 'schedule-paused' }] }]);
  // One that is younger than the first record was set up with one.
  for (const time of ['21:00', '22:00']) await house.desk.addSchedule(JONAS, wishAt(time));
  await forget(3);
  const findings = (await all()).map((one) => one.findings.map(({ kind, runId }) => [kind, runId]));
  expect(findings).toEqual([[], [], [['record-missing', 'S-3']]]);
  const alone = await Promise.all([1, 2, 3].map((number) => examineOneSchedule(former.audit, number, keys)));
  expect(alone.map((one) => one.findings.length)).toEqual([0, 0, 1]);
});
