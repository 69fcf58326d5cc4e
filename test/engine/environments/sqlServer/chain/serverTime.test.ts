import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatInstant,
  formatStopAt,
  formatZone,
  parseInstant,
  parseServerTime,
} from '../../../../../engine/environments/sqlServer/chain/serverTime.ts';
import { isLongRun } from '../../../../longRun.ts';

test('an instant › is ISO 8601 with a zone', () => {
  const expected = Date.UTC(2026, 10, 20, 17, 0, 0);
  for (const text of [
    '2026-11-20T18:00:00+01:00',
    '2026-11-20T18:00+0100',
    '2026-11-20T17:00:00.000Z',
    '2026-11-20T17:00z',
  ]) {
    expect([text, parseInstant(text)]).toEqual([text, expected]);
  }
  expect(parseInstant('2026-11-20T17:00:00.1239Z')).toBe(expected + 123);
});

test('an instant › may stand as far from UTC as a place on earth', () => {
  expect(parseInstant('2026-11-20T14:00+14:00')).toBe(Date.UTC(2026, 10, 20));
  expect(parseInstant('2026-11-20T14:00+14:01')).toBeUndefined();
  expect(parseInstant('2026-11-20T00:00-11:59')).toBe(Date.UTC(2026, 10, 20, 11, 59));
});

test('an instant › without a zone, of no calendar or with a strange offset is none', () => {
  for (const text of [
    '2026-11-20T18:00:00',
    '2026-11-20',
    '2026-02-30T00:00:00Z',
    '2026-11-20T24:00:00Z',
    '2026-11-20T18:00:00+15:00',
    '2026-11-20T18:00:00+01:60',
    '11/12/2026 18:00Z',
    'latest',
    '',
  ]) {
    expect([text, parseInstant(text)]).toEqual([text, undefined]);
  }
});

test('a server time › without such a date is none', () => {
  expect(parseServerTime('2026-02-28T23:59:59.997')).toBe(Date.UTC(2026, 1, 28, 23, 59, 59, 997));
  expect(parseServerTime('2026-02-29T00:00:00')).toBeUndefined();
  expect(parseServerTime('2026-11-20 18:00:00')).toBeUndefined();
});

test('a server time › goes from the first to the last of each of its parts', () => {
  for (const text of ['0100-01-01T00:00:00', '2026-12-31T23:59:59', '2028-02-29T12:30:30', '2026-11-28T00:00:00.5'])
    expect([text, parseServerTime(text)]).toEqual([text, Date.parse(`${text}Z`)]);
  for (const part of [
    '0099-12-31T00:00:00',
    '2026-00-28T00:00:00',
    '2026-13-28T00:00:00',
    '2026-11-00T00:00:00',
    '2026-11-31T00:00:00',
    '2026-11-20T24:00:00',
    '2026-11-20T00:60:00',
    '2026-11-20T00:00:60',
  ])
    expect([part, parseServerTime(part)]).toEqual([part, undefined]);
});

test('STOPAT › never rounds past the moment', () => {
  expect(formatStopAt(Date.parse('2026-11-20T17:59:59.999Z'), 60)).toBe('2026-11-20T18:59:59.997');
  expect(formatStopAt(Date.parse('2026-11-20T17:59:59.006Z'), -210)).toBe('2026-11-20T14:29:59.003');
  expect(formatStopAt(Date.parse('2026-11-20T17:59:59.002Z'), 0)).toBe('2026-11-20T17:59:59.000');
  for (const exact of ['2026-11-20T17:59:59.003', '2026-11-20T17:59:59.007', '2026-11-20T17:59:59.010'])
    expect(formatStopAt(Date.parse(`${exact}Z`), 0)).toBe(exact);
});

test('a zone › is written with sign, hours and minutes', () => {
  expect([-570, 0, 345].map(formatZone)).toEqual(['UTC-09:30', 'UTC+00:00', 'UTC+05:45']);
});

test('instants and STOPAT › survive writing and reading in every quarter-hour zone', () => {
  const instant = fc.integer({ min: Date.UTC(1995, 0), max: Date.UTC(2060, 0) });
  fc.assert(
    fc.property(instant, fc.integer({ min: -56, max: 56 }), (at, quarters) => {
      expect(parseInstant(formatInstant(at))).toBe(at);
      const literal = formatStopAt(at, quarters * 15);
      const read = (parseServerTime(literal) ?? 0) - quarters * 15 * 60_000;
      expect(at - read).toBeGreaterThanOrEqual(0);
      expect(at - read).toBeLessThan(4);
      expect(formatStopAt(read, quarters * 15)).toBe(literal);
    }),
    { numRuns: isLongRun ? 100_000 : 2000 },
  );
});
