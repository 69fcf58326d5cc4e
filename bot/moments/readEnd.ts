import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../engine/contracts.ts';
import { parsePhrase, type Phrase } from './phrases/parsePhrase.ts';
import { timesOf } from './phrases/resolveTime.ts';
import { readWall } from './wallTime.ts';

/** Until when something lasts, as it was typed. */
export type EndReading =
  | { readonly kind: 'at'; readonly at: Instant }
  /** Several ends fit what was typed, ascending. */
  | { readonly kind: 'which'; readonly ends: readonly Instant[] }
  | { readonly kind: 'past' }
  | { readonly kind: 'unreadable' };

const LONGEST = 120;

/**
 * Reads an end to come with the words of the moments grammar, in English and German: `5 Dec`, `Friday 18:00`, `tomorrow`,
 * `next week Monday`. A day without a time lasts to its end; an hour that comes twice ends with its second, one that is skipped
 * with the jump.
 * @param zone IANA zone in which days and times are meant
 */
export function readEnd(text: string, { now, zone }: { readonly now: Instant; readonly zone: string }): EndReading {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[\s,]+/g, ' ')
    .trim()
    .replace(/^(?:until|till|to|bis|zum|bis zum) /, '')
    .replace(/(?<=[a-zäöü])\.$/, '')
    .split(' ');
  if (text.length > LONGEST) return { kind: 'unreadable' };
  const ends = parsePhrase(words).flatMap((phrase) => endsOf(phrase, { now, zone }));
  const ahead = [...new Set(ends)].filter((at) => at > now).sort();
  const [at] = ahead;
  if (at === undefined) return { kind: ends.length > 0 ? 'past' : 'unreadable' };
  return ahead.length === 1 ? { kind: 'at', at } : { kind: 'which', ends: ahead };
}

const KNOWN: ReadonlySet<string> = new Set(['date', 'day', 'weekday', 'week', 'time', 'period', 'zone']);

function endsOf(phrase: Phrase, { now, zone }: { readonly now: Instant; readonly zone: string }): readonly Instant[] {
  if (Object.keys(phrase).some((kind) => !KNOWN.has(kind))) return [];
  const own = phrase.zone?.zone ?? zone;
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(own);
  const times = timesOf(phrase);
  if (times.length === 0 && (phrase.time ?? phrase.period)) return [];
  return daysOf(phrase, here.toPlainDate()).flatMap((day) =>
    times.length === 0
      ? [instantAt(day.add({ days: 1 }).toPlainDateTime(), own)]
      : times.map(({ plain, daysLater }) => instantAt(day.add({ days: daysLater }).toPlainDateTime(plain), own)),
  );
}

function daysOf({ date, day, weekday, week, time }: Phrase, today: Temporal.PlainDate): readonly Temporal.PlainDate[] {
  if (date) {
    const { year, month = today.month, day: number } = date;
    if (day ?? week) return [];
    const days = [year ?? today.year, today.year + 1].flatMap((one) => dateOf(one, month, number));
    // Without a month, this one's or the next one's.
    const next = today.add({ months: 1 });
    const wanted =
      date.month === undefined
        ? [...dateOf(today.year, today.month, number), ...dateOf(next.year, next.month, number)]
        : days;
    const found = year === undefined ? wanted.find((one) => Temporal.PlainDate.compare(one, today) >= 0) : wanted[0];
    return found && (!weekday || found.dayOfWeek === weekday.weekday) ? [found] : [];
  }
  if (day) return (weekday ?? week) ? [] : [today.subtract({ days: day.back })];
  if (!weekday) return time && !week ? [today] : [];
  if (weekday.which === 'last' || week?.which === 'last') return [];
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  if (week) return [monday.add({ days: weekday.weekday - 1 + (week.which === 'next' ? 7 : 0) })];
  const nearest = today.add({ days: (weekday.weekday - today.dayOfWeek + 7) % 7 });
  // “Next Friday” is this week's to some and the one after it to others.
  return weekday.which === 'next' ? [nearest, nearest.add({ days: 7 })] : [nearest];
}

function dateOf(year: number, month: number, day: number): readonly Temporal.PlainDate[] {
  const length = new Temporal.PlainYearMonth(year, month).daysInMonth;
  return day > length ? [] : [new Temporal.PlainDate(year, month, day)];
}

function instantAt(plain: Temporal.PlainDateTime, zone: string): Instant {
  const reading = readWall(plain, zone);
  if (reading.kind === 'instant') return reading.at;
  if (reading.kind === 'twice') return reading.instants[1];
  const jump = plain.toZonedDateTime(zone, { disambiguation: 'earlier' }).getTimeZoneTransition('next');
  return new Date(jump?.epochMilliseconds ?? plain.toZonedDateTime(zone).epochMilliseconds).toISOString();
}
