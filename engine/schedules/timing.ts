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

/** What a plan and its approval need at least; where no more is left until the start, nobody waits for the morning. */
const SHORTEST_ASKING_MS = 60 * MINUTE_MS;

/**
 * When the plan of an occurrence is made and its approval asked for: in working hours, `planAhead` before the start at the
 * latest, and with `askAhead` whole working days in between. `notBefore`: as long as something else keeps it from being asked.
 */
export function askAt({ at }: Occurrence, zone: string, rules: ScheduleRules, notBefore?: Instant): Instant {
  const start = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const latest = start.subtract({ milliseconds: rules.planAheadMs });
  const asked = [atWork(latest, rules), ...(rules.askAheadDays > 0 ? [daysAhead(start, rules)] : [])];
  const wanted = instantOf(asked.toSorted(Temporal.ZonedDateTime.compare)[0] ?? latest);
  if (notBefore === undefined || notBefore <= wanted) return wanted;
  const from = Temporal.Instant.from(notBefore).toZonedDateTimeISO(zone);
  const last = start.subtract({ milliseconds: SHORTEST_ASKING_MS });
  // Rather on a day off than at night, and rather at night than not at all.
  const next =
    nextHours(from, last, rules, (day) => day.dayOfWeek < SATURDAY) ?? nextHours(from, last, rules, () => true);
  return next ?? notBefore;
}

/** The first instant of somebody's working hours from then on that is no later than `last`. */
function nextHours(
  from: Temporal.ZonedDateTime,
  last: Temporal.ZonedDateTime,
  { workingHours: { from: begin, to } }: ScheduleRules,
  isDay: (day: Temporal.PlainDate) => boolean,
): Instant | undefined {
  const { compare } = Temporal.ZonedDateTime;
  for (let day = from.toPlainDate(); compare(at(day, begin, from.timeZoneId), last) <= 0; day = day.add({ days: 1 })) {
    if (!isDay(day) || compare(from, at(day, to, from.timeZoneId)) >= 0) continue;
    const first = at(day, begin, from.timeZoneId);
    const asked = compare(from, first) > 0 ? from : first;
    return compare(asked, last) <= 0 ? instantOf(asked) : undefined;
  }
  return undefined;
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
