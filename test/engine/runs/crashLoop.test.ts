import { expect, test } from 'vitest';
import { REWIND, type StepName } from '../../../engine/contracts.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import { refuseCrashLoop } from '../../../engine/runs/crashLoop.ts';
import { aHouse } from '../house.ts';

const STEP: StepName = 'check-prerequisites';
const started: RunEvent = { kind: 'step-started', step: STEP };
const noted = (value: string): RunEvent => ({ kind: 'remember', key: 'backup', value });

/** Workers that were gone in the middle of a step leave nothing but records behind; then one goes on. */
async function goOnAfter(events: readonly RunEvent[]) {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  for (const event of [{ kind: 'start' } as const, ...events])
    await house.journal.record(runId, event, { actor: REWIND });
  await house.proceed(runId);
  return { house, run: await house.run(runId) };
}

test('a step that ends its worker › is started three times, then the run fails and says so', async () => {
  const { run, house } = await goOnAfter([started, started, started]);
  expect(run).toMatchObject({
    state: 'failed',
    targetState: 'old',
    failure: { step: STEP, code: 'step-keeps-ending' },
  });
  expect(house.world.actions).toEqual([]);
});

test('a step that ends its worker › twice is started once more', async () => {
  expect((await goOnAfter([started, started])).run.state).toBe('completed');
});

test('a step that ends its worker › but gets further each time is not given up', async () => {
  const events = [1, 2, 3, 4, 5].flatMap((n) => [started, noted(String(n))]);
  expect((await goOnAfter(events)).run.state).toBe('completed');
});

test('a step that ends its worker › and only notes the same again does not get further', async () => {
  const { run } = await goOnAfter([1, 2, 3, 4].flatMap(() => [started, noted('the first')]));
  expect(run.failure?.code).toBe('step-keeps-ending');
});

test('a step that ends its worker › because it is told to, by one deployment after another, is not given up', async () => {
  const events = [1, 2, 3, 4].flatMap((): RunEvent[] => [started, { kind: 'hand-back' }]);
  expect((await goOnAfter(events)).run.state).toBe('completed');
});

test('a swap that ends its worker › is given up as well, though it says each time that the target is closed', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  const swap = [1, 2, 3].flatMap(() => [{ kind: 'step-started', step: 'swap' } as const, { kind: 'closed' } as const]);
  for (const event of [{ kind: 'start' } as const, ...swap])
    await house.journal.record(runId, event, { actor: REWIND });
  await expect(refuseCrashLoop(house.parts, await house.run(runId), 'swap')).rejects.toMatchObject({
    code: 'step-keeps-ending',
  });
});

test('a step that ends its worker › after each proof it has made is given up as well', async () => {
  const events = [1, 2, 3].flatMap((): RunEvent[] => [started, { kind: 'proved', step: STEP, proofs: [] }]);
  expect((await goOnAfter(events)).run.failure?.code).toBe('step-keeps-ending');
});
