import { wayBackOf, whyNot } from '../../../engine/contracts/mayBeDone/index.ts';
import type { House } from '../house.ts';

/** What runs are still told of, a way back or a copy for a retry, and of which not both databases lie on the target’s server. */
export async function brokenPromises(house: House): Promise<readonly string[]> {
  const now = house.clock.now();
  const runs = await house.journal.runs({ target: 'uat' });
  const promised = runs.flatMap((run) => [
    ...(wayBackOf(run, now).kind === 'none' ? [] : [`previous_${run.runId}`]),
    ...(whyNot(run, 'retry', { now }) ? [] : [`incoming_${run.runId}`]),
  ]);
  const names = new Set(Object.keys(house.databases()));
  return promised.filter((kept) => !names.has(`axdb__${kept}`) || !names.has(`mrdb__${kept}`));
}
