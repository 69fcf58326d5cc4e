import type { MomentRule, MonthDay, Schedule } from '../engine/contracts.ts';
import type { Reader } from './reader.ts';
import type { Md, Safe } from './text.ts';

/** `S-3` */
export const scheduleId = (r: Reader, number: number): Safe => r.words.schedule.id(r.number(number));

/** “every Sunday at 22:00, Europe/Berlin”: in the zone of the sandbox, whoever reads it. */
export function ruleWords(r: Reader, { rule: { every, zone } }: Pick<Schedule, 'rule'>): Md {
  const words = r.words.schedule;
  const [time, where] = [r.neutral(every.time, 5), r.zoneId(zone)];
  if (every.kind === 'once') return words.once(r.calendarDay(every.date), time, where);
  if (every.kind === 'monthly') return words.monthly(monthDayWords(r, every), time, where);
  const days =
    every.days.length === 7
      ? words.everyDay
      : every.days.join('') === '12345'
        ? words.everyWeekday
        : r.weekdays(every.days);
  return words.every(days, time, where);
}

function monthDayWords(r: Reader, { nth, of }: { readonly nth: number; readonly of: MonthDay }): Safe {
  const words = r.words.schedule;
  if (of === 'day') return nth === -1 ? words.lastDay : words.dayNumber(r.number(nth));
  const which = words.nths.find(({ value }) => value === nth)?.title ?? r.number(nth);
  return words.nthOf(which, of === 'workday' ? words.workday : r.weekdays([of]));
}

export function momentWords(r: Reader, moment: MomentRule): Md {
  const words = r.words.schedule;
  if (moment.kind === 'latest') return words.latest;
  const time = r.neutral(moment.time, 5);
  if (moment.days === 0) return words.sameDay(time);
  return moment.days === 1 ? words.dayBefore(time) : words.daysBefore(moment.days, time);
}
