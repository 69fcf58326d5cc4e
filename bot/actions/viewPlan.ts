import { authorise } from '../../engine/journal/authority.ts';
import { PlanMissingError, RunNotFoundError } from '../../engine/journal/errors.ts';
import { defineAction } from './action.ts';
import { runData } from './data.ts';

export const viewPlan = defineAction({
  verb: 'view-plan',
  effect: 'read',
  data: runData,
  async run({ runId }, click, { journal, desk, renderer }) {
    const run = await journal.run(runId);
    if (!run) throw new RunNotFoundError(runId);
    authorise(desk.sandbox(run.target), click.person, 'read');
    const card = await renderer.plan(click, run);
    if (!card) throw new PlanMissingError(runId);
    return { card };
  },
});
