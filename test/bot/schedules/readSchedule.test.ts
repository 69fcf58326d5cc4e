import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { MomentRule, Recurrence } from '../../../engine/contracts.ts';
import type { ScheduleEntry } from '../../../cards/index.ts';
import { EMPTY_ENTRY, entryOf, readEntry } from '../../../bot/schedules/entries.ts';
import { writeSchedule } from '../../../bot/schedules/writeSchedule.ts';
import { readSchedule } from '../../../bot/schedules/readSchedule.ts';

/** Monday 30 November 2026, 10:00 in Berlin. */
const context = { now: '2026-11-30T09:00:00.000Z', zone: 'Europe/Berlin' };
const before = (days: number, time: string) => ({ kind: 'days-before', days, time });
const latest = { kind: 'latest' };

test.for<[string, readonly number[], string, object]>([
  ['every Sunday 22:00', [7], '22:00', latest],
  ['every Sunday 22:00 as of Saturday 23:00', [7], '22:00', before(1, '23:00')],
  ['every sunday at 10pm as of latest', [7], '22:00', latest],
  ['every Sun 22:00 as of Sun 21:00', [7], '22:00', before(0, '21:00')],
  ['every Sun 22:00 as of Sun 23:00', [7], '22:00', before(7, '23:00')],
  ['every Monday 06:00 as of Friday 18:00', [1], '06:00', before(3, '18:00')],
  ['every Monday and Thursday 20:00', [1, 4], '20:00', latest],
  ['every mon, wed, fri at 8pm as of 18:00', [1, 3, 5], '20:00', before(0, '18:00')],
  ['every day 02:30 as of 23:00', [1, 2, 3, 4, 5, 6, 7], '02:30', before(1, '23:00')],
  ['every weekday 20:00 as of the day before 18:00', [1, 2, 3, 4, 5], '20:00', before(1, '18:00')],
  ['jeden Sonntag 22 Uhr Stand Samstag 23 Uhr', [7], '22:00', before(1, '23:00')],
  ['jeden Werktag um 20:00 Stand am Vortag 18 Uhr', [1, 2, 3, 4, 5], '20:00', before(1, '18:00')],
])('a schedule › “%s”', ([typed, days, time, moment]) => {
  expect(readSchedule(typed, context)).toEqual({ kind: 'rule', every: { kind: 'weekly', days, time }, moment });
});

test.for<[string, string, string, object]>([
  ['once tonight 22:00', '2026-11-30', '22:00', latest],
  ['tonight 22:00 as of 18:00', '2026-11-30', '22:00', before(0, '18:00')],
  ['once tomorrow 06:00 as of 23:00', '2026-12-01', '06:00', before(1, '23:00')],
  ['once 5 Dec 22:00 as of Friday 18:00', '2026-12-05', '22:00', before(1, '18:00')],
  ['einmal Freitag 20 Uhr', '2026-12-04', '20:00', latest],
])('a schedule › “%s” is one time', ([typed, date, time, moment]) => {
  expect(readSchedule(typed, context)).toEqual({ kind: 'rule', every: { kind: 'once', date, time }, moment });
});

test.for<[string, number, 'day' | 'workday' | number, string, object]>([
  ['every month on the 15th 22:00', 15, 'day', '22:00', latest],
  ['every month on the 1st day 22:00 as of the day before 23:00', 1, 'day', '22:00', before(1, '23:00')],
  ['monthly on the last day 20:00', -1, 'day', '20:00', latest],
  ['every last Sunday 22:00 as of Saturday 23:00', -1, 7, '22:00', before(1, '23:00')],
  ['every second Sunday of the month 22:00', 2, 7, '22:00', latest],
  ['every first workday of the month at 8pm as of the same day 18:00', 1, 'workday', '20:00', before(0, '18:00')],
  ['jeden Monat am 15. 22 Uhr', 15, 'day', '22:00', latest],
  ['jeden letzten Werktag im Monat um 20:00 Stand 2 Tage davor 18 Uhr', -1, 'workday', '20:00', before(2, '18:00')],
])('a schedule › “%s” is one time a month', ([typed, nth, of, time, moment]) => {
  expect(readSchedule(typed, context)).toEqual({ kind: 'rule', every: { kind: 'monthly', nth, of, time }, moment });
});

const minute = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
const timeOfDay = minute.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const weekday = fc.integer({ min: 1, max: 7 });
const upTo = (most: number) => fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: most }));
const recurrences: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.record({
    kind: fc.constant('weekly' as const),
    days: fc.uniqueArray(weekday, { minLength: 1 }).map((days) => days.sort((one, other) => one - other)),
    time: timeOfDay,
  }),
  fc.record({ kind: fc.constant('monthly' as const), nth: upTo(28), of: fc.constant('day' as const), time: timeOfDay }),
  fc.record({
    kind: fc.constant('monthly' as const),
    nth: upTo(4),
    of: fc.oneof(fc.constant('workday' as const), weekday),
    time: timeOfDay,
  }),
  // No night in which the clocks change.
  fc.record({
    kind: fc.constant('once' as const),
    date: fc
      .integer({ min: 1, max: 100 })
      .map((days) => Temporal.PlainDate.from('2026-11-30').add({ days }).toString()),
    time: timeOfDay,
  }),
);
const moments: fc.Arbitrary<MomentRule> = fc.oneof(
  fc.constant({ kind: 'latest' as const }),
  fc.record({ kind: fc.constant('days-before' as const), days: fc.integer({ min: 0, max: 7 }), time: timeOfDay }),
);

test('a schedule › written as a line is read as the same one, and filled into the form as well', () => {
  const sandbox = { sources: ['prod'], timeZone: context.zone };
  fc.assert(
    fc.property(recurrences, moments, (every, moment) => {
      fc.pre(moment.kind === 'latest' || moment.days > 0 || moment.time < every.time);
      const rule = { kind: 'rule', every, moment };
      expect(readSchedule(writeSchedule({ every, moment }), context)).toEqual(rule);
      const { wish, problems } = readEntry(
        entryOf({ every, moment }, { source: 'prod', reason: '' }),
        sandbox,
        context.now,
      );
      expect(problems).toEqual([]);
      expect(readSchedule(wish.text, context)).toEqual(rule);
    }),
  );
});

test.for<[Partial<ScheduleEntry>, readonly string[]]>([
  [{}, ['days days-missing', 'time time-missing']],
  [{ days: '7', time: '25:00' }, ['time time-missing']],
  [{ days: '8,9', time: '22:00' }, ['days days-missing']],
  [{ often: 'monthly', time: '22:00', nth: '5', monthDay: '7' }, ['nth nth-too-high']],
  [{ often: 'monthly', time: '22:00', nth: '29', monthDay: 'day' }, ['nth nth-too-high']],
  [{ often: 'monthly', time: '22:00', nth: '0', monthDay: 'day' }, ['nth nth-missing']],
  [{ often: 'monthly', time: '22:00', nth: '1', monthDay: 'Sunday' }, ['nth nth-missing']],
  [{ often: 'once', time: '22:00' }, ['date date-missing']],
  [{ often: 'once', time: '22:00', date: '2026-02-30' }, ['date date-missing']],
  [{ often: 'once', time: '22:00', date: '2026-11-29' }, ['date date-past']],
  // Twice that night, and not at all: what is meant stands beside the date that is shown.
  [{ often: 'once', time: '02:30', date: '2027-10-31' }, []],
  [{ often: 'once', time: '02:30', date: '2027-03-28' }, []],
  [{ days: '7', time: '22:00', asOf: '1' }, ['asOfTime as-of-missing']],
  [{ days: '7', time: '22:00', asOf: '0', asOfTime: '23:00' }, ['asOfTime as-of-behind']],
  [{ days: '7', time: '22:00', source: 'gone' }, ['source source-gone']],
  [{ days: '7', time: '22:00', reason: 'x'.repeat(301) }, ['reason reason-long']],
  [{ days: '7', time: '22:00' }, []],
])('the form › %o is answered at its field', ([filled, found]) => {
  const sandbox = { sources: ['prod'], timeZone: context.zone };
  const { problems } = readEntry({ ...EMPTY_ENTRY, ...filled }, sandbox, context.now);
  expect(problems.map(({ field, problem }) => `${field} ${problem}`)).toEqual(found);
});

test.for<[string, object]>([
  ['every Sunday', { kind: 'unclear', what: 'when' }],
  ['every Sunday at 10', { kind: 'unclear', what: 'when' }],
  ['every second Sunday 22:00', { kind: 'unclear', what: 'when' }],
  ['every month 22:00', { kind: 'unclear', what: 'when' }],
  ['every month on the 31st 22:00', { kind: 'unclear', what: 'when' }],
  ['every fifth Sunday of the month 22:00', { kind: 'unclear', what: 'when' }],
  ['every month on the 15th', { kind: 'unclear', what: 'when' }],
  ['every Sunday 22:00 as of 8 days before 22:00', { kind: 'unclear', what: 'as-of' }],
  ['every Sunday 22:00 as of the same day 23:00', { kind: 'unclear', what: 'as-of' }],
  ['every Sunday 22:00:30', { kind: 'unclear', what: 'when' }],
  ['once tomorrow', { kind: 'unclear', what: 'when' }],
  ['once tomorrow at 6', { kind: 'unclear', what: 'when' }],
  ['once yesterday 22:00', { kind: 'past' }],
  ['0 22 * * 0', { kind: 'unclear', what: 'when' }],
  ['', { kind: 'unclear', what: 'when' }],
  ['every Sunday 22:00 as of as of latest', { kind: 'unclear' }],
  ['every Sunday 22:00 as of some time', { kind: 'unclear', what: 'as-of', words: 'some time' }],
  ['every Monday and Thursday 20:00 as of Saturday 18:00', { kind: 'unclear', what: 'as-of' }],
  ['every Sunday 22:00 as of yesterday 23:00', { kind: 'unclear', what: 'as-of' }],
  [`every ${'sunday '.repeat(40)}22:00`, { kind: 'unclear', what: 'when' }],
])('a schedule › “%s” is asked back', ([typed, outcome]) => {
  expect(readSchedule(typed, context)).toMatchObject(outcome);
});
