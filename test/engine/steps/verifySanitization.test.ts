import { expect, test } from 'vitest';
import { pack, promising } from '../doubles/smallCompany.ts';
import { aHouse } from '../house.ts';

test('a rule whose table is not there › is called neither carried out nor proved', async () => {
  const house = aHouse({ parts: { packs: () => [pack, promising] } });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  const { steps, state } = await house.run(runId);
  expect(state).toBe('completed');
  const detail = (name: string) => steps.find((step) => step.name === name)?.detail;
  expect(detail('sanitize')).toBe('2 rules, 3 rows changed');
  expect(detail('verify-sanitization')).toMatch(/^2 rules proved, 1 had nothing to look at, 0 of \d+ protected values/);
  const log = await house.logged(runId);
  expect(log).toContain('nothing to look at: promises, no such table');
  expect(log).not.toContain('proved: promises');
});
