import { expect, test } from 'vitest';
import { SCHEDULE_DEFAULTS, type ScheduleRules } from '../../../engine/contracts.ts';
import { askAt, expectedMoment, limitsOf, remindAt } from '../../../engine/schedules/timing.ts';

const BERLIN = 'Europe/Berlin';
const rules = (changes: Partial<ScheduleRules> = {}): ScheduleRules => ({ ...SCHEDULE_DEFAULTS, ...changes });
const HOUR = 3_600_000;

test.for<[string, string, Partial<ScheduleRules>, string]>([
  ['Sunday night on Thursday morning', '2026-11-29T21:00:00.000Z', {}, '2026-11-26T08:00:00.000Z'],
  ['Monday night on Thursday morning', '2026-11-30T21:00:00.000Z', {}, '2026-11-26T08:00:00.000Z'],
  ['Wednesday night on Monday morning', '2026-12-02T21:00:00.000Z', {}, '2026-11-30T08:00:00.000Z'],
  [
    'a week ahead where the plan wants it',
    '2026-11-29T21:00:00.000Z',
    { planAheadMs: 6 * 24 * HOUR },
    '2026-11-23T08:00:00.000Z',
  ],
  [
    'a day ahead, in the working hours of then',
    '2026-12-02T14:30:00.000Z',
    { askAheadDays: 0 },
    '2026-12-01T14:30:00.000Z',
  ],
  [
    'a day ahead, at the beginning of a day that is over',
    '2026-12-02T21:00:00.000Z',
    { askAheadDays: 0 },
    '2026-12-01T08:00:00.000Z',
  ],
  ['on Friday for Sunday', '2026-11-29T21:00:00.000Z', { askAheadDays: 0 }, '2026-11-27T08:00:00.000Z'],
  ['on Friday for early on Tuesday', '2026-12-01T05:00:00.000Z', { askAheadDays: 0 }, '2026-11-27T08:00:00.000Z'],
  ['over the change of the clocks', '2026-10-25T21:00:00.000Z', {}, '2026-10-22T07:00:00.000Z'],
])('approval is asked for › %s', ([, at, changes, asked]) => {
  expect(askAt({ at }, BERLIN, rules(changes))).toBe(asked);
});

test.for<[string, string, string, string]>([
  ['at once in working hours', '2026-12-02T21:00:00.000Z', '2026-12-01T14:30:00.000Z', '2026-12-01T14:30:00.000Z'],
  ['in the morning after a night', '2026-12-02T21:00:00.000Z', '2026-12-01T22:40:00.000Z', '2026-12-02T08:00:00.000Z'],
  [
    'in the morning of the same day',
    '2026-12-02T21:00:00.000Z',
    '2026-12-02T02:00:00.000Z',
    '2026-12-02T08:00:00.000Z',
  ],
  ['on Monday after a weekend', '2026-12-07T21:00:00.000Z', '2026-12-05T22:40:00.000Z', '2026-12-07T08:00:00.000Z'],
  [
    'on a day off where none is between',
    '2026-12-06T21:00:00.000Z',
    '2026-12-05T22:40:00.000Z',
    '2026-12-06T08:00:00.000Z',
  ],
  [
    'at night where nothing else is left',
    '2026-12-02T05:00:00.000Z',
    '2026-12-01T22:40:00.000Z',
    '2026-12-01T22:40:00.000Z',
  ],
  [
    'at night where the morning is too late',
    '2026-12-02T08:59:00.000Z',
    '2026-12-01T22:40:00.000Z',
    '2026-12-01T22:40:00.000Z',
  ],
  [
    'as wanted where nothing keeps it',
    '2026-11-29T21:00:00.000Z',
    '2026-11-20T08:00:00.000Z',
    '2026-11-26T08:00:00.000Z',
  ],
  [
    'behind the change of the clocks',
    '2026-10-26T21:00:00.000Z',
    '2026-10-25T22:40:00.000Z',
    '2026-10-26T08:00:00.000Z',
  ],
])('approval of what could not be asked for before is asked for › %s', ([, at, notBefore, asked]) => {
  expect(askAt({ at }, BERLIN, rules(), notBefore)).toBe(asked);
});

test('a moment as late as it can be had › is said beforehand, behind the newest backup and in whole minutes', () => {
  const rule = {
    every: { kind: 'weekly', days: [7], time: '22:00' },
    moment: { kind: 'latest' },
    zone: BERLIN,
  } as const;
  const at = '2026-11-29T21:00:00.000Z';
  expect(expectedMoment(rule, { at }, 0)).toBe('2026-11-29T20:45:00.000Z');
  expect(expectedMoment(rule, { at }, 61 * 60_000)).toBe('2026-11-29T19:55:00.000Z');
  const said = { ...rule, moment: { kind: 'days-before', days: 1, time: '23:00' } } as const;
  expect(expectedMoment(said, { at }, HOUR)).toBe('2026-11-28T22:00:00.000Z');
});

test('the limits of an occurrence › are the next times of day behind its start', () => {
  const limits = rules({ latestSwitch: '05:00', backBy: '06:30' });
  expect(limitsOf('2026-11-29T21:00:00.000Z', BERLIN, limits)).toEqual({
    switchBy: '2026-11-30T04:00:00.000Z',
    backBy: '2026-11-30T05:30:00.000Z',
  });
  expect(limitsOf('2026-11-29T21:00:00.000Z', BERLIN, rules())).toEqual({});
});

test.for<[string, string, string, string]>([
  ['half way', '2026-11-30T08:00:00.000Z', '2026-12-02T21:00:00.000Z', '2026-12-01T14:30:00.000Z'],
  ['before the weekend', '2026-11-26T08:00:00.000Z', '2026-11-29T21:00:00.000Z', '2026-11-27T08:00:00.000Z'],
  [
    'half way where that is no time of work',
    '2026-11-30T18:00:00.000Z',
    '2026-11-30T21:00:00.000Z',
    '2026-11-30T19:30:00.000Z',
  ],
])('those who were asked are reminded › %s', ([, asked, start, at]) => {
  expect(remindAt(asked, start, BERLIN, rules())).toBe(at);
});
