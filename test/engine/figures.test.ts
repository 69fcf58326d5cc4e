import { expect, test } from 'vitest';
import { figuresOf } from '../../engine/figures.ts';
import { watched } from './doubles/troubles.ts';
import { aHouse } from './house.ts';
import { aRun } from '../builders.ts';

test('figures › come from the checkpoints, so they survive a change of worker', async () => {
  const seconds: Readonly<Record<string, number>> = { restore: 600, swap: 1.5, open: 20 };
  const shutdown = new AbortController();
  const house = aHouse({
    provider: (provider, { clock }) => ({
      ...provider,
      async act(action, context) {
        await clock.sleep((seconds[action] ?? 0) * 1000);
        return provider.act(action, context);
      },
    }),
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
  });
});

test('figures › of steps that were not done are absent, and work adds up over workers', () => {
  const run = aRun({ startedAt: '2026-11-20T12:00:00.000Z', figures: { workSeconds: 5 } });
  expect(figuresOf(run, '2026-11-20T12:01:00.000Z', 2500)).toEqual({
    totalSeconds: 60,
    restoreSeconds: undefined,
    sanitizeSeconds: undefined,
    waitedSeconds: undefined,
    workSeconds: 7.5,
  });
});
