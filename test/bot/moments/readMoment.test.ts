import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMoment, readWallTime } from '../../../bot/moments/readMoment.ts';
import { sayMoment } from '../../../bot/moments/sayMoment.ts';

const berlin = { now: '2026-11-23T10:00:37.000Z', zone: 'Europe/Berlin' };
const read = (text: string) => readMoment(text, berlin);

test.each([
  ['2h ago', '2026-11-23T08:00:37.000Z'],
  ['30m ago', '2026-11-23T09:30:37.000Z'],
  ['1 hour ago', '2026-11-23T09:00:37.000Z'],
  ['3 Days ago', '2026-11-20T10:00:37.000Z'],
  ['2026-11-20 18:00', '2026-11-20T17:00:00.000Z'],
  ['2026-11-20 9:05', '2026-11-20T08:05:00.000Z'],
  ['2026-11-20T18:00', '2026-11-20T17:00:00.000Z'],
  ['2026-11-20  18:00:31   America/Chicago', '2026-11-21T00:00:31.000Z'],
  ['2026-11-20 18:00 utc', '2026-11-20T18:00:00.000Z'],
  ['2026-11-20T18:00:00.5+05:30', '2026-11-20T12:30:00.500Z'],
  ['2026-11-20T18:00Z', '2026-11-20T18:00:00.000Z'],
])('a moment › %s is read', (text, at) => {
  expect(read(text)).toEqual({ kind: 'instant', at });
});

test.each([
  '',
  'tomorrow',
  '11/12/2026 18:00',
  '2026-02-30 10:00',
  '2026-02-30T10:00Z',
  '2026-13-01 10:00',
  '2026-11-20 24:00',
  '2026-11-20 18:00:60',
  '2026-11-20T18:00:60Z',
  '2026-11-20',
  '18:00',
  '-2h ago',
  '2h',
  '٢h ago',
])('a moment › “%s” is not guessed', (text) => {
  expect(read(text)).toEqual({ kind: 'unreadable' });
});

test.each(['Mars/Olympus', '+01:00', 'CEST-ish'])('a moment › zone %s is refused', (zone) => {
  expect(read(`2026-11-20 18:00 ${zone}`)).toEqual({ kind: 'unknown-zone', zone });
});

test('a moment › of the hour that comes twice is asked back', () => {
  expect(read('2026-10-25 02:30')).toEqual({
    kind: 'ambiguous',
    wall: '2026-10-25 02:30',
    zone: 'Europe/Berlin',
    instants: ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
  });
});

test('a moment › of the hour that is left out is refused with the next one there is', () => {
  expect(read('2026-03-29 02:30')).toEqual({
    kind: 'skipped',
    wall: '2026-03-29 02:30',
    zone: 'Europe/Berlin',
    next: '2026-03-29 03:00',
  });
  expect(readWallTime('2011-12-30', '10:00', 'Pacific/Apia')).toMatchObject({
    kind: 'skipped',
    next: '2011-12-31 00:00',
  });
});

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/Chicago',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
];

test('a moment › read back as it was said is the same, in every zone', () => {
  const seconds = fc.integer({ min: Date.UTC(2020, 0, 1) / 1000, max: Date.UTC(2027, 0, 1) / 1000 });
  fc.assert(
    fc.property(seconds, fc.constantFrom(...zones), (second, zone) => {
      const at = new Date(second * 1000).toISOString();
      expect(readMoment(sayMoment(at, zone), { now: berlin.now, zone: 'Asia/Tokyo' })).toEqual({ kind: 'instant', at });
    }),
    { numRuns: 2_000 },
  );
});

test('a moment › any text is read in no time and without an exception', () => {
  const words = fc.constantFrom(
    'at',
    'latest',
    '2026-11-20',
    '18:00',
    'ago',
    '99999',
    'h',
    'Z',
    '+',
    ':',
    ' ',
    '٣',
    '‮',
  );
  const text = fc.oneof(
    fc.string({ maxLength: 512, unit: 'binary' }),
    fc.array(words, { maxLength: 60 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (typed) => {
      const started = process.threadCpuUsage();
      expect(readMoment(typed, berlin).kind).toBeTypeOf('string');
      // Processor time: what a busy machine does meanwhile is not the parser's.
      const { user, system } = process.threadCpuUsage(started);
      expect((user + system) / 1000).toBeLessThan(50);
    }),
    { numRuns: 2_000 },
  );
});
