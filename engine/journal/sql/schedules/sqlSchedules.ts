import { REWIND, type Instant, type Person, type Run, type Schedule, type ScheduledFor } from '../../../contracts.ts';
import { ChangedMeanwhile, storable, type Change, type JournalAccess, type Reader } from '../../access.ts';
import { ScheduleNotFoundError, ScheduleOutdatedError, ScheduleTwiceError } from '../../schedules/errors.ts';
import type { Journal } from '../../journal.ts';
import {
  changedSchedule,
  OPEN_OCCURRENCES,
  SCHEDULE_CHANGES,
  SCHEDULE_EVENTS,
  SCHEDULE_SET_UP,
  isSameTimes,
  scheduleName,
  withoutStanding,
  type JournalSchedules,
  type NewSchedule,
} from '../../schedules/schedules.ts';
import type { SignDecision } from '../../signatures.ts';
import { appendScheduleRecord, readScheduleRecords } from './scheduleRecords.ts';

/** What comes by itself, as people have set it up. */
export function sqlSchedules(access: JournalAccess): Pick<Journal, keyof JournalSchedules> {
  const runsOf = (db: Reader, number: number) =>
    db
      .selectFrom('occurrence')
      .innerJoin('run', 'run.run_id', 'occurrence.run_id')
      .select('run.document')
      .where('occurrence.schedule', '=', number);

  /** What people decide leaves a record of it; what only moves on leaves none. */
  const changeOf = (
    number: number,
    decide: (schedule: Schedule, now: Instant) => Decision | undefined,
    sign: SignDecision | undefined,
  ): Promise<Schedule> =>
    access.change(scheduleName(number), async (change) => {
      const before = await readSchedule(change, number);
      if (!before) throw new ScheduleNotFoundError(number);
      const now = await access.now(change);
      const decision = decide(before, now);
      return decision ? decided(change, before, decision, { now, sign }) : before;
    });

  return {
    addSchedule: (wanted, { insteadOf, sign } = {}) =>
      access.change('A new schedule', async (change) => {
        const last = await change
          .selectFrom('schedule')
          .select((row) => row.fn.max('number').as('number'))
          .executeTakeFirst();
        const now = await access.now(change);
        const number = (last?.number ?? 0) + 1;
        // Behind the number: whoever sets up one at the same time is met by one of the two.
        const twin = await twinOf(change, wanted, insteadOf);
        if (twin) throw new ScheduleTwiceError(wanted.target, twin.number);
        if (insteadOf !== undefined) await endFor(change, insteadOf, { by: wanted.by, successor: number, now, sign });
        const schedule: Schedule = {
          ...wanted,
          ...{ number, state: 'active', madeAt: now, handledUntil: now, version: 1, decisions: 1 },
        };
        const { target, source, rule, reason, conversation } = schedule;
        const data = { target, source, rule, reason, conversation, ...(insteadOf === undefined ? {} : { insteadOf }) };
        await change
          .insertInto('schedule')
          .values({ number, target, ...rowOf(schedule) })
          .execute();
        await appendScheduleRecord(change, schedule, { event: SCHEDULE_SET_UP, data, by: wanted.by, at: now, sign });
        return scheduleIn(rowOf(schedule));
      }),

    schedule: (number) => access.read((db) => readSchedule(db, number)),

    schedules: ({ target, states } = {}) =>
      access.read(async (db) => {
        if (states?.length === 0) return [];
        let query = db.selectFrom('schedule').selectAll().orderBy('number');
        if (target !== undefined) query = query.where('target', '=', target);
        if (states !== undefined) query = query.where('state', 'in', states);
        return (await query.execute()).map(scheduleIn);
      }),

    setSchedule: (number, state, by, sign) =>
      changeOf(
        number,
        (schedule, now) => {
          if (!SCHEDULE_CHANGES[state].includes(schedule.state)) throw new ScheduleOutdatedError(schedule);
          return { after: changedSchedule(schedule, state, by, now), event: SCHEDULE_EVENTS[state], data: {}, by };
        },
        sign,
      ),

    setStanding: (number, standing, sign) =>
      changeOf(
        number,
        (schedule) => {
          if (schedule.state !== 'active') throw new ScheduleOutdatedError(schedule);
          const after = { ...schedule, standing, standingEnded: undefined, version: schedule.version + 1 };
          const { by, until, binds, findings } = standing;
          return { after, event: 'standing-approved', data: { until, binds, findings }, by };
        },
        sign,
      ),

    endStanding: (number, why, by = REWIND, sign) =>
      changeOf(
        number,
        (schedule, now) =>
          schedule.standing && {
            ...{ after: withoutStanding(schedule, why, now), event: 'standing-ended', data: { why }, by },
          },
        sign,
      ),

    scheduleRecords: (number) => access.read((db) => readScheduleRecords(db, number)),

    openOccurrences: (number) =>
      access.read(async (db) => {
        const rows = await runsOf(db, number)
          .where('run.state', 'in', OPEN_OCCURRENCES)
          .orderBy('occurrence.at')
          .execute();
        // One that somebody retries is queued once more, and has begun.
        return rows.map(runIn).filter(({ startedAt }) => startedAt === undefined);
      }),

    pastOccurrences: (number, limit) =>
      access.read(async (db) => {
        const rows = await runsOf(db, number).orderBy('occurrence.at', 'desc').offset(0).fetch(limit).execute();
        return rows.map(runIn);
      }),
  };
}

interface Decision {
  readonly after: Schedule;
  readonly event: string;
  readonly data: object;
  readonly by: Person;
}

async function decided(
  change: Change,
  before: Schedule,
  { after, ...decision }: Decision,
  { now: at, sign }: { readonly now: Instant; readonly sign: SignDecision | undefined },
): Promise<Schedule> {
  const counted = { ...after, decisions: (before.decisions ?? 0) + 1 };
  await replace(change, before, counted);
  await appendScheduleRecord(change, counted, { ...decision, at, sign });
  return scheduleIn(rowOf(counted));
}

/** One that starts at the same times. */
async function twinOf(change: Change, { target, rule }: NewSchedule, but?: number): Promise<Schedule | undefined> {
  const rows = await change
    .selectFrom('schedule')
    .selectAll()
    .where('target', '=', target)
    .where('state', 'in', SCHEDULE_CHANGES.ended)
    .execute();
  return rows.map(scheduleIn).find((one) => one.number !== but && isSameTimes(one.rule, rule));
}

/** Part of the change that sets up another one in its place. @throws ScheduleOutdatedError, ScheduleNotFoundError */
async function endFor(
  change: Change,
  number: number,
  { by, successor, ...how }: Pick<Decision, 'by'> & Parameters<typeof decided>[3] & { readonly successor: number },
): Promise<void> {
  const before = await readSchedule(change, number);
  if (!before) throw new ScheduleNotFoundError(number);
  if (!SCHEDULE_CHANGES.ended.includes(before.state)) throw new ScheduleOutdatedError(before);
  const after = changedSchedule(before, 'ended', by, how.now);
  await decided(change, before, { after, event: SCHEDULE_EVENTS.ended, data: { successor }, by }, how);
}

/** Part of the change that drafts a run for an occurrence: the schedule goes past it, once. @throws ScheduleOutdatedError */
export async function passOccurrence(change: Change, { schedule: number, at }: ScheduledFor, runId: string) {
  const schedule = await readSchedule(change, number);
  if (!schedule) throw new ScheduleNotFoundError(number);
  if (schedule.state !== 'active' || schedule.handledUntil >= at) throw new ScheduleOutdatedError(schedule);
  await replace(change, schedule, { ...schedule, handledUntil: at, version: schedule.version + 1 });
  await change.insertInto('occurrence').values({ schedule: number, at, run_id: runId }).execute();
}

async function replace(change: Change, before: Schedule, after: Schedule): Promise<void> {
  const { numUpdatedRows } = await change
    .updateTable('schedule')
    .set(rowOf(after))
    .where('number', '=', before.number)
    .where('version', '=', before.version)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) throw new ChangedMeanwhile();
}

export async function readSchedule(db: Reader, number: number): Promise<Schedule | undefined> {
  const row = await db.selectFrom('schedule').selectAll().where('number', '=', number).executeTakeFirst();
  return row && scheduleIn(row);
}

interface ScheduleRow {
  readonly state: string;
  readonly version: number;
  readonly handled_until: Instant;
  readonly document: string;
}

const rowOf = (schedule: Schedule): ScheduleRow => ({
  state: schedule.state,
  version: schedule.version,
  handled_until: schedule.handledUntil,
  document: storable(JSON.stringify(schedule)),
});

/** Written by this file, from a Schedule. */
const scheduleIn = ({ document }: Pick<ScheduleRow, 'document'>): Schedule => JSON.parse(document) as Schedule;

/** Written by sqlRuns.ts, from a Run. */
const runIn = ({ document }: { readonly document: string }): Run => JSON.parse(document) as Run;
