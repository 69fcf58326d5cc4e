import type {
  Instant,
  Person,
  Run,
  RunRecord,
  Schedule,
  ScheduleRule,
  ScheduleState,
  StandingApproval,
} from '../../contracts.ts';
import { canonicalJson } from '../canonicalJson.ts';
import type { SignDecision } from '../signatures.ts';

export type NewSchedule = Pick<
  Schedule,
  'target' | 'source' | 'rule' | 'by' | 'shownZone' | 'reason' | 'conversation' | 'address' | 'signature'
>;

/**
 * The part of the journal that says what comes by itself. An occurrence gets its run in the change that moves the schedule's
 * `handledUntil` past it (`Journal.draft`): no occurrence has two, however many processes look, and none is left out.
 */
export interface JournalSchedules {
  /**
   * From now on; what lies before is not its. `insteadOf`: another one, which ends in the same change.
   * @throws ScheduleOutdatedError where that one is over, ScheduleTwiceError where another one starts at the same times
   */
  addSchedule(
    schedule: NewSchedule,
    more?: { readonly insteadOf?: number; readonly sign?: SignDecision },
  ): Promise<Schedule>;
  schedule(number: number): Promise<Schedule | undefined>;
  /** Oldest first. */
  schedules(filter?: {
    readonly target?: string;
    readonly states?: readonly ScheduleState[];
  }): Promise<readonly Schedule[]>;
  /**
   * Paused, taken up again or ended. What passed while it was paused is nobody's: taken up again, it goes on from now.
   * @throws ScheduleOutdatedError unless it is in one of the states that lead there
   */
  setSchedule(number: number, state: ScheduleState, by: Person, sign?: SignDecision): Promise<Schedule>;
  /** Its approval in advance. @throws ScheduleOutdatedError unless it is active */
  setStanding(number: number, standing: StandingApproval, sign?: SignDecision): Promise<Schedule>;
  /** It asks each time from now on; nothing where it does already. */
  endStanding(number: number, why: string, by?: Person, sign?: SignDecision): Promise<Schedule>;
  /** What people decided about it, oldest first: a chain like that of a run. */
  scheduleRecords(number: number): Promise<readonly RunRecord[]>;
  /** The runs of its occurrences that have not begun, ascending by occurrence. */
  openOccurrences(number: number): Promise<readonly Run[]>;
  /** The runs of its occurrences, newest first. */
  pastOccurrences(number: number, limit: number): Promise<readonly Run[]>;
}

/** From which states a schedule gets to each. */
export const SCHEDULE_CHANGES: Readonly<Record<ScheduleState, readonly ScheduleState[]>> = {
  active: ['paused'],
  paused: ['active'],
  ended: ['active', 'paused'],
};

/** Twice, the second would find the sandbox taken every time. */
export const isSameTimes = ({ every: one }: ScheduleRule, { every: other }: ScheduleRule): boolean =>
  canonicalJson(one) === canonicalJson(other);

/** `S-3`: as its records name it, where those of a run name the run. */
export const scheduleName = (number: number): string => `S-${String(number)}`;

export const SCHEDULE_SET_UP = 'schedule-set-up';

/** What the record of each change is called. */
export const SCHEDULE_EVENTS = {
  active: 'schedule-resumed',
  paused: 'schedule-paused',
  ended: 'schedule-ended',
} as const satisfies Record<ScheduleState, string>;

/** All that follows from what people decided; what lies behind it as time goes by is not among it. */
export function decidedOf(schedule: Schedule): object {
  return { ...schedule, handledUntil: undefined, version: undefined };
}

/** A schedule as it is after a change. */
export function changedSchedule(schedule: Schedule, state: ScheduleState, by: Person, now: Instant): Schedule {
  const { version, handledUntil } = schedule;
  return {
    ...schedule,
    ...{ state, changedBy: by, changedAt: now, version: version + 1 },
    handledUntil: state === 'active' && handledUntil < now ? now : handledUntil,
  };
}

/** A schedule whose approval in advance holds no more. */
export const withoutStanding = (schedule: Schedule, why: string, at: Instant): Schedule => ({
  ...schedule,
  ...{ standing: undefined, standingEnded: { at, why }, version: schedule.version + 1 },
});

/** States of a run whose occurrence has not begun. */
export const OPEN_OCCURRENCES = ['draft', 'awaiting-approval', 'queued'] as const;

/** What was to begin on Sunday night does not begin on Monday morning. */
const LATEST_START_MS = 2 * 3_600_000;

/** Of an occurrence that has not begun: one that somebody retries has. */
export const isTooLateToStart = ({ scheduled, startedAt }: Run, now: Instant): boolean =>
  scheduled !== undefined && startedAt === undefined && Date.parse(now) > Date.parse(scheduled.at) + LATEST_START_MS;
