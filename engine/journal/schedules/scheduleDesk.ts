import {
  REWIND,
  LONGEST_STANDING_DAYS,
  type Actor,
  type Instant,
  type Person,
  type Plan,
  type Run,
  type Sandbox,
  type Schedule,
  type ScheduledFor,
  type ScheduleState,
  type Skip,
} from '../../contracts.ts';
import { isSamePerson, personOf } from '../../contracts/mayBeDone/index.ts';
import { authorise } from '../authority.ts';
import { OwnApprovalError } from '../errors.ts';
import { ScheduleOutdatedError } from './errors.ts';
import type { Journal } from '../journal.ts';
import type { SignDecision } from '../signatures.ts';
import { SCHEDULE_EVENTS, type NewSchedule } from './schedules.ts';
import { isSame, signSchedule, signStanding } from './signSchedule.ts';
import { standingFor } from './standing.ts';

/** What people ask for about schedules, authorised and signed like what they ask for about runs. */
export interface ScheduleDesk {
  /** Signed, so that nobody who can write the journal asks in another's name. */
  addSchedule(
    person: Person,
    schedule: Omit<NewSchedule, 'by' | 'signature'>,
    more?: { readonly insteadOf?: Schedule },
  ): Promise<Schedule>;
  /** What people decide about one that there is, signed like what they decide about runs. */
  setSchedule(person: Person, schedule: Schedule, state: ScheduleState): Promise<Schedule>;
  /** @throws NotAllowedError unless the person may skip, pause and end it; where the file names its sandbox no more, whoever set it up may */
  refuseStop(person: Person, schedule: Schedule): void;
  /** “Ask each time”. */
  askEachTime(person: Person, schedule: Schedule): Promise<Schedule>;
  /** The word of a person for one occurrence; `why` where it follows from what they decided about all. */
  skipOccurrence(
    person: Person,
    schedule: Schedule,
    runId: string,
    why: Extract<Skip, 'by-hand' | 'paused' | 'ended'>,
  ): Promise<Run>;
  /** The same for one that was left: in the name of whoever decided about all where their signed word stands there, else in Rewind's. */
  skipFollowing(schedule: Schedule, runId: string, why: Extract<Skip, 'paused' | 'ended'>): Promise<Run>;
  /** Whether it was set up here, as it is; always where nothing is signed. */
  isAuthentic(schedule: Schedule): boolean;
  /** @throws what approveStanding does, as far as can be told beforehand */
  refuseStanding(person: Person, schedule: Schedule, plan: Plan): void;
  /**
   * Approves coming plans like this one, for LONGEST_STANDING_DAYS.
   * @throws NotAllowedError, OwnApprovalError, ScheduleOutdatedError, StandingImpossibleError
   */
  approveStanding(person: Person, schedule: Schedule, plan: Plan): Promise<Schedule>;
  /** Whether the approval in advance was given here, as it is. */
  isStandingAuthentic(schedule: Schedule): boolean;
  /** The run of an occurrence, whatever the file says by then: that it comes to nothing stands in its records. */
  draftOccurrence(schedule: Schedule, scheduled: ScheduledFor): Promise<Run>;
}

/** Long enough for whoever knows why nothing came of an occurrence to say so first. */
export const DRAFT_STAYS_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

export function createScheduleDesk({
  journal,
  now,
  sign,
  sandbox,
  isNamed,
  actorOf,
}: {
  readonly journal: Journal;
  readonly now: () => Instant;
  readonly sign: SignDecision | 'unsigned';
  readonly sandbox: (target: string) => Sandbox;
  /** Whether the file knows it at present. */
  readonly isNamed: (target: string) => boolean;
  readonly actorOf: (person: Person) => Actor;
}): ScheduleDesk {
  const standingOf = (person: Person, schedule: Schedule, plan: Plan) => {
    const actor = actorOf(person);
    authorise(sandbox(schedule.target), actor, 'approve');
    if (isSamePerson(actor, schedule.by)) throw new OwnApprovalError(`S-${String(schedule.number)}`, 'approve');
    if (schedule.state !== 'active') throw new ScheduleOutdatedError(schedule);
    const at = now();
    const until = new Date(Date.parse(at) + LONGEST_STANDING_DAYS * DAY_MS).toISOString();
    return standingFor(plan, { by: personOf(actor), at, until });
  };

  const signed = sign === 'unsigned' ? {} : { sign };

  const refuseStop = (person: Person, { target, by }: Schedule): void => {
    if (isNamed(target) || person.id !== by.id) authorise(sandbox(target), actorOf(person), 'stop-schedule');
  };

  const whoDecided = async ({ number, state, changedBy = REWIND }: Schedule): Promise<Person> => {
    if (sign === 'unsigned') return changedBy;
    const said = (await journal.scheduleRecords(number)).at(-1);
    if (said?.event !== SCHEDULE_EVENTS[state] || said.actor.id !== changedBy.id) return REWIND;
    const { hash: _, evidence, ...statement } = said;
    return evidence?.signature && isSame(evidence.signature, sign(statement)) ? changedBy : REWIND;
  };

  return {
    refuseStop,
    async addSchedule(person, wanted, { insteadOf } = {}) {
      const actor = actorOf(person);
      authorise(sandbox(wanted.target), actor, 'schedule');
      if (insteadOf) refuseStop(person, insteadOf);
      const schedule = { ...wanted, by: personOf(actor) };
      const more = { ...(insteadOf ? { insteadOf: insteadOf.number } : {}), ...signed };
      return journal.addSchedule(
        sign === 'unsigned' ? schedule : { ...schedule, signature: signSchedule(schedule, sign) },
        more,
      );
    },
    async setSchedule(person, schedule, state) {
      if (state === 'active') authorise(sandbox(schedule.target), actorOf(person), 'schedule');
      else refuseStop(person, schedule);
      return journal.setSchedule(schedule.number, state, personOf(actorOf(person)), signed.sign);
    },
    async askEachTime(person, schedule) {
      refuseStop(person, schedule);
      const why = `${person.name} has it asked for each time`;
      return journal.endStanding(schedule.number, why, personOf(actorOf(person)), signed.sign);
    },
    async skipOccurrence(person, schedule, runId, why) {
      refuseStop(person, schedule);
      return journal.record(runId, { kind: 'skip', why, detail: '' }, { actor: personOf(actorOf(person)), ...signed });
    },
    async skipFollowing(schedule, runId, why) {
      const actor = await whoDecided(schedule);
      return journal.record(runId, { kind: 'skip', why, detail: '' }, { actor, ...signed });
    },
    isAuthentic: (schedule) => sign === 'unsigned' || isSame(schedule.signature, signSchedule(schedule, sign)),
    refuseStanding: (person, schedule, plan) => void standingOf(person, schedule, plan),
    async approveStanding(person, schedule, plan) {
      const standing = standingOf(person, schedule, plan);
      const given = sign === 'unsigned' ? standing : { ...standing, signature: signStanding(standing, schedule, sign) };
      return journal.setStanding(schedule.number, given, signed.sign);
    },
    isStandingAuthentic: (schedule) =>
      sign === 'unsigned' ||
      (schedule.standing !== undefined &&
        isSame(schedule.standing.signature, signStanding(schedule.standing, schedule, sign))),
    draftOccurrence: ({ number, target, source, by, shownZone: zone, reason }, scheduled) =>
      journal.draft({
        ...{ target, source, zone, scheduled, reason },
        requestedBy: { ...by, way: { kind: 'schedule', schedule: number } },
        expiresAt: new Date(Date.parse(scheduled.at) + DRAFT_STAYS_MS).toISOString(),
      }),
  };
}
