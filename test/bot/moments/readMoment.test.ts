import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type MomentReading, readMoment, readWallTime } from '../../../bot/moments/readMoment.ts';
import { sayMoment } from './sayMoment.ts';
import { cases } from './cases.ts';
import { meaningOf } from './meaning.ts';

const berlin = { now: '2026-11-23T10:00:37.000Z', zone: 'Europe/Berlin' };
const read = (text: string) => readMoment(text, berlin);
/** The cases are written for this moment. */
const monday = { now: '2026-11-30T09:00:00.000Z', zone: 'Europe/Berlin' };

test.each(cases)('a moment › “%s” means %s', (text, meaning) => {
  const named = [{ name: 'Month-end close', at: '2026-10-31T21:00:00.000Z' }];
  expect(meaningOf(readMoment(text, { ...monday, named }))).toBe(meaning);
});

test('a moment › with a name of the installation’s is that moment; before it, the last instant that lies before', () => {
  const named = [{ name: 'Month-end close', at: '2026-10-31T21:00:00.000Z' }];
  const read = (text: string) => meaningOf(readMoment(text, { ...monday, named }));
  expect(read('month-end  CLOSE')).toBe('2026-10-31 21:00');
  expect(read('before the month-end close')).toBe('2026-10-31 20:59:59.999');
  expect(read('after the month-end close')).toBe('unreadable');
});

test('a moment › names what is impossible about it', () => {
  expect(readMoment('30 February 2026 18:00', monday)).toEqual({ kind: 'no-such-day', day: 30, month: 2, year: 2026 });
  expect(readMoment('Monday 22 Nov 18:00', monday)).toEqual({ kind: 'other-weekday', date: '2026-11-22', weekday: 7 });
  expect(readMoment('18:00 Mars/Olympus', monday)).toEqual({ kind: 'unknown-zone', zone: 'mars/olympus' });
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
      expect(readMoment(sayMoment(at, zone), { now: '2027-01-01T00:00:00.000Z', zone: 'Asia/Tokyo' })).toEqual({
        kind: 'instant',
        at,
      });
    }),
    { numRuns: 2_000 },
  );
});

test('a moment › around every change of every clock is the one instant it names, both, or none', () => {
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    let from = Temporal.Instant.from('2026-01-01T00:00:00Z').toZonedDateTimeISO(zone);
    for (let change = 0; change < 2; change += 1) {
      const next = from.getTimeZoneTransition('next');
      if (next === null || next.year > 2026) break;
      from = next;
      for (const minutes of [-61, -31, -1, 0, 1, 31, 61]) {
        const wall = next.toPlainDateTime().add({ minutes });
        const text = wall.toString({ smallestUnit: 'minute' }).replace('T', ' ');
        const reading = readMoment(`${text} ${zone}`, { now: '2027-01-01T00:00:00.000Z', zone: 'UTC' });
        expect([zone, text, instantsOf(reading)]).toEqual([zone, text, instantsWithWall(wall, next)]);
      }
    }
  }
});

/** By trying every offset that the zone has around its change. */
function instantsWithWall(wall: Temporal.PlainDateTime, change: Temporal.ZonedDateTime): readonly string[] {
  const zone = change.timeZoneId;
  const offsets = [change.subtract({ hours: 3 }), change.add({ hours: 3 })].map(({ offset }) => offset);
  const found = offsets
    .map((offset) => wall.toZonedDateTime(offset).toInstant())
    .filter((instant) => instant.toZonedDateTimeISO(zone).toPlainDateTime().equals(wall));
  return [...new Set(found.map((instant) => new Date(instant.epochMilliseconds).toISOString()))].sort();
}

function instantsOf(reading: MomentReading): readonly string[] {
  if (reading.kind === 'instant') return [reading.at];
  return reading.kind === 'choice' ? reading.instants : reading.kind === 'skipped' ? [] : [reading.kind];
}

test('a moment › is never to come, whatever is typed at whatever hour', () => {
  const typed = fc.constantFrom(...cases.map(([text]) => text));
  const minutes = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 });
  fc.assert(
    fc.property(typed, minutes, fc.constantFrom(...zones), (text, minute, zone) => {
      const now = new Date(minute * 60_000).toISOString();
      for (const at of instantsOf(readMoment(text, { now, zone })).filter((one) => /^\d/.test(one)))
        expect(at <= now).toBe(true);
    }),
    { numRuns: 5_000 },
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
    'gestern',
    'monday ',
    'last ',
    'am ',
    'um ',
    '6',
    'pm ',
    '11/12 ',
    'halb ',
    'vor ',
    'CET ',
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
