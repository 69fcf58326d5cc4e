import { expect, test } from 'vitest';
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

test.for<[string, object]>([
  ['every Sunday', { kind: 'unclear', what: 'when' }],
  ['every Sunday at 10', { kind: 'unclear', what: 'when' }],
  ['every second Sunday 22:00', { kind: 'unclear', what: 'when' }],
  ['every month 22:00', { kind: 'unclear', what: 'when' }],
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
