import { z } from 'zod';
import { authorise } from '../../engine/journal/authority.ts';
import { PlanMissingError, RunNotFoundError } from '../../engine/journal/errors.ts';
import { defineAction } from './action.ts';
import { runData } from './data.ts';

export const viewPlan = defineAction({
  verb: 'view-plan',
  effect: 'read',
  /** `n`: a page of its data, from 1. */
  data: runData.extend({ n: z.int().min(1).max(100).optional() }),
  async run({ runId, n: page }, click, { journal, desk, renderer }) {
    const run = await journal.run(runId);
    if (!run) throw new RunNotFoundError(runId);
    authorise(desk.sandbox(run.target), click.person, 'read');
    const card = await renderer.plan(click, run, page);
    if (!card) throw new PlanMissingError(runId);
    return { card };
  },
});
