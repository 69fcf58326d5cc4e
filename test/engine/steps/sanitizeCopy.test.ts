import { expect, test } from 'vitest';
import type { Journal } from '../../../engine/journal/journal.ts';
import { aHouse } from '../house.ts';

/** Ends once, behind the work of `sanitize` and in front of its record. */
function dyingJournal(journal: Journal): Journal {
  let hasDied = false;
  return {
    ...journal,
    async record(runId, event, by) {
      if (event.kind === 'step-done' && event.step === 'sanitize' && !hasDied) {
        hasDied = true;
        throw new Error('the worker has died');
      }
      return journal.record(runId, event, by);
    },
  };
}

test('a sanitization that is repeated › says that an earlier attempt has changed the rows', async () => {
  const house = aHouse({ journal: dyingJournal });
  const { runId } = await house.approvedRun();
  await expect(house.proceed(runId)).rejects.toThrow('the worker has died');
  await house.proceed(runId);
  const { steps, state } = await house.run(runId);
  expect(steps.find(({ name }) => name === 'sanitize')?.detail).toBe(
    '2 rules, 3 rows changed, all of them by an earlier attempt',
  );
  expect(state).toBe('completed');
  expect(await house.logged(runId)).toContain(
    'sanitize: addresses (LOGISTICSELECTRONICADDRESS): 2 rows, by an earlier attempt',
  );
});
