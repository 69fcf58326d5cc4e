import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextWallTime } from '../../../engine/planning/wallTime.ts';

test.for([
  ['today, when it is still to come', '22:00', 'Europe/Berlin', '2026-11-20T12:00:00.000Z', '2026-11-20T21:00:00.000Z'],
  ['this very moment', '13:00', 'Europe/Berlin', '2026-11-20T12:00:00.000Z', '2026-11-20T12:00:00.000Z'],
  ['tomorrow, when it is over', '12:59', 'Europe/Berlin', '2026-11-20T12:00:00.000Z', '2026-11-21T11:59:00.000Z'],
  ['by the day of the zone', '01:00', 'Pacific/Auckland', '2026-11-20T12:00:00.000Z', '2026-11-20T12:00:00.000Z'],
  ['after the clocks have jumped', '02:30', 'Europe/Berlin', '2026-03-29T00:00:00.000Z', '2026-03-29T01:30:00.000Z'],
  ['on the day after a jump', '02:30', 'Europe/Berlin', '2026-03-29T02:00:00.000Z', '2026-03-30T00:30:00.000Z'],
  ['the first of two', '02:30', 'Europe/Berlin', '2026-10-25T00:00:00.000Z', '2026-10-25T00:30:00.000Z'],
] as const)('the next wall time › is %s', ([, time, zone, notBefore, expected]) => {
  expect(nextWallTime(time, zone, notBefore)).toBe(expected);
});

test('the next wall time › is never before, never more than 49 h later, and reads as asked unless it fell into a gap', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/Chicago', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'];
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) }),
      (hour, minute, zone, at) => {
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const next = Date.parse(nextWallTime(time, zone, new Date(at).toISOString()));
        expect(next).toBeGreaterThanOrEqual(at);
        expect(next - at).toBeLessThan(49 * 3_600_000);
        const read = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
        const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
        const drift = minutes(read.format(next)) - minutes(time);
        expect([0, 30, 60]).toContain(drift);
      },
    ),
    { numRuns: 1000 },
  );
});
