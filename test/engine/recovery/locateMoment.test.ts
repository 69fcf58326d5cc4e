import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Survey } from '../../../engine/contracts.ts';
import { locateMoment } from '../../../engine/recovery/locateMoment.ts';
import { refuseUnreachable } from '../../../engine/recovery/refuseUnreachable.ts';

const day = (n: number, hour = 0) => new Date(Date.UTC(2026, 10, n, hour)).toISOString();
const gap = { from: day(3), to: day(5), reason: 'a log backup is missing' };
const survey: Survey = {
  source: 'prod',
  measuredAt: day(20),
  windows: [
    { from: day(1), to: day(3) },
    { from: day(5), to: day(8) },
    { from: day(9), to: day(12) },
  ],
  gaps: [gap],
  precisionMs: 1,
};

describe('a moment', () => {
  test.each([
    ['at the first edge of a window', day(1), { kind: 'reachable' }],
    ['at the last edge of a window', day(12), { kind: 'reachable' }],
    ['before the first window', day(0), { kind: 'before', nearest: [day(1)] }],
    ['in a known gap', day(4), { kind: 'between', gap, nearest: [day(3), day(5)] }],
    ['between two windows, nobody knows why', day(8, 12), { kind: 'between', nearest: [day(8), day(9)] }],
    ['after the last window', day(13), { kind: 'after', nearest: [day(12)] }],
    ['after now', day(21), { kind: 'future', nearest: [day(12)] }],
  ])('%s', (_where, at, location) => {
    expect(locateMoment(at, survey, survey.measuredAt)).toEqual(location);
  });

  test('of a source without windows lies in none', () => {
    expect(locateMoment(day(2), { windows: [], gaps: [] }, day(20))).toEqual({ kind: 'no-window' });
  });

  test('is compared as a moment, however it is written', () => {
    expect(locateMoment('2026-11-12T01:00:00+01:00', survey, survey.measuredAt)).toEqual({ kind: 'reachable' });
  });

  test('that is offered as the nearest is reachable, and none is nearer', () => {
    const hours = integer({ min: -48, max: 480 });
    assert(
      property(hours, (hour) => {
        const found = locateMoment(day(1, hour), survey, survey.measuredAt);
        if (!('nearest' in found)) return;
        expect(found.nearest.length).toBeGreaterThan(0);
        for (const near of found.nearest)
          expect(locateMoment(near, survey, survey.measuredAt)).toEqual({ kind: 'reachable' });
      }),
    );
  });
});

describe('a refusal', () => {
  const words = { noWindow: 'no backup', after: (last: string) => `nothing later than ${last}` };
  test.each([
    [day(0), `the recovery window begins at ${day(1)}`],
    [day(4), `it lies in a gap from ${day(3)} to ${day(5)}: a log backup is missing`],
    [day(8, 12), `nothing between ${day(8)} and ${day(9)} can be reached`],
    [day(13), `nothing later than ${day(12)}`],
    [day(21), 'that moment lies in the future'],
  ])('of %s says: %s', (at, why) => {
    expect(() => refuseUnreachable(survey, at, words)).toThrow(`prod cannot be restored as of ${at}: ${why}`);
  });

  test('is not made of a moment that can be reached', () => {
    expect(() => refuseUnreachable(survey, day(2), words)).not.toThrow();
  });
});
