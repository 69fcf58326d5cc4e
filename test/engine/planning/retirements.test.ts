import { expect, test } from 'vitest';
import { retirementChecks } from '../../../engine/planning/retirements.ts';
import { digestOfRestore } from '../../../engine/planning/planBinding.ts';
import type { Run } from '../../../engine/contracts.ts';
import { aRun } from '../../builders.ts';
import { aHouse } from '../house.ts';

const retires = [{ runId: 'R-1010', names: ['AxDB_UAT__previous_R-1010'], sizeBytes: 370 * 1024 ** 3 }];

async function outcomeFor(changes: Partial<Run> | undefined) {
  const { parts } = aHouse();
  const run = changes && aRun({ runId: 'R-1010', state: 'completed', ...changes });
  const journal = { ...parts.journal, run: async () => run };
  const [check] = await retirementChecks({ ...parts, journal }, 'uat', retires);
  return [check?.outcome, check?.detail, check?.title];
}

test('former databases that have to go › are a warning of the plan, which names them and their size', async () => {
  expect(await outcomeFor({})).toEqual([
    'warning',
    'R-1010 cannot be rolled back afterwards. The copy has no room beside AxDB_UAT__previous_R-1010 (370 GB)',
    'Drops the former databases of R-1010',
  ]);
  expect((await outcomeFor({ state: 'signed-off' }))[0]).toBe('warning');
});

test('former databases of a run that waits for a decision, or that nobody here knows › block the plan', async () => {
  const detail = 'The copy has no room beside AxDB_UAT__previous_R-1010 (370 GB)';
  // What is refused is not dropped.
  const title = 'Would have to drop the former databases of R-1010';
  expect(await outcomeFor({ state: 'failed' })).toEqual(['blocked', `${detail}. R-1010 is failed`, title]);
  expect(await outcomeFor({ state: 'rollback-in-progress' })).toEqual([
    'blocked',
    `${detail}. R-1010 is rollback-in-progress`,
    title,
  ]);
  expect(await outcomeFor(undefined)).toEqual(['blocked', `${detail}. R-1010 is no run of this target`, title]);
  expect((await outcomeFor({ target: 'test' }))[0]).toBe('blocked');
});

test('the digest › changes when more has to go than was approved, and not when less has', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  const run = await house.run(runId);
  const { plan } = run;
  if (!plan) throw new Error('no plan');
  const approved = { ...plan, binding: { ...plan.binding, retires: ['R-1010'] } };
  const digest = (restoreRetires: typeof retires) =>
    digestOfRestore(
      house.parts,
      { ...run, plan: approved },
      { ...plan.binding, chain: plan.chain, retires: restoreRetires },
    );
  expect(digest([])).toBe(digest(retires));
  expect(digest([{ runId: 'R-1020', names: [], sizeBytes: 1 }])).not.toBe(digest(retires));
  expect(digest(retires)).not.toBe(plan.digest);
});
