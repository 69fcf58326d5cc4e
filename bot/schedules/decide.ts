import type { Person, Run, Sandbox, Schedule } from '../../engine/contracts.ts';
import { personOf } from '../../engine/contracts/mayBeDone/index.ts';
import { authorise } from '../../engine/journal/authority.ts';
import { ScheduleNotFoundError, ScheduleOutdatedError } from '../../engine/journal/schedules/errors.ts';
import { occurrencesAfter } from '../../engine/schedules/occurrences.ts';
import { expectedMoment, limitsOf } from '../../engine/schedules/timing.ts';
import type { BotParts } from '../parts.ts';
import { postCard, skip } from './tend.ts';
import { behindOf, rulesOf } from './outlook.ts';

export const SCHEDULE_DEEDS = ['pause', 'resume', 'skip', 'ask', 'end'] as const;
export type ScheduleDeed = (typeof SCHEDULE_DEEDS)[number];

/**
 * What people decide about a schedule. What has begun goes on; runs of occurrences that have not are skipped in their name.
 * @throws NotAllowedError, ScheduleNotFoundError, ScheduleOutdatedError
 */
export async function decide(parts: BotParts, person: Person, number: number, deed: ScheduleDeed): Promise<Schedule> {
  const { journal, log } = parts;
  const schedule = await findSchedule(parts, number);
  const sandbox = sandboxOf(parts, schedule);
  // Where the file names the sandbox no more, whoever set it up may still end it.
  if (sandbox) authorise(sandbox, person, deed === 'resume' ? 'schedule' : 'stop-schedule');
  else if (person.id !== schedule.by.id) parts.desk.sandbox(schedule.target);
  const by = personOf(person);
  if (deed === 'skip') {
    await skipNext(parts, schedule, by);
    return findSchedule(parts, number);
  }
  if (deed === 'ask') return journal.endStanding(number, `${by.name} has it asked for each time`);
  const state = { pause: 'paused', resume: 'active', end: 'ended' } as const;
  const changed = await journal.setSchedule(number, state[deed], by);
  log.info('schedule-changed', { schedule: number, target: schedule.target, state: changed.state });
  if (deed !== 'resume')
    for (const run of await journal.openOccurrences(number))
      await skip(parts, run, { why: deed === 'pause' ? 'paused' : 'ended', detail: '' }, by);
  return changed;
}

/** The run of the next occurrence, or one that is begun to say so. */
async function skipNext(parts: BotParts, schedule: Schedule, by: Person): Promise<void> {
  const { journal, desk, clock } = parts;
  if (schedule.state !== 'active') throw new ScheduleOutdatedError(schedule);
  const [open] = await journal.openOccurrences(schedule.number);
  if (open) return skip(parts, open, { why: 'by-hand', detail: '' }, by);
  const now = clock.now();
  const from = schedule.handledUntil > now ? schedule.handledUntil : now;
  const [next] = occurrencesAfter(schedule.rule, from, 1);
  if (!next) throw new ScheduleOutdatedError(schedule);
  const rules = rulesOf(sandboxOf(parts, schedule));
  const run = await desk.draftOccurrence(schedule, {
    ...{ schedule: schedule.number, at: next.at, moment: schedule.rule.moment, tooLate: rules.tooLate },
    ...limitsOf(next.at, schedule.rule.zone, rules),
  });
  await postCard(parts, schedule, run);
  await skip(parts, run, { why: 'by-hand', detail: '' }, by);
}

/** “Run now”: a request like any other, by whoever asks, with a plan and an approval of its own. */
export async function draftNow(
  parts: BotParts,
  { person, zone }: { readonly person: Person; readonly zone: string },
  number: number,
): Promise<Run> {
  const { desk, journal, clock } = parts;
  const { target, source, rule } = await findSchedule(parts, number);
  const behindMs = behindOf(await journal.survey(target), source);
  const now = clock.now();
  const said = expectedMoment(rule, { at: now }, behindMs);
  // “18:00 of the same day”, in the morning.
  const moment = said < now ? said : expectedMoment({ ...rule, moment: { kind: 'latest' } }, { at: now }, behindMs);
  const run = await desk.draft(person, target, zone, undefined, source);
  return desk.chooseMoment(person, run.runId, moment);
}

export async function findSchedule({ journal }: Pick<BotParts, 'journal'>, number: number): Promise<Schedule> {
  const schedule = await journal.schedule(number);
  if (!schedule) throw new ScheduleNotFoundError(number);
  return schedule;
}

const sandboxOf = ({ installation }: Pick<BotParts, 'installation'>, { target }: Schedule): Sandbox | undefined =>
  installation.sandboxes.find(({ name }) => name === target);
