import type { Run, Schedule, ScheduledFor } from '../../../engine/contracts.ts';
import {
  ScheduleNotFoundError,
  ScheduleOutdatedError,
  ScheduleTwiceError,
} from '../../../engine/journal/schedules/errors.ts';
import {
  changedSchedule,
  isSameTimes,
  OPEN_OCCURRENCES,
  SCHEDULE_CHANGES,
  withoutStanding,
  type JournalSchedules,
} from '../../../engine/journal/schedules/schedules.ts';

/** Schedules, as the real journal keeps them; `pass` is what the draft of an occurrence does. */
export function memorySchedules(
  now: () => string,
  runOf: (runId: string) => Run | undefined,
): JournalSchedules & { pass(scheduled: ScheduledFor, runId: () => string): void } {
  const all = new Map<number, Schedule>();
  const occurrences = new Map<number, { readonly at: string; readonly runId: string }[]>();
  const find = (number: number): Schedule => {
    const found = all.get(number);
    if (!found) throw new ScheduleNotFoundError(number);
    return found;
  };
  const runsOf = (number: number): Run[] => (occurrences.get(number) ?? []).flatMap(({ runId }) => runOf(runId) ?? []);
  return {
    async addSchedule(wanted, { insteadOf } = {}) {
      const schedule: Schedule = {
        ...wanted,
        ...{ number: all.size + 1, state: 'active', madeAt: now(), handledUntil: now(), version: 1 },
      };
      const twin = [...all.values()].find(
        (one) =>
          one.number !== insteadOf &&
          one.target === wanted.target &&
          one.state !== 'ended' &&
          isSameTimes(one.rule, wanted.rule),
      );
      if (twin) throw new ScheduleTwiceError(wanted.target, twin.number);
      if (insteadOf !== undefined) {
        const former = find(insteadOf);
        if (!SCHEDULE_CHANGES.ended.includes(former.state)) throw new ScheduleOutdatedError(former);
        all.set(insteadOf, changedSchedule(former, 'ended', wanted.by, now()));
      }
      all.set(schedule.number, schedule);
      return schedule;
    },
    schedule: async (number) => all.get(number),
    schedules: async ({ target, states } = {}) =>
      [...all.values()].filter(
        (one) => (target === undefined || one.target === target) && (states?.includes(one.state) ?? true),
      ),
    async setSchedule(number, state, by) {
      const schedule = find(number);
      if (!SCHEDULE_CHANGES[state].includes(schedule.state)) throw new ScheduleOutdatedError(schedule);
      const changed = changedSchedule(schedule, state, by, now());
      all.set(number, changed);
      return changed;
    },
    async setStanding(number, standing) {
      const schedule = find(number);
      if (schedule.state !== 'active') throw new ScheduleOutdatedError(schedule);
      const changed = { ...schedule, standing, standingEnded: undefined, version: schedule.version + 1 };
      all.set(number, changed);
      return changed;
    },
    async endStanding(number, why) {
      const schedule = find(number);
      const changed = schedule.standing ? withoutStanding(schedule, why, now()) : schedule;
      all.set(number, changed);
      return changed;
    },
    scheduleRecords: async () => [],
    openOccurrences: async (number) =>
      runsOf(number).filter(
        ({ state, startedAt }) => startedAt === undefined && OPEN_OCCURRENCES.some((one) => one === state),
      ),
    pastOccurrences: async (number, limit) => runsOf(number).toReversed().slice(0, limit),
    pass({ schedule: number, at }, runId) {
      const schedule = find(number);
      if (schedule.state !== 'active' || schedule.handledUntil >= at) throw new ScheduleOutdatedError(schedule);
      all.set(number, { ...schedule, handledUntil: at, version: schedule.version + 1 });
      occurrences.set(number, [...(occurrences.get(number) ?? []), { at, runId: runId() }]);
    },
  };
}
