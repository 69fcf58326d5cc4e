import { expect, test } from 'vitest';
import type { Run } from '../../engine/contracts.ts';
import { resultOf } from '../../demo/play/journey.ts';
import { untilItReaches } from '../../demo/play/untilItReaches.ts';
import { aRun } from '../builders.ts';
import { createVirtualClock } from '../engine/doubles/virtualClock.ts';

const PATIENCE_MS = 120_000;

const sanitizing = (detail: string): Run =>
  aRun({ state: 'in-progress', steps: [{ name: 'sanitize', state: 'running', detail }] });

async function watch(runAt: (elapsedMs: number) => Run) {
  const clock = createVirtualClock();
  const said: string[] = [];
  const look = async () => runAt(clock.elapsedMs());
  const say = (line: string) => void said.push(line);
  const waiting = untilItReaches('completed', { look, say, clock, patienceMs: PATIENCE_MS });
  const error: unknown = await clock.runUntil(waiting).catch((thrown: unknown) => thrown);
  return { said, error, minutes: Math.round(clock.elapsedMs() / 60_000) };
}

test('the play › waits for a run for as long as something becomes of it', async () => {
  const minute = (ms: number) => Math.floor(ms / 60_000);
  const { said, error, minutes } = await watch((ms) =>
    minute(ms) < 10 ? sanitizing(`${String(minute(ms))} tables`) : aRun({ state: 'completed' }),
  );
  expect(error).toBeUndefined();
  expect(said).toEqual(['R-1001: in-progress: sanitize', 'R-1001: completed']);
  expect(minutes).toBe(10);
});

test('the play › names a run that stands still, and where', async () => {
  const { error, minutes } = await watch(() => sanitizing('3 tables'));
  expect(error).toMatchObject({ message: 'R-1001 never became completed; it stands still as in-progress: sanitize' });
  expect(minutes).toBe(2);
});

test('the play › repeats at once why a run ended otherwise', async () => {
  const failure = { step: 'swap', code: 'x', message: 'Somebody is still in', remedy: '' } as const;
  const { error, minutes } = await watch(() => aRun({ state: 'failed', failure }));
  expect(error).toMatchObject({ message: 'R-1001 is failed: Somebody is still in' });
  expect(minutes).toBe(0);
});

test('the play › that broke off ends with a line for programs as well', async () => {
  const told: unknown[] = [];
  const broken = new Error('R-1001 never began swap');
  expect(await resultOf(Promise.reject(broken), (error) => told.push(error))).toEqual({
    journey: 'failed',
    why: 'R-1001 never began swap',
  });
  expect(told).toEqual([broken]);
});
