import { expect, test } from 'vitest';
import { CommandFailedError, CommandMissingError, CommandTimeoutError } from '../../../engine/commands/errors.ts';
import { repeatUntil } from '../../../engine/commands/repeatUntil.ts';
import { createVirtualClock } from '../doubles/virtualClock.ts';

const signal = new AbortController().signal;
const refusal = () => new CommandFailedError('The health check of uat', 1, ['starting']);

test('a health check › is repeated until it succeeds', async () => {
  const clock = createVirtualClock();
  let tries = 0;
  const check = async () => {
    tries += 1;
    if (tries < 5) throw refusal();
  };
  await clock.runUntil(repeatUntil(check, { clock, signal, timeoutMs: 60_000 }));
  expect({ tries, elapsedMs: clock.elapsedMs() }).toEqual({ tries: 5, elapsedMs: 1000 });
});

test('a health check › that never succeeds gives its last refusal when its time is over', async () => {
  const clock = createVirtualClock();
  const never = repeatUntil(() => Promise.reject(refusal()), { clock, signal, timeoutMs: 2000 });
  await expect(clock.runUntil(never)).rejects.toThrow('The health check of uat ended with exit code 1');
  expect(clock.elapsedMs()).toBe(2250);
});

const hang = () => new CommandTimeoutError('The health check of uat', 1);

test('a health check › that hangs once is tried again, and one that hangs twice is not', async () => {
  const clock = createVirtualClock();
  const outcomes = [hang(), refusal(), undefined];
  let tries = 0;
  const run = async () => {
    const outcome = outcomes[tries++];
    if (outcome) throw outcome;
  };
  await clock.runUntil(repeatUntil(run, { clock, signal, timeoutMs: 60_000 }));
  expect(tries).toBe(3);
  const hangs = repeatUntil(() => (tries++, Promise.reject(hang())), { clock, signal, timeoutMs: 60_000 });
  await expect(clock.runUntil(hangs)).rejects.toMatchObject({ code: 'command-timeout' });
  expect(tries).toBe(5);
});

test('a health check › that is missing is not repeated', async () => {
  const clock = createVirtualClock();
  let tries = 0;
  const missing = new CommandMissingError('The health check of uat', '/opt/aos/check', 'ENOENT');
  const work = repeatUntil(() => (tries++, Promise.reject(missing)), { clock, signal, timeoutMs: 60_000 });
  await expect(clock.runUntil(work)).rejects.toMatchObject({ code: 'command-missing' });
  expect(tries).toBe(1);
});
