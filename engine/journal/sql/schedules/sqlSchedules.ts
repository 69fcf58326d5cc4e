import type { Instant, Run, Schedule, ScheduledFor } from '../../../contracts.ts';
import { ChangedMeanwhile, storable, type Change, type JournalAccess, type Reader } from '../../access.ts';
import { ScheduleNotFoundError, ScheduleOutdatedError } from '../../schedules/errors.ts';
import type { Journal } from '../../journal.ts';
import {
  changedSchedule,
  OPEN_OCCURRENCES,
  SCHEDULE_CHANGES,
  withoutStanding,
  type JournalSchedules,
} from '../../schedules/schedules.ts';

/** What comes by itself, as people have set it up. */
export function sqlSchedules(access: JournalAccess): Pick<Journal, keyof JournalSchedules> {
  const runsOf = (db: Reader, number: number) =>
    db
      .selectFrom('occurrence')
      .innerJoin('run', 'run.run_id', 'occurrence.run_id')
      .select('run.document')
      .where('occurrence.schedule', '=', number);

  const changeOf = (number: number, changed: (schedule: Schedule, now: Instant) => Schedule): Promise<Schedule> =>
    access.change(`S-${String(number)}`, async (change) => {
      const before = await readSchedule(change, number);
      if (!before) throw new ScheduleNotFoundError(number);
      const after = changed(before, await access.now(change));
      if (after !== before) await replace(change, before, after);
      return scheduleIn(rowOf(after));
    });

  return {
    addSchedule: (wanted) =>
      access.change('A new schedule', async (change) => {
        const last = await change
          .selectFrom('schedule')
          .select((row) => row.fn.max('number').as('number'))
          .executeTakeFirst();
        const now = await access.now(change);
        const schedule: Schedule = {
          ...wanted,
          ...{ number: (last?.number ?? 0) + 1, state: 'active', madeAt: now, handledUntil: now, version: 1 },
        };
        await change
          .insertInto('schedule')
          .values({ number: schedule.number, target: schedule.target, ...rowOf(schedule) })
          .execute();
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

    setSchedule: (number, state, by) =>
      changeOf(number, (schedule, now) => {
        if (!SCHEDULE_CHANGES[state].includes(schedule.state)) throw new ScheduleOutdatedError(schedule);
        return changedSchedule(schedule, state, by, now);
      }),

    setStanding: (number, standing) =>
      changeOf(number, (schedule) => {
        if (schedule.state !== 'active') throw new ScheduleOutdatedError(schedule);
        return { ...schedule, standing, standingEnded: undefined, version: schedule.version + 1 };
      }),

    endStanding: (number, why) =>
      changeOf(number, (schedule, now) => (schedule.standing ? withoutStanding(schedule, why, now) : schedule)),

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

async function readSchedule(db: Reader, number: number): Promise<Schedule | undefined> {
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
