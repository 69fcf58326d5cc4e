import { expect, test } from 'vitest';
import { retry, untilItIsSo } from '../../engine/retry.ts';
import { createVirtualClock } from './doubles/virtualClock.ts';

class Passing extends Error {}
const isWorthIt = (error: unknown) => error instanceof Passing;

/** Fails so often before it works. */
function failing(times: number, error: () => Error = () => new Passing('busy')) {
  const tries: number[] = [];
  const perform = async () => {
    tries.push(tries.length + 1);
    if (tries.length <= times) throw error();
    return 'done';
  };
  return { tries, perform };
}

test('what fails for a reason that may pass › is tried again, with longer pauses', async () => {
  const clock = createVirtualClock();
  const { tries, perform } = failing(2);
  const seen: string[] = [];
  const onRetry = (error: unknown) => void seen.push(String(error));
  const work = retry(perform, { clock, isWorthIt, tries: 4, pauseMs: (tried) => 500 * 2 ** tried, onRetry });
  expect(await clock.runUntil(work)).toBe('done');
  expect([tries.length, clock.elapsedMs(), seen.length]).toEqual([3, 3_000, 2]);
});

test.for([
  ['so many tries', { tries: 3 }, 3],
  ['so much time', { withinMs: 1_000 }, 12],
] as const)('%s › and the last error is thrown', async ([, limit, expected]) => {
  const clock = createVirtualClock();
  const { tries, perform } = failing(Infinity);
  const work = retry(perform, { clock, isWorthIt, pauseMs: () => 100, ...limit });
  await expect(clock.runUntil(work)).rejects.toThrow('busy');
  expect(tries).toHaveLength(expected);
});

test('what no other try can help › is thrown at once', async () => {
  const clock = createVirtualClock();
  const { tries, perform } = failing(1, () => new Error('refused'));
  await expect(retry(perform, { clock, isWorthIt, pauseMs: () => 100 })).rejects.toThrow('refused');
  expect(tries).toHaveLength(1);
});

test('a stop › ends the pause between two tries', async () => {
  const clock = createVirtualClock();
  const stop = new AbortController();
  const { perform } = failing(Infinity);
  const work = retry(perform, { clock, isWorthIt, signal: stop.signal, pauseMs: () => 100 });
  work.catch(() => undefined);
  await clock.advance(150);
  stop.abort(new Error('a person stops it'));
  await expect(work).rejects.toThrow('a person stops it');
});

test('what is waited for › is so, or is not within the time; an error on the way is no waiting', async () => {
  const clock = createVirtualClock();
  const waiting = { clock, everyMs: 10, withinMs: 100 };
  expect(await clock.runUntil(untilItIsSo(async () => clock.elapsedMs() >= 50, waiting))).toBe(true);
  expect(await clock.runUntil(untilItIsSo(async () => false, waiting))).toBe(false);
  await expect(untilItIsSo(() => Promise.reject(new Error('gone')), waiting)).rejects.toThrow('gone');
});
