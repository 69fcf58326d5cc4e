import type { Instant, Person, Run, Sandbox, Schedule } from '../../engine/contracts.ts';
import { TerminalError } from '../../engine/errors.ts';
import { authorise } from '../../engine/journal/authority.ts';
import { OutdatedRequestError } from '../../engine/journal/errors.ts';
import { ScheduleNotFoundError, ScheduleOutdatedError } from '../../engine/journal/schedules/errors.ts';
import { occurrencesAfter } from '../../engine/schedules/occurrences.ts';
import { expectedMoment, limitsOf } from '../../engine/schedules/timing.ts';
import type { BotParts } from '../parts.ts';
import { OccurrenceOverError } from './errors.ts';
import { postCard } from './tend.ts';
import { behindOf, rulesOf } from './outlook.ts';

export const SCHEDULE_DEEDS = ['pause', 'resume', 'skip', 'ask', 'end'] as const;
export type ScheduleDeed = (typeof SCHEDULE_DEEDS)[number];

/** Occurrences among which one that was skipped is looked for. */
const LOOKED_AT = 12;

/**
 * What people decide about a schedule. What has begun goes on; runs of occurrences that have not are skipped in their name.
 * `at`: of the occurrence that is meant.
 * @throws NotAllowedError, ScheduleNotFoundError, ScheduleOutdatedError, OccurrenceOverError, OutdatedRequestError
 */
export async function decide(
  parts: BotParts,
  person: Person,
  number: number,
  deed: ScheduleDeed,
  at?: Instant,
): Promise<Schedule> {
  const { desk, log } = parts;
  const schedule = await findSchedule(parts, number);
  if (deed === 'skip') {
    await skipNext(parts, schedule, person, at);
    return findSchedule(parts, number);
  }
  if (deed === 'ask') return desk.askEachTime(person, schedule);
  const state = { pause: 'paused', resume: 'active', end: 'ended' } as const;
  const changed = await desk.setSchedule(person, schedule, state[deed]);
  log.info('schedule-changed', { schedule: number, target: schedule.target, state: changed.state });
  if (deed !== 'resume') await skipOpen(parts, person, changed);
  return changed;
}

/** What had its run already comes to nothing with it; somebody may have decided about one in the last moment. */
export async function skipOpen(parts: BotParts, person: Person, schedule: Schedule): Promise<void> {
  const why = schedule.state === 'paused' ? 'paused' : 'ended';
  for (const { runId } of await parts.journal.openOccurrences(schedule.number))
    try {
      await parts.desk.skipOccurrence(person, schedule, runId, why);
      parts.log.info('occurrence-skipped', { runId, why });
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error;
    }
}

/**
 * The run of the next occurrence, or one that is begun to say so. `at`: the occurrence that whoever decides was shown; skipped
 * once, it is not skipped again, and nor is the one behind it.
 */
async function skipNext(parts: BotParts, schedule: Schedule, person: Person, at: Instant | undefined): Promise<void> {
  const { journal, desk, clock } = parts;
  desk.refuseStop(person, schedule);
  const past = at === undefined ? [] : await journal.pastOccurrences(schedule.number, LOOKED_AT);
  if (past.some(({ scheduled, ending }) => scheduled?.at === at && ending?.how === 'skipped')) return;
  if (schedule.state !== 'active') throw new ScheduleOutdatedError(schedule);
  const [open] = await journal.openOccurrences(schedule.number);
  const now = clock.now();
  const from = schedule.handledUntil > now ? schedule.handledUntil : now;
  const [next] = open?.scheduled ? [open.scheduled] : occurrencesAfter(schedule.rule, from, 1);
  if (!next || (at !== undefined && at !== next.at)) throw new OccurrenceOverError(schedule.number, at);
  const rules = rulesOf(sandboxOf(parts, schedule));
  const run =
    open ??
    (await desk.draftOccurrence(schedule, {
      ...{ schedule: schedule.number, at: next.at, moment: schedule.rule.moment, tooLate: rules.tooLate },
      ...limitsOf(next.at, schedule.rule.zone, rules),
    }));
  await postCard(parts, schedule, run);
  await desk.skipOccurrence(person, schedule, run.runId, 'by-hand');
  parts.log.info('occurrence-skipped', { runId: run.runId, why: 'by-hand' });
}

/**
 * “Run now”: a request like any other, by whoever asks, with a plan and an approval of its own. `pressed`: the same whenever the click
 * or the message comes again; it begins one run, whichever bot it reaches.
 */
export async function draftNow(
  parts: BotParts,
  { person, zone }: { readonly person: Person; readonly zone: string },
  number: number,
  pressed: string | undefined,
): Promise<Run> {
  const { desk, journal, clock } = parts;
  const { target, source, rule } = await findSchedule(parts, number);
  const behindMs = behindOf(await journal.survey(target), source);
  const now = clock.now();
  const said = expectedMoment(rule, { at: now }, behindMs);
  // “18:00 of the same day”, in the morning.
  const moment = said < now ? said : expectedMoment({ ...rule, moment: { kind: 'latest' } }, { at: now }, behindMs);
  const run = await desk.draft(person, target, zone, undefined, source, { pressed });
  if (run.at !== undefined) return run;
  try {
    return await desk.chooseMoment(person, run.runId, moment);
  } catch (error) {
    // Another process has chosen it in the same moment.
    const begun = await journal.run(run.runId);
    if (!(error instanceof OutdatedRequestError) || begun?.at === undefined) throw error;
    return begun;
  }
}

export async function findSchedule({ journal }: Pick<BotParts, 'journal'>, number: number): Promise<Schedule> {
  const schedule = await journal.schedule(number);
  if (!schedule) throw new ScheduleNotFoundError(number);
  return schedule;
}

/** @throws NotAllowedError, UnknownTargetError */
export function authoriseRead(
  parts: Pick<BotParts, 'installation' | 'desk'>,
  person: Person,
  schedule: Schedule,
): void {
  const sandbox = sandboxOf(parts, schedule);
  if (sandbox) authorise(sandbox, person, 'read');
  // Where the file says of nobody that they may, whoever has set it up still may.
  else if (person.id !== schedule.by.id) parts.desk.sandbox(schedule.target);
}

const sandboxOf = ({ installation }: Pick<BotParts, 'installation'>, { target }: Schedule): Sandbox | undefined =>
  installation.sandboxes.find(({ name }) => name === target);
