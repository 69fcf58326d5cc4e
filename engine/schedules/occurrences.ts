import { Temporal } from 'temporal-polyfill';
import type { Instant, MomentRule, Occurrence, ScheduleRule } from '../contracts.ts';

/** A week has every day, and a zone has left out one at a time so far. */
const MOST_DAYS_IN_VAIN = 15;

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
