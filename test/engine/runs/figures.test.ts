import { expect, test } from 'vitest';
import { figuresOf } from '../../../engine/runs/figures.ts';
import { withWriter } from '../doubles/withWriter.ts';
import { watched } from '../doubles/troubles.ts';
import { aHouse } from '../house.ts';
import { aRun } from '../../builders.ts';

test('figures › come from the checkpoints, so they survive a change of worker', async () => {
  const seconds: Readonly<Record<string, number>> = { restore: 600, swap: 1.5, open: 20 };
  const shutdown = new AbortController();
  const house = aHouse({
    provider: (provider, { clock }) =>
      withWriter((writer) => ({
        async act(action, options) {
          await clock.sleep((seconds[action] ?? 0) * 1000);
          return writer.act(action, options);
        },
      }))(provider),
    journal: watched((event) => {
      if (event.kind === 'step-done' && event.step === 'sanitize') shutdown.abort();
    }),
  });
  const { runId } = await house.approvedRun();
  expect(await house.proceed(runId, { signal: shutdown.signal })).toBe('handed-back');
  await house.proceed(runId, { worker: 'worker-b' });
  expect((await house.run(runId)).figures).toMatchObject({
    totalSeconds: 621.5,
    restoreSeconds: 600,
    sanitizeSeconds: 0,
    switchSeconds: 1.5,
    unavailableSeconds: 21.5,
    waitedSeconds: 0,
    workSeconds: 621.5,
  });
});

test('figures › of steps that were not done are absent; a step under way counts as work, a wait for the cutover does not', () => {
  const at = (minute: number) => `2026-11-20T12:0${String(minute)}:00.000Z`;
  const run = aRun({ startedAt: at(0) });
  const steps = run.steps.map((step) => {
    if (step.name === 'check-prerequisites')
      return { ...step, state: 'done' as const, startedAt: at(0), endedAt: at(1) };
    if (step.name === 'await-cutover') return { ...step, state: 'done' as const, startedAt: at(1), endedAt: at(4) };
    if (step.name === 'stop-services') return { ...step, state: 'running' as const, startedAt: at(4) };
    return step;
  });
  expect(figuresOf({ ...run, steps }, at(6))).toEqual({
    totalSeconds: 360,
    restoreSeconds: undefined,
    sanitizeSeconds: undefined,
    waitedSeconds: 180,
    workSeconds: 180,
  });
});
