import { expect, test } from 'vitest';
import { STEP_NAMES } from '../../engine/contracts.ts';
import { isLongRun } from '../longRun.ts';
import { plantedBugs } from './simulation/plantedBugs.ts';
import { simulate } from './simulation/simulate.ts';

const SCHEDULES = isLongRun ? 10_000 : 300;
/** A schedule is played again with REWIND_SEED=<seed>. */
const FIRST_SEED = Number(process.env['REWIND_SEED'] ?? 1);
const MOST_SCHEDULES_TO_FIND_A_BUG = 2000;

test(
  `${SCHEDULES.toLocaleString('en')} schedules of crashes, zombies and people › break no promise`,
  { timeout: isLongRun ? 1_800_000 : 120_000 },
  async () => {
    const states = new Set<string>();
    const killedIn = new Set<string>();
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed += 1) {
      const outcome = await simulate(seed, undefined, { hasFreezes: seed % 2 === 0 });
      expect(outcome.violation, `seed ${String(seed)}: ${outcome.trace.slice(-20).join(', ')}`).toBeUndefined();
      for (const state of outcome.states) states.add(state);
      for (const step of outcome.killedIn) killedIn.add(step);
    }
    // A simulation that never gets anywhere would break no promise either.
    expect([...states]).toEqual(
      expect.arrayContaining(['completed', 'signed-off', 'failed', 'rolled-back', 'aborted']),
    );
    expect([...killedIn]).toEqual(expect.arrayContaining(STEP_NAMES.filter((name) => !name.startsWith('synchronize'))));
  },
);

test.for(plantedBugs)('a planted bug › is found: $name', { timeout: 240_000 }, async (bug, { annotate }) => {
  const first = isLongRun ? 1 : (bug.shownFrom ?? 1);
  for (let seed = first; seed < first + MOST_SCHEDULES_TO_FIND_A_BUG; seed += 1) {
    const { violation } = await simulate(seed, bug, bug);
    if (violation === undefined) continue;
    await annotate(`schedule ${String(seed)}: ${violation}`);
    expect(violation).toMatch(/^(S|L)\d/);
    return;
  }
  expect.unreachable(`${String(MOST_SCHEDULES_TO_FIND_A_BUG)} schedules have not found it`);
});

test('a crash between a drop and its record › leaves no run with a way back that is gone', async () => {
  expect((await simulate(22)).violation).toBeUndefined();
});
