import { Temporal } from 'temporal-polyfill';
import type { MomentReading } from './readMoment.ts';

interface Refusal {
  readonly message: string;
  readonly remedy: string;
  readonly date?: string;
}

const EXAMPLES = 'Type latest, 2h ago, yesterday 6pm, 20 Nov 18:00 or 2026-11-20 18:00 Europe/Berlin.';

/** Why what was typed is no moment, in words. */
export function refusalOf(reading: Exclude<MomentReading, { kind: 'instant' | 'latest' | 'choice' }>): Refusal {
  switch (reading.kind) {
    case 'future':
      return { message: 'That moment is still to come', remedy: 'Type latest, or a time in the past.' };
    case 'skipped':
      return {
        message: `There was no ${reading.wall} in ${reading.zone}: the clocks went forward`,
        remedy: `Type ${reading.next} ${reading.zone}, or a time before the change.`,
      };
    case 'no-such-day': {
      const month = new Temporal.PlainYearMonth(reading.year, reading.month);
      const named = say(month.toPlainDate({ day: 1 }), { month: 'long', year: 'numeric' });
      return {
        message: `There is no ${String(reading.day)} ${named}: that month has ${String(month.daysInMonth)} days`,
        remedy: EXAMPLES,
      };
    }
    case 'other-weekday': {
      const date = Temporal.PlainDate.from(reading.date);
      const weekday = say(date, { weekday: 'long' });
      const day = say(date, { day: 'numeric', month: 'long' });
      return {
        message: `${say(date, { day: 'numeric', month: 'long', year: 'numeric' })} is a ${weekday}`,
        remedy: `Type ${weekday} ${day} with the time, or another date.`,
      };
    }
    case 'no-time':
      return withoutTime(reading.dates);
    case 'unknown-zone':
      return {
        message: 'That is not a time zone',
        remedy: 'Write a zone by its IANA name, such as Europe/Berlin or UTC.',
      };
    case 'unreadable':
      return { message: 'That is not a moment', remedy: EXAMPLES };
  }
}

/** The day is said, and nothing of it can be had. */
export const unreachableDay = (date: string): string =>
  `Nothing of ${say(Temporal.PlainDate.from(date), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })} can be reached`;

function withoutTime(dates: readonly string[]): Refusal {
  const days = dates.map((date) =>
    say(Temporal.PlainDate.from(date), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  );
  const [date] = dates;
  return dates.length === 1 && date !== undefined
    ? {
        message: `At what time on ${days.join('')}?`,
        remedy: 'Choose the time below, or type it behind the day.',
        date,
      }
    : { message: `That can be ${days.join(' or ')}, and the time is missing`, remedy: 'Choose day and time below.' };
}

const say = (date: Temporal.PlainDate, options: Intl.DateTimeFormatOptions) =>
  // Day before month, as on the cards.
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(new Date(`${date.toString()}T00:00:00Z`));
