import { test } from 'vitest';
import { sanitizeCopy } from '../../../engine/steps/sanitizeCopy.ts';
import { verifySanitization } from '../../../engine/steps/verifySanitization.ts';
import { applyTargetSettings } from '../../../engine/steps/applyTargetSettings.ts';
for (const step of [sanitizeCopy, verifySanitization, applyTargetSettings]) {
  const p = step.perform;
  (step as any).perform = async (c: any) => {
    try {
      return await p(c);
    } catch (e) {
      console.log('THROWN', e);
      throw e;
    }
  };
}
import { aHouse } from '../house.ts';
test('x', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  const run = await house.run(runId);
  console.log(run.state, JSON.stringify(run.failure), JSON.stringify(run.proofs));
  console.log(JSON.stringify(run.steps.map((s) => [s.name, s.state, s.detail])));
});
