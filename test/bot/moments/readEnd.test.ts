import { check, constantFrom, date, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { readEnd } from '../../../bot/moments/readEnd.ts';

const NOW = '2026-11-30T09:00:00.000Z';
const zone = 'Europe/Berlin';

/** Typed on Monday 30 November 2026 at 10:00 in Berlin. */
const ENDS: readonly (readonly [typed: string, at: string])[] = [
  ['until 5 Dec', '2026-12-05T23:00:00.000Z'],
  ['5. Dezember', '2026-12-05T23:00:00.000Z'],
  ['bis 5.12.', '2026-12-05T23:00:00.000Z'],
  ['until 2026-12-05', '2026-12-05T23:00:00.000Z'],
  ['until 12/24', '2026-12-24T23:00:00.000Z'],
  ['until 5 December 2026 18:00', '2026-12-05T17:00:00.000Z'],
  ['until the 5th', '2026-12-05T23:00:00.000Z'],
  ['until the 30th', '2026-11-30T23:00:00.000Z'],
  ['until 2 Jan', '2027-01-02T23:00:00.000Z'],
  ['until Friday', '2026-12-04T23:00:00.000Z'],
  ['bis Freitag 18 Uhr', '2026-12-04T17:00:00.000Z'],
  ['until Fri 6pm', '2026-12-04T17:00:00.000Z'],
  ['until Friday 4 Dec', '2026-12-04T23:00:00.000Z'],
  ['until monday', '2026-11-30T23:00:00.000Z'],
  ['until next week Monday', '2026-12-07T23:00:00.000Z'],
  ['until today', '2026-11-30T23:00:00.000Z'],
  ['until tomorrow', '2026-12-01T23:00:00.000Z'],
  ['until tomorrow 08:00', '2026-12-01T07:00:00.000Z'],
  ['until 18:00', '2026-11-30T17:00:00.000Z'],
  ['until 18:00 UTC', '2026-11-30T18:00:00.000Z'],
  ['until 28 March 2027 02:30', '2027-03-28T01:00:00.000Z'],
  ['until 31 October 2027 02:30', '2027-10-31T01:30:00.000Z'],
];

test.for(ENDS)('an end › “%s” is %s', ([typed, at]) => {
  expect(readEnd(typed, { now: NOW, zone })).toEqual({ kind: 'at', at });
});

test.for<[string, string]>([
  ['until yesterday', 'past'],
  ['until 29 Nov 2026', 'past'],
  ['until 08:00', 'past'],
  ['until Friday 5 Dec', 'unreadable'],
  ['until 30 February', 'unreadable'],
  ['until last Friday', 'unreadable'],
  ['until 2h ago', 'unreadable'],
  ['until the cows come home', 'unreadable'],
  ['', 'unreadable'],
  [`until ${'5 '.repeat(100)}dec`, 'unreadable'],
])('an end › “%s” is %s', ([typed, kind]) => {
  expect(readEnd(typed, { now: NOW, zone }).kind).toBe(kind);
});

test('an end › that can mean two days is asked back', () => {
  expect(readEnd('until 12/11/2027', { now: NOW, zone })).toEqual({
    kind: 'which',
    ends: ['2027-11-12T23:00:00.000Z', '2027-12-11T23:00:00.000Z'],
  });
  expect(readEnd('until next Friday', { now: NOW, zone }).kind).toBe('which');
});

test('an end › is one to come, whatever is typed when and where', () => {
  const zones = constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC');
  const words = oneof(constantFrom(...ENDS.map(([typed]) => typed)), string({ maxLength: 40 }));
  const nows = date({ min: new Date('2026-01-01'), max: new Date('2031-01-01'), noInvalidDate: true });
  const isToCome = property(words, zones, nows, (typed, ownZone, when) => {
    const now = when.toISOString();
    const reading = readEnd(typed, { now, zone: ownZone });
    return reading.kind !== 'at' || reading.at > now;
  });
  expect(check(isToCome, { numRuns: 200 }).failed).toBe(false);
});
