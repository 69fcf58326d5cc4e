import { describe, expect, test } from 'vitest';
import type { Recurrence } from '../../../engine/contracts.ts';
import { momentFor, occurrencesAfter } from '../../../engine/schedules/occurrences.ts';

const LATEST = { kind: 'latest' } as const;
const weekly = (time: string, ...days: readonly number[]): Recurrence => ({ kind: 'weekly', days, time });
const next = (zone: string, every: Recurrence, after: string, count = 3) =>
  occurrencesAfter({ every, zone, moment: LATEST }, after, count).map(({ at, note }) => [at.slice(0, 16), note]);

describe('an occurrence', () => {
  test('is at its time on the wall of the zone, summer and winter', () => {
    expect(next('Europe/Berlin', weekly('22:00', 7), '2026-10-20T00:00:00.000Z')).toEqual([
      ['2026-10-25T21:00', undefined],
      ['2026-11-01T21:00', undefined],
      ['2026-11-08T21:00', undefined],
    ]);
    expect(next('Europe/Berlin', weekly('22:00', 7), '2026-03-20T00:00:00.000Z', 2)).toEqual([
      ['2026-03-22T21:00', undefined],
      ['2026-03-29T20:00', undefined],
    ]);
  });

  test('whose time the clock skips is at the jump that day, and in its place a week later', () => {
    expect(next('Europe/Berlin', weekly('02:30', 7), '2026-03-23T00:00:00.000Z', 2)).toEqual([
      ['2026-03-29T01:00', 'skipped-by-clock'],
      ['2026-04-05T00:30', undefined],
    ]);
  });

  test('whose time comes twice is the first', () => {
    expect(next('Europe/Berlin', weekly('02:30', 7), '2026-10-20T00:00:00.000Z', 2)).toEqual([
      ['2026-10-25T00:30', 'first-of-two'],
      ['2026-11-01T01:30', undefined],
    ]);
  });

  test('that is now is over', () => {
    expect(next('UTC', weekly('22:00', 7), '2026-11-29T22:00:00.000Z', 1)).toEqual([['2026-12-06T22:00', undefined]]);
    expect(next('UTC', weekly('22:00', 7), '2026-11-29T21:59:59.999Z', 1)).toEqual([['2026-11-29T22:00', undefined]]);
  });

  test('on a day that its zone has left out is left out', () => {
    // Samoa went from Thursday 29 to Saturday 31 December 2011.
    const days = next('Pacific/Apia', weekly('12:00', 4, 5, 6), '2011-12-29T00:00:00.000Z', 3);
    expect(new Set(days.map(([at]) => at)).size).toBe(3);
  });

  test('of a rule for one time is that one, once', () => {
    const once: Recurrence = { kind: 'once', date: '2026-11-30', time: '22:00' };
    expect(next('Europe/Berlin', once, '2026-11-30T09:00:00.000Z')).toEqual([['2026-11-30T21:00', undefined]]);
    expect(next('Europe/Berlin', once, '2026-11-30T21:00:00.000Z')).toEqual([]);
  });
});

test('an occurrence of every month › is on the day that was said, of each month once, by an almanac of its own', () => {
  const kinds = ['day', 'workday', 1, 2, 3, 4, 5, 6, 7] as const;
  for (const zone of ['Europe/Berlin', 'America/New_York', 'Pacific/Auckland'])
    for (const of of kinds)
      for (const nth of of === 'day' ? [-1, 1, 15, 28] : [-1, 1, 2, 3, 4]) {
        const every = { kind: 'monthly', nth, of, time: '20:00' } as const;
        const found = occurrencesAfter({ every, zone, moment: LATEST }, '2026-01-01T06:00:00.000Z', 24);
        const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
        const said = found.map(({ at }) => wall.format(new Date(at)));
        expect([nth, of, said]).toEqual([nth, of, almanac(of, nth).slice(0, 24)]);
      }
});

/** Two years and a month of such days, from 2026 on, by counting them. */
function almanac(of: 'day' | 'workday' | number, nth: number): readonly string[] {
  return Array.from({ length: 26 }, (_, n) => {
    const days: string[] = [];
    const month = new Date(Date.UTC(2026, n, 1));
    for (const day = new Date(month); day.getUTCMonth() === month.getUTCMonth(); day.setUTCDate(day.getUTCDate() + 1)) {
      const weekday = day.getUTCDay() === 0 ? 7 : day.getUTCDay();
      if (of === 'day' || (of === 'workday' ? weekday < 6 : weekday === of)) days.push(day.toISOString().slice(0, 10));
    }
    return `${days[nth > 0 ? nth - 1 : days.length - 1] ?? ''} 20:00`;
  });
}

test('the moment of an occurrence › lies the said days before it, by the calendar of the zone', () => {
  const zone = 'Europe/Berlin';
  const saturday = { kind: 'days-before', days: 1, time: '23:00' } as const;
  // The night between them is an hour longer.
  expect(momentFor(saturday, { at: '2026-10-25T21:00:00.000Z' }, zone)).toBe('2026-10-24T21:00:00.000Z');
  expect(momentFor(saturday, { at: '2026-03-29T20:00:00.000Z' }, zone)).toBe('2026-03-28T22:00:00.000Z');
  expect(momentFor(LATEST, { at: '2026-10-25T21:00:00.000Z' }, zone)).toBeUndefined();
});

const ZONES = [
  ...['Europe/Berlin', 'Europe/London', 'Europe/Dublin', 'Europe/Lisbon', 'Europe/Istanbul', 'Africa/Casablanca'],
  ...['America/New_York', 'America/Los_Angeles', 'America/Sao_Paulo', 'America/Santiago', 'America/St_Johns'],
  ...['America/Havana', 'Asia/Tehran', 'Asia/Kolkata', 'Asia/Beirut', 'Australia/Sydney', 'Australia/Lord_Howe'],
  ...['Pacific/Chatham', 'Pacific/Auckland', 'Antarctica/Troll', 'UTC'],
];
const FIVE_YEARS_OF_WEEKS = 261;

/** What a clock on the wall of the zone shows, by another way than the code under test. */
const wallOf = (zone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  return (at: string) => format.format(new Date(at)).replace(',', '');
};

test.for(ZONES)('five years in %s › have every week’s occurrence once, in order, at its time', (zone) => {
  const wall = wallOf(zone);
  for (const time of ['00:00', '02:00', '02:30', '22:00']) {
    const rule = { every: weekly(time, 7), zone, moment: LATEST };
    const all = occurrencesAfter(rule, '2026-01-01T00:00:00.000Z', FIVE_YEARS_OF_WEEKS);
    expect(all).toHaveLength(FIVE_YEARS_OF_WEEKS);
    const gaps = all.slice(1).map(({ at }, n) => (Date.parse(at) - Date.parse(all[n]?.at ?? '')) / 3_600_000);
    expect(gaps.filter((hours) => hours < 7 * 24 - 3 || hours > 7 * 24 + 3)).toEqual([]);
    const shifted = all.filter(({ at, note }) => note !== 'skipped-by-clock' && wall(at) !== `Sun ${time}`);
    expect(shifted).toEqual([]);
    // From wherever one starts to look, the next one is the same.
    const looks = all
      .slice(0, -1)
      .flatMap(({ at }, n) => (n % 20 === 0 ? [[occurrencesAfter(rule, at, 1)[0], all[n + 1]]] : []));
    expect(looks.map(([found]) => found)).toEqual(looks.map(([, following]) => following));
  }
});
