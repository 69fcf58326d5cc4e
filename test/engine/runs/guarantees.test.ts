import { expect, test } from 'vitest';
import type { Guarantees, Progress } from '../../../engine/contracts.ts';
import { whyNot } from '../../../engine/contracts/mayBeDone/index.ts';
import { createEngine } from '../../../engine/engine.ts';
import { JONAS } from '../../builders.ts';
import { withWriter } from '../doubles/withWriter.ts';
import { aHouse, type House } from '../house.ts';

/** A house on a platform with other promises, whose restore does `meanwhile`. */
function houseWith(
  guarantees: Partial<Guarantees>,
  meanwhile: (house: House) => Promise<void> = async () => {},
): House {
  const house: House = aHouse({
    provider: (provider) =>
      withWriter((writer) => ({
        async act(action, options) {
          if (action === 'restore') await meanwhile(house);
          return writer.act(action, options);
        },
      }))({ ...provider, guarantees: { ...provider.guarantees, ...guarantees } }),
  });
  return house;
}

test.for([true, false])(
  'a restore that can be stopped (%s) › is what a stop is offered and taken for',
  async (canStopRestore) => {
    const seen: unknown[] = [];
    const house = houseWith({ canStopRestore }, async ({ desk, run, clock }) => {
      const refusal = whyNot(await run('R-1042'), 'stop', { now: clock.now() });
      const stopped = await desk.stop(JONAS, 'R-1042').then(
        () => 'taken',
        (error: { readonly code: string }) => error.code,
      );
      seen.push(refusal?.code, stopped);
    });
    const { runId } = await house.approvedRun();
    await house.proceed(runId);
    expect(seen).toEqual(canStopRestore ? [undefined, 'taken'] : ['restore-not-stoppable', 'restore-not-stoppable']);
    expect((await house.run(runId)).state).toBe(canStopRestore ? 'aborted' : 'completed');
  },
);

test.for(['percent', 'phases'] as const)('progress in %s › is what reaches a card', async (progress) => {
  const house = houseWith({ progress });
  const { runId } = await house.approvedRun();
  const reports: Progress[] = [];
  const lease = await house.journal.acquireLease('uat', 'worker-a', 15_000);
  if (!lease) throw new Error('The target is another worker’s');
  const { signal } = new AbortController();
  const engine = createEngine(house.parts);
  await house.clock.runUntil(engine.proceed(runId, { signal, lease, progress: (report) => reports.push(report) }));
  expect(reports.length).toBeGreaterThan(0);
  expect(reports.some(({ percent }) => percent !== undefined)).toBe(progress === 'percent');
});

test('a place that nobody restores at yet › begins no run', async () => {
  const house = houseWith({ place: 'in-place' });
  const { runId } = await house.approvedRun();
  await expect(house.proceed(runId)).rejects.toThrow('no runbook for a restore in-place');
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});
