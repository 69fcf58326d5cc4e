import { Temporal } from 'temporal-polyfill';
import type { Instant, Occurrence, ScheduledFor, ScheduleRule, ScheduleRules } from '../contracts.ts';
import { nextWallTime } from '../planning/wallTime.ts';
import { momentFor } from './occurrences.ts';

const MINUTE_MS = 60_000;
/** Backups end a while after what they hold, and are looked at once a minute. */
const SHORTEST_LAG_MS = 15 * MINUTE_MS;
/** People read whole minutes more easily. */
const GRAIN_MS = 5 * MINUTE_MS;
const SATURDAY = 6;

/**
 * When the plan of an occurrence is made and its approval asked for: in working hours, `planAhead` before the start at the
 * latest, and with `askAhead` whole working days in between.
 */
export function askAt({ at }: Occurrence, zone: string, rules: ScheduleRules): Instant {
  const start = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const latest = start.subtract({ milliseconds: rules.planAheadMs });
  const asked = [atWork(latest, rules), ...(rules.askAheadDays > 0 ? [daysAhead(start, rules)] : [])];
  return instantOf(asked.toSorted(Temporal.ZonedDateTime.compare)[0] ?? latest);
}

/** The last instant of somebody's working hours that is no later. */
function atWork(latest: Temporal.ZonedDateTime, { workingHours: { from, to } }: ScheduleRules): Temporal.ZonedDateTime {
  let day = latest.toPlainDate();
  const time = latest.toPlainTime().toString({ smallestUnit: 'minute' });
  if (day.dayOfWeek < SATURDAY && time >= from) return time < to ? latest : at(day, from, latest.timeZoneId);
  do day = day.subtract({ days: 1 });
  while (day.dayOfWeek >= SATURDAY);
  return at(day, from, latest.timeZoneId);
}

/** When those who were asked about an occurrence are reminded: half way to its start, in working hours. */
export function remindAt(asked: Instant, start: Instant, zone: string, rules: ScheduleRules): Instant {
  const half = new Date((Date.parse(asked) + Date.parse(start)) / 2).toISOString();
  const atHalf = instantOf(atWork(Temporal.Instant.from(half).toZonedDateTimeISO(zone), rules));
  return atHalf > asked ? atHalf : half;
}

function daysAhead(start: Temporal.ZonedDateTime, { askAheadDays, workingHours }: ScheduleRules) {
  let day = start.toPlainDate();
  for (let left = askAheadDays; left > 0; left -= day.dayOfWeek < SATURDAY ? 1 : 0) day = day.subtract({ days: 1 });
  return at(day, workingHours.from, start.timeZoneId);
}

const at = (day: Temporal.PlainDate, time: string, timeZone: string): Temporal.ZonedDateTime =>
  day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });

/**
 * Production as of when, for one occurrence. “As late as it can be had” is said beforehand as well, so that an approval knows it: the
 * start, less what the newest backup is behind.
 */
export function expectedMoment(rule: ScheduleRule, occurrence: Occurrence, behindMs: number): Instant {
  const said = momentFor(rule.moment, occurrence, rule.zone);
  if (said !== undefined) return said;
  const latest = Date.parse(occurrence.at) - Math.max(behindMs, SHORTEST_LAG_MS);
  return new Date(Math.floor(latest / GRAIN_MS) * GRAIN_MS).toISOString();
}

/** Until when an occurrence that starts then may switch, and is to be back. */
export function limitsOf(
  start: Instant,
  zone: string,
  rules: ScheduleRules,
): Pick<ScheduledFor, 'switchBy' | 'backBy'> {
  const { latestSwitch, backBy } = rules;
  return {
    ...(latestSwitch === undefined ? {} : { switchBy: nextWallTime(latestSwitch, zone, start) }),
    ...(backBy === undefined ? {} : { backBy: nextWallTime(backBy, zone, start) }),
  };
}

const instantOf = (zoned: Temporal.ZonedDateTime): Instant => new Date(zoned.epochMilliseconds).toISOString();
