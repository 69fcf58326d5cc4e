import { expect, test } from 'vitest';
import { NoAnswerError } from '../../../engine/bounded.ts';
import { aHouse } from '../house.ts';

test('a source that does not answer once › is asked anew, and the run goes on', async () => {
  let silent = 0;
  const house = aHouse({
    provider: (provider) => ({
      ...provider,
      plan: async (...asked) => {
        if (silent-- > 0) throw new NoAnswerError('sql01:1433', 15_000);
        return provider.plan(...asked);
      },
    }),
  });
  const { runId } = await house.approvedRun();
  silent = 1;
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
  expect(await house.logged(runId)).toContain('Tried again after: sql01:1433 gave no answer');
});
