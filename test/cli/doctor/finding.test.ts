import { expect, test } from 'vitest';
import { examined, good } from '../../../cli/doctor/finding.ts';
import { NoAnswerError } from '../../../engine/bounded.ts';
import { createVirtualClock } from '../../engine/doubles/virtualClock.ts';

const look = (work: () => Promise<ReturnType<typeof good>[]>) => {
  const clock = createVirtualClock();
  return clock.runUntil(examined('sandbox uat', clock, work));
};

test('a check › gives what it has found, or what it throws with the name of who was silent', async () => {
  expect(await look(async () => [good('sandbox uat', 'stands')])).toMatchObject([{ outcome: 'good' }]);
  expect(await look(() => Promise.reject(new NoAnswerError('sql01:1433', 15_000)))).toMatchObject([
    { outcome: 'bad', detail: 'sql01:1433 gave no answer within 15 s' },
  ]);
});

test('a check › that never ends is a finding of its own', async () => {
  expect(await look(() => new Promise(() => undefined))).toMatchObject([
    { outcome: 'bad', subject: 'sandbox uat', detail: 'no answer within 30 s' },
  ]);
});
