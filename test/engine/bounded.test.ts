import { expect, test } from 'vitest';
import { bounded, endsWithin, whileAlive } from '../../engine/bounded.ts';
import { createVirtualClock } from './doubles/virtualClock.ts';

const never = () => new Promise<never>(() => undefined);

test('an answer within its time › is given, and nobody waits on', async () => {
  const clock = createVirtualClock();
  expect(await bounded(() => Promise.resolve('yes'), { whom: 'Redis', withinMs: 1_000, clock })).toBe('yes');
  expect(clock.untilNextWake()).toBeUndefined();
});

test('silence › ends at the bound with the name of who was silent, and the work is told', async () => {
  const clock = createVirtualClock();
  let told: unknown;
  const work = (ended: AbortSignal) => {
    ended.addEventListener('abort', () => (told = ended.reason));
    return never();
  };
  const waiting = bounded(work, { whom: 'sql01:1433', withinMs: 1_500, clock });
  const refusal = { code: 'no-answer', message: 'sql01:1433 gave no answer within 1.5 s' };
  await expect(clock.runUntil(waiting)).rejects.toMatchObject(refusal);
  expect([clock.elapsedMs(), told]).toEqual([1_500, expect.objectContaining(refusal)]);
});

test('who is waited for no longer › gives the reason of whoever stopped, before and meanwhile', async () => {
  const clock = createVirtualClock();
  const stop = new AbortController();
  const bound = { whom: 'Redis', withinMs: 1_000, signal: stop.signal, clock };
  const waiting = bounded(never, bound);
  stop.abort(new Error('a person stops it'));
  await expect(waiting).rejects.toThrow('a person stops it');
  await expect(bounded(never, bound)).rejects.toThrow('a person stops it');
  expect(clock.untilNextWake()).toBeUndefined();
});

const LIFE = { whom: 'sql01:1433', everyMs: 30_000, withinMs: 5_000 };

test('work of hours › goes on while there are signs of life, and one lost look is no end', async () => {
  const clock = createVirtualClock();
  let looks = 0;
  const look = () => (++looks % 3 === 0 ? Promise.resolve() : never());
  const work = () => clock.sleep(5 * 3_600_000).then(() => 'restored');
  expect(await clock.runUntil(whileAlive(work, look, { ...LIFE, clock }))).toBe('restored');
  expect(looks).toBeGreaterThan(100);
});

test('work of hours › ends once nobody is there any more', async () => {
  const clock = createVirtualClock();
  let told: AbortSignal | undefined;
  const work = (ended: AbortSignal) => ((told = ended), never());
  await expect(clock.runUntil(whileAlive(work, never, { ...LIFE, clock }))).rejects.toMatchObject({
    code: 'no-answer',
  });
  expect([clock.elapsedMs(), told?.aborted]).toEqual([105_000, true]);
});

test('what ends in time › is told from what does not, however it ends', async () => {
  const clock = createVirtualClock();
  expect(await endsWithin(2_000, Promise.reject(new Error('gone')), clock)).toBe(true);
  expect(await clock.runUntil(endsWithin(2_000, never(), clock))).toBe(false);
});
