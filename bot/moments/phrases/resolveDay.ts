import { Temporal } from 'temporal-polyfill';
import type { Phrase } from './parsePhrase.ts';
import type { PartOf } from './part.ts';
import type { Outcome } from './outcome.ts';

/** `isAssumed`: nobody said a day. */
export interface Day {
  readonly date: Temporal.PlainDate;
  readonly isAssumed?: boolean;
}

type DayOutcome = Day | Extract<Outcome, { kind: 'future' | 'no-such-day' | 'other-weekday' }>;

/** The day that a phrase means; none where it names several that differ. */
export function daysOf(phrase: Phrase, here: Temporal.ZonedDateTime): readonly DayOutcome[] {
  const today = here.toPlainDate();
  const { ago, date, day, weekday, week } = phrase;
  const night = phrase['last-night'];
  const edge = phrase['month-edge'];
  if ([ago, date, day, night, edge].filter((part) => part !== undefined).length > 1) return [];
  if (week && !weekday) return [];
  if (weekday && (ago || day || night || edge)) return [];
  if (edge) return [{ date: edgeOf(edge, today) }];
  if (ago) return [{ date: today.subtract({ days: ago.days, months: ago.months }) }];
  if (night) return [{ date: today.subtract({ days: 1 }) }];
  if (day) return [day.back < 0 ? { kind: 'future' } : { date: today.subtract({ days: day.back }) }];
  if (date) return dated(date, weekday, today, here);
  if (weekday) return lastWeekday(weekday, week, today, hasPassed(phrase, here));
  return phrase.time || phrase.period ? [{ date: today, isAssumed: true }] : [];
}

function dated(
  { year, month, day }: PartOf<'date'>,
  weekday: PartOf<'weekday'> | undefined,
  today: Temporal.PlainDate,
  here: Temporal.ZonedDateTime,
): readonly DayOutcome[] {
  if (weekday?.which !== undefined) return [];
  if (month === undefined) return [{ date: lastDayOfMonth(day, today) }];
  const years = year === undefined ? [here.year, here.year - 1, here.year - 2, here.year - 3, here.year - 4] : [year];
  const dates = years.flatMap((one) => dateOf(one, month, day) ?? []);
  const past = dates.find((one) => Temporal.PlainDate.compare(one, today) <= 0);
  const date = past ?? dates[0];
  if (date === undefined) return [{ kind: 'no-such-day', day, month, year: year ?? here.year }];
  if (weekday && date.dayOfWeek !== weekday.weekday)
    return [{ kind: 'other-weekday', date: date.toString(), weekday: date.dayOfWeek }];
  return [past ? { date } : { kind: 'future' }];
}

function dateOf(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  const length = new Temporal.PlainYearMonth(year, month).daysInMonth;
  return day > length ? undefined : new Temporal.PlainDate(year, month, day);
}

/** `the 22nd`: of this month or of the last one that has such a day. */
function lastDayOfMonth(day: number, today: Temporal.PlainDate): Temporal.PlainDate {
  for (let month = today.toPlainYearMonth(); ; month = month.subtract({ months: 1 })) {
    const date = dateOf(month.year, month.month, day);
    if (date && Temporal.PlainDate.compare(date, today) <= 0) return date;
  }
}

function lastWeekday(
  { weekday, which }: PartOf<'weekday'>,
  week: PartOf<'week'> | undefined,
  today: Temporal.PlainDate,
  isTodayPast: boolean | undefined,
): readonly DayOutcome[] {
  if (which === 'next' || week?.which === 'next') return [{ kind: 'future' }];
  if (week) {
    const monday = today.subtract({ days: today.dayOfWeek - 1 + (week.which === 'last' ? 7 : 0) });
    const date = monday.add({ days: weekday - 1 });
    return [Temporal.PlainDate.compare(date, today) > 0 ? { kind: 'future' } : { date }];
  }
  const back = (today.dayOfWeek - weekday + 7) % 7;
  // A Monday, said on a Monday without a time, can be this one or the last.
  if (back === 0 && which === undefined && isTodayPast === undefined)
    return [{ date: today }, { date: today.subtract({ days: 7 }) }];
  return [{ date: today.subtract({ days: back === 0 && (which === 'last' || isTodayPast === false) ? 7 : back }) }];
}

/** Whether the phrase's time of day lies behind us today; undefined without a time. */
function hasPassed({ time }: Phrase, here: Temporal.ZonedDateTime): boolean | undefined {
  if (time === undefined) return undefined;
  return (
    Temporal.PlainTime.compare(here.toPlainTime(), new Temporal.PlainTime(time.hour, time.minute, time.second)) >= 0
  );
}

function edgeOf({ edge, month, year, back }: PartOf<'month-edge'>, today: Temporal.PlainDate): Temporal.PlainDate {
  const here = today.toPlainYearMonth();
  const named =
    month === undefined ? here.subtract({ months: back }) : new Temporal.PlainYearMonth(year ?? here.year, month);
  const isToCome = month !== undefined && year === undefined && Temporal.PlainYearMonth.compare(named, here) > 0;
  const own = isToCome ? named.subtract({ years: 1 }) : named;
  return (edge === 'end' ? own.add({ months: 1 }) : own).toPlainDate({ day: 1 });
}
