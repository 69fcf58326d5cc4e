import { expect, test } from 'vitest';
import { leftOutChecks } from '../../../engine/planning/leftOutChecks.ts';

const left = { pack: 'quiet', reason: 'a rehearsal', owner: 'Mira Okafor', until: '2026-12-31' };
const at = (now: string, timeZone?: string) =>
  leftOutChecks([left], now, timeZone).map(({ outcome, title, detail }) => [outcome, title, detail]);

test('a pack that is left out › lets a plan pass up to and with its last day, as the sandbox’s people count it', () => {
  expect(at('2026-12-31T23:30:00.000Z')).toEqual([]);
  expect(at('2027-01-01T03:00:00.000Z', 'America/New_York')).toEqual([]);
});

test('a pack that is left out › blocks the plan after its last day and says who answers for it', () => {
  const refusal = [
    'blocked',
    'Pack quiet was left out until 2026-12-31',
    'Mira Okafor answers for it; today is 2027-01-01',
  ];
  expect(at('2027-01-01T00:00:00.000Z')).toEqual([refusal]);
  expect(at('2026-12-31T23:30:00.000Z', 'Europe/Berlin')).toEqual([refusal]);
});

test('a usual pack that a file does not name › is no reason to refuse: files from before there were usual packs go on', () => {
  expect(leftOutChecks([{ pack: 'quiet' }], '2027-01-01T00:00:00.000Z', undefined)).toEqual([]);
});
