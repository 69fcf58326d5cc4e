import { expect, test } from 'vitest';
import { readerOf } from '../../cards/reader.ts';
import { arabic as arabicWords } from './arabic.ts';

const r = readerOf({ now: '2026-11-22T20:40:07.000Z', zone: 'Europe/Berlin' });

test('a moment › is written in the zone of the reader, with seconds where there are some', () => {
  expect(r.moment('2026-11-21T23:00:00.000Z')).toBe('Sun, 22 Nov 2026, 00:00');
  expect(r.moment('2026-11-21T23:00:30.000Z')).toBe('Sun, 22 Nov 2026, 00:00:30');
});

test('a moment in UTC › is exact', () => {
  expect(r.utc('2026-11-21T23:00:00.000Z')).toBe('21 Nov 2026, 23:00 UTC');
  expect(r.utc('2026-11-21T23:00:09.120Z')).toBe('21 Nov 2026, 23:00:09.120 UTC');
});

test('a clock › says the day when it is not today', () => {
  expect(r.clock('2026-11-22T20:46:00.000Z')).toBe('21:46');
  expect(r.clock('2026-11-22T23:46:00.000Z')).toBe('Mon, 23 Nov 2026, 00:46');
});

test('a zone › carries the offset of its moment', () => {
  expect(r.zoneName('2026-11-22T20:00:00.000Z')).toBe('Europe/Berlin (UTC+1)');
  expect(r.zoneName('2026-07-22T20:00:00.000Z')).toBe('Europe/Berlin (UTC+2)');
  expect(r.zoneName('2026-11-22T20:00:00.000Z', 'America/Chicago')).toBe('America/Chicago (UTC−6)');
  expect(r.zoneName('2026-11-22T20:00:00.000Z', 'UTC')).toBe('UTC');
});

test('a duration › has two units at most, and tenths when it is short', () => {
  const said = [0, 0.84, 9.9, 10, 59.6, 61, 3600, 3725, 86_400 * 3, 100_000].map((seconds) => r.seconds(seconds));
  expect(said).toEqual([
    '0 sec',
    '0.8 sec',
    '9.9 sec',
    '10 sec',
    '1 min',
    '1 min 1 sec',
    '1 hr',
    '1 hr 2 min',
    '3 days',
    '1 day 3 hr',
  ]);
});

test('a rough duration › has one unit', () => {
  expect([5, 80, 100, 1634, 5400, 100_000, 2_595_000].map((seconds) => r.roughly(seconds))).toEqual([
    '5 sec',
    '80 sec',
    '2 min',
    '27 min',
    '2 hr',
    '28 hr',
    '30 days',
  ]);
});

test('a range › is never one figure, and holds all that lies between its ends', () => {
  expect(r.range(38 * 60, 52 * 60)).toBe('38–52 min');
  expect(r.range(601, 620)).toBe('10–11 min');
  expect(r.range(600, 600)).toBe('10–11 min');
  expect(r.range(12, 20)).toBe('0–1 min');
  expect(r.range(43 * 60, 151 * 60)).toBe('40 min – 2 hr 35 min');
  expect(r.range(3, 9000)).toBe('0 min – 2 hr 30 min');
});

test('a size › grows by 1024', () => {
  expect([0, 900, 1536, 396 * 1024 ** 3, 1.9 * 1024 ** 4].map((bytes) => r.size(bytes))).toEqual([
    '0 byte',
    '900 byte',
    '1.5 kB',
    '396 GB',
    '1.9 TB',
  ]);
});

test('a reader › whose zone or language is unknown still gets a card', () => {
  const lost = readerOf({ now: '2026-11-22T20:40:07.000Z', zone: 'Mars/Olympus', locale: '**' });
  expect([lost.zone, lost.locale]).toEqual(['UTC', 'en']);
});

test('a reader of a right-to-left language › finds names and figures isolated', () => {
  const arabic = readerOf({ now: '2026-11-22T20:40:07.000Z', zone: 'Europe/Berlin', locale: 'ar', words: arabicWords });
  expect(arabic.isRtl).toBe(true);
  expect(arabic.plain('UAT')).toBe('\u2068UAT\u2069');
  expect(arabic.utc('2026-11-21T23:00:00.000Z')).toMatch(/^\u2068.*UTC\u2069$/);
});

test('a reader of a language without words › gets English dates in English sentences', () => {
  const german = readerOf({ now: '2026-11-22T20:40:07.000Z', zone: 'Europe/Berlin', locale: 'de-DE' });
  expect([german.locale, german.moment('2026-11-21T23:00:00.000Z')]).toEqual(['en', 'Sun, 22 Nov 2026, 00:00']);
  const american = readerOf({ now: '2026-11-22T20:40:07.000Z', zone: 'America/Chicago', locale: 'en-US' });
  expect(american.moment('2026-11-21T23:00:00.000Z')).toBe('Sat, Nov 21, 2026, 17:00');
});

test('readers of every zone, one after another and again › each get the times of their own', () => {
  const at = '2026-11-21T23:00:00.000Z';
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
  const said = (zone: string) => readerOf({ now: at, zone }).timeOfDay(at);
  const expected = zones.map((timeZone) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
      new Date(at),
    ),
  );
  for (let round = 0; round < 2; round += 1) expect(zones.map(said)).toEqual(expected);
});
