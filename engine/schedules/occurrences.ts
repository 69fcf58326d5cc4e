import { Temporal } from 'temporal-polyfill';
import type { Instant, MomentRule, Occurrence, ScheduleRule } from '../contracts.ts';

/** A week has every day, and a zone has left out one at a time so far. */
const MOST_DAYS_IN_VAIN = 15;

/** The month that is looked from may be over, and one day of it left out. */
const MOST_MONTHS_IN_VAIN = 3;

type Monthly = Extract<ScheduleRule['every'], { kind: 'monthly' }>;

/**
 * The next occurrences after an instant, ascending. Each is reckoned from its own day, never from the one before: a wall time
 * that the clock skips is at its jump that day, and in its place again the next time.
 */
export function occurrencesAfter({ every, zone }: ScheduleRule, after: Instant, count: number): readonly Occurrence[] {
  const found: Occurrence[] = [];
  if (every.kind === 'once') {
    const only = onDay(Temporal.PlainDate.from(every.date), every.time, zone);
    return count > 0 && only.at > after ? [only] : [];
  }
  if (every.kind === 'monthly') return monthlyAfter(every, zone, after, count);
  // From the day before: what begins late in a zone may lie on the day that another calendar calls today.
  let day = Temporal.Instant.from(after).toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 1 });
  for (let inVain = 0; found.length < count && inVain < MOST_DAYS_IN_VAIN; inVain += 1, day = day.add({ days: 1 })) {
    if (!every.days.includes(day.dayOfWeek)) continue;
    const occurrence = onDay(day, every.time, zone);
    // A day that a zone has left out as a whole begins where the next one does.
    if (occurrence.at <= after || occurrence.at <= (found.at(-1)?.at ?? '')) continue;
    found.push(occurrence);
    inVain = 0;
  }
  return found;
}

function monthlyAfter(every: Monthly, zone: string, after: Instant, count: number): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const today = Temporal.Instant.from(after).toZonedDateTimeISO(zone).toPlainDate();
  let month = today.subtract({ days: 1 }).toPlainYearMonth();
  for (let looked = 0; found.length < count && looked < count + MOST_MONTHS_IN_VAIN; looked += 1) {
    const day = dayIn(month, every);
    month = month.add({ months: 1 });
    if (!day) continue;
    const occurrence = onDay(day, every.time, zone);
    if (occurrence.at > after && occurrence.at > (found.at(-1)?.at ?? '')) found.push(occurrence);
  }
  return found;
}

function dayIn(month: Temporal.PlainYearMonth, { nth, of }: Monthly): Temporal.PlainDate | undefined {
  const days = Array.from({ length: month.daysInMonth }, (_, n) => month.toPlainDate({ day: n + 1 }));
  const fitting = days.filter(({ dayOfWeek }) => of === 'day' || (of === 'workday' ? dayOfWeek < 6 : dayOfWeek === of));
  return fitting.at(nth > 0 ? nth - 1 : nth);
}

/** As of when production is restored for one occurrence; undefined: as late as it can be had. */
export function momentFor(moment: MomentRule, { at }: Occurrence, zone: string): Instant | undefined {
  if (moment.kind === 'latest') return undefined;
  const day = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().subtract({ days: moment.days });
  return onDay(day, moment.time, zone).at;
}

function onDay(day: Temporal.PlainDate, time: string, zone: string): Occurrence {
  const wall = day.toPlainDateTime(Temporal.PlainTime.from(time));
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { at: instantOf(earlier) };
  if (earlier.toPlainDateTime().equals(wall)) return { at: instantOf(earlier), note: 'first-of-two' };
  return { at: instantOf(earlier.getTimeZoneTransition('next') ?? later), note: 'skipped-by-clock' };
}

const instantOf = (zoned: Temporal.ZonedDateTime): Instant => new Date(zoned.epochMilliseconds).toISOString();
