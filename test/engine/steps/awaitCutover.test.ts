import { expect, test } from 'vitest';
import { JONAS, LARS } from '../../builders.ts';
import { aHouse, type HouseOptions } from '../house.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;

async function ready(policy: NonNullable<NonNullable<HouseOptions['sandbox']>['policy']>) {
  const house = aHouse({ sandbox: { policy, timeZone: 'Europe/Berlin' } });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  return { house, runId };
}

test('a cutover when ready › warns, waits, and switches by itself', async () => {
  const { house, runId } = await ready({ cutoverWarningMs: 5 * MINUTE });
  expect(await house.run(runId)).toMatchObject({
    state: 'awaiting-cutover',
    targetState: 'old',
    cutover: { kind: 'when-ready', at: '2026-11-20T12:05:01.000Z' },
  });
  await house.clock.advance(5 * MINUTE - 1);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('awaiting-cutover');
  await house.clock.advance(1);
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'completed', figures: { waitedSeconds: 300 } });
});

test('a cutover when ready › of which people are warned can be pressed to come at once', async () => {
  const { house, runId } = await ready({ cutoverWarningMs: 5 * MINUTE });
  await house.desk.switchNow(JONAS, runId);
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'completed', cutover: { pressedBy: JONAS } });
});

test('a cutover when ready › without a warning follows at once', async () => {
  const { house, runId } = await ready({ cutoverWarningMs: 0 });
  expect((await house.run(runId)).state).toBe('completed');
});

test('a cutover on click › waits for somebody who may, however long, and warns then', async () => {
  const { house, runId } = await ready({ cutover: { kind: 'on-click' }, cutoverWarningMs: MINUTE });
  await house.clock.advance(50 * HOUR);
  await house.proceed(runId);
  expect((await house.run(runId)).cutover).toEqual({ kind: 'on-click' });
  await expect(house.desk.switchNow(LARS, runId)).rejects.toMatchObject({ code: 'not-allowed' });
  await house.desk.switchNow(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('awaiting-cutover');
  await house.clock.advance(MINUTE);
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'completed', cutover: { pressedBy: JONAS } });
});

test('a cutover at a time › is that wall time in the target’s zone', async () => {
  const { house, runId } = await ready({ cutover: { kind: 'at', time: '22:00' }, cutoverWarningMs: 5 * MINUTE });
  expect((await house.run(runId)).cutover).toEqual({ kind: 'at', at: '2026-11-20T21:00:00.000Z' });
});

test('a cutover at a time › that the warning no longer reaches today is tomorrow’s', async () => {
  const { house, runId } = await ready({ cutover: { kind: 'at', time: '13:03' }, cutoverWarningMs: 5 * MINUTE });
  expect((await house.run(runId)).cutover?.at).toBe('2026-11-21T12:03:00.000Z');
});

test('a cutover at a time › can be pressed earlier', async () => {
  const { house, runId } = await ready({ cutover: { kind: 'at', time: '22:00' }, cutoverWarningMs: MINUTE });
  await house.desk.switchNow(JONAS, runId);
  await house.clock.advance(MINUTE);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
});
