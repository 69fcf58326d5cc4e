import { expect, test } from 'vitest';
import { createLog } from '../../env/log.ts';
import { limitRepeats } from '../../env/repeats.ts';

test('a line › is not repeated within a minute, and says afterwards how often it was left out', () => {
  let now = 0;
  const limit = limitRepeats(() => now);
  const why = { queue: 'refresh-uat', why: 'WRONGTYPE' };
  expect(limit('queue-trouble', why)).toEqual({});
  for (now = 4; now < 59_999; now += 4) expect(limit('queue-trouble', { ...why })).toBeUndefined();
  expect(limit('queue-trouble', { ...why, queue: 'refresh-test' })).toEqual({});
  expect(limit('queue-away', why)).toEqual({});
  now = 60_000;
  expect(limit('queue-trouble', why)).toEqual({ repeated: 14_999 });
  now = 120_000;
  expect(limit('queue-trouble', why)).toEqual({});
});

test('where and when something happened › makes no other cause', () => {
  const limit = limitRepeats(() => 0);
  expect(limit('duty-put-off', { code: 'disk-full', at: ['at a.ts:1'] })).toEqual({});
  expect(limit('duty-put-off', { code: 'disk-full', at: ['at b.ts:2'] })).toBeUndefined();
});

test('ever different lines › are all told, and not remembered for ever', () => {
  const limit = limitRepeats(() => 0);
  for (let n = 0; n < 5_000; n += 1) expect(limit('run', { n })).toEqual({});
  expect(limit('run', { n: 0 })).toEqual({});
  expect(limit('run', { n: 4_999 })).toBeUndefined();
});

test('a process’s own log › keeps to it', () => {
  const lines: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = (line: string | Uint8Array) => lines.push(String(line)) > 0;
  try {
    let now = 0;
    const log = createLog(
      'worker',
      'info',
      (text) => text,
      () => now,
    );
    for (const level of ['info', 'warn', 'error'] as const)
      for (now = 0; now < 70_000; now += 100) log[level](`${level}-trouble`, { queue: 'refresh-uat' });
  } finally {
    process.stdout.write = write;
  }
  const told = lines.map((line) => JSON.parse(line) as { event: string; repeated?: number });
  expect(told.map(({ event, repeated }) => [event, repeated])).toEqual(
    ['info', 'warn', 'error'].flatMap((level) => [
      [`${level}-trouble`, undefined],
      [`${level}-trouble`, 599],
    ]),
  );
});
