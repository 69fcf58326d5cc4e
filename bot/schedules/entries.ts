import { Temporal } from 'temporal-polyfill';
import type { MomentRule, MonthDay, Recurrence, Sandbox, ScheduleRule } from '../../engine/contracts.ts';
import { missingIn } from '../../engine/contracts/mayBeDone/index.ts';
import type { EntryField, EntryProblem, ScheduleEntry } from '../../cards/index.ts';
import { isNth } from './readMonthly.ts';
import { readSchedule } from './readSchedule.ts';
import type { Wish } from './setUp.ts';
import { writeSchedule } from './writeSchedule.ts';

export interface FoundProblem {
  readonly field: EntryField;
  readonly problem: EntryProblem;
}

export const EMPTY_ENTRY: ScheduleEntry = {
  ...{ source: '', often: 'weekly', days: '', nth: '1', monthDay: 'day', date: '' },
  ...{ time: '', asOf: 'latest', asOfTime: '', reason: '' },
};

/**
 * What somebody filled in, as the line that they could have typed instead; or what is wrong, by field. A client enforces nothing, so
 * that everything is looked at.
 */
export function readEntry(
  entry: ScheduleEntry,
  sandbox: Pick<Sandbox, 'sources' | 'timeZone' | 'requests'>,
  now: string,
): { readonly wish: Wish & { readonly source: string }; readonly problems: readonly FoundProblem[] } {
  const reason = entry.reason.trim();
  const source = sandbox.sources.length === 1 && entry.source === '' ? (sandbox.sources[0] ?? '') : entry.source;
  const missing = missingIn(reason, sandbox.requests);
  const time = timeIn(entry.time);
  const every = recurrenceIn(entry, time);
  const moment = momentIn(entry, time);
  const problems: FoundProblem[] = [
    ...(sandbox.sources.includes(source) ? [] : [{ field: 'source', problem: 'source-gone' } as const]),
    ...('problem' in every ? [every] : []),
    ...(time === undefined ? [{ field: 'time', problem: 'time-missing' } as const] : []),
    ...('problem' in moment ? [moment] : []),
    ...(missing ? [{ field: 'reason', problem: `${missing}-missing` } as const] : []),
    ...(entry.reason.length > LONGEST_REASON ? [{ field: 'reason', problem: 'reason-long' } as const] : []),
  ];
  if ('problem' in every || 'problem' in moment || time === undefined)
    return { wish: { source, text: '', reason }, problems };
  const text = writeSchedule({ every, moment });
  const read = readSchedule(text, { now, zone: sandbox.timeZone });
  if (read.kind === 'past') problems.push({ field: 'date', problem: 'date-past' });
  return { wish: { source, text, reason }, problems };
}

const LONGEST_REASON = 300;
const DATE = /^\d{4}-\d\d-\d\d$/;

function timeIn(typed: string): string | undefined {
  return /^([01]\d|2[0-3]):[0-5]\d/.exec(typed)?.[0];
}

function recurrenceIn({ often, days, nth, monthDay, date }: ScheduleEntry, time = '00:00'): Recurrence | FoundProblem {
  if (often === 'once') {
    const isDay = DATE.test(date) && isReal(date);
    return isDay ? { kind: 'once', date, time } : { field: 'date', problem: 'date-missing' };
  }
  if (often === 'monthly') {
    const of = monthDayIn(monthDay);
    const number = /^(-1|\d{1,2})$/.test(nth) ? Number(nth) : undefined;
    if (of === undefined || number === undefined || number === 0) return { field: 'nth', problem: 'nth-missing' };
    return isNth(number, of) ? { kind: 'monthly', nth: number, of, time } : { field: 'nth', problem: 'nth-too-high' };
  }
  const chosen = [...new Set(days.split(',').filter((day) => /^[1-7]$/.test(day)))]
    .map(Number)
    .sort((one, other) => one - other);
  return chosen.length > 0 ? { kind: 'weekly', days: chosen, time } : { field: 'days', problem: 'days-missing' };
}

function monthDayIn(typed: string): MonthDay | undefined {
  if (typed === 'day' || typed === 'workday') return typed;
  return /^[1-7]$/.test(typed) ? Number(typed) : undefined;
}

function momentIn({ asOf, asOfTime }: ScheduleEntry, start: string | undefined): MomentRule | FoundProblem {
  if (!/^[0-7]$/.test(asOf)) return { kind: 'latest' };
  const time = timeIn(asOfTime);
  if (time === undefined) return { field: 'asOfTime', problem: 'as-of-missing' };
  if (asOf === '0' && start !== undefined && time >= start) return { field: 'asOfTime', problem: 'as-of-behind' };
  return { kind: 'days-before', days: Number(asOf), time };
}

function isReal(date: string): boolean {
  try {
    return Temporal.PlainDate.from(date).toString() === date;
  } catch {
    return false;
  }
}

/** What the fields hold where a schedule says this. */
export function entryOf(
  { every, moment }: Pick<ScheduleRule, 'every' | 'moment'>,
  { source, reason }: { readonly source: string; readonly reason: string },
): ScheduleEntry {
  const asOf =
    moment.kind === 'latest' ? { asOf: 'latest', asOfTime: '' } : { asOf: String(moment.days), asOfTime: moment.time };
  const said = { ...EMPTY_ENTRY, source, reason, often: every.kind, time: every.time, ...asOf };
  if (every.kind === 'once') return { ...said, date: every.date };
  if (every.kind === 'weekly') return { ...said, days: every.days.join(',') };
  return { ...said, nth: String(every.nth), monthDay: String(every.of) };
}
