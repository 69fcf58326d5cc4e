import { whyNot } from '../../engine/contracts/mayBeDone/index.ts';
import { errorOf } from '../../engine/journal/rule/refusals.ts';
import { RunNotFoundError } from '../../engine/journal/errors.ts';
import { defineAction } from './action.ts';
import { runData } from './data.ts';

/** Back to the moments; the run changes only when one is chosen. */
export const changeMoment = defineAction({
  verb: 'change-moment',
  effect: 'change',
  data: runData,
  async run({ runId }, click, { journal, desk, renderer, clock }) {
    const run = await journal.run(runId);
    if (!run) throw new RunNotFoundError(runId);
    const house = desk.house(run.target);
    const refusal = whyNot(run, 'choose-moment', { now: clock.now(), actor: click.person, house });
    // While a plan is being made the moments can be looked at: choosing one is refused until it is there.
    if (refusal && !(run.state === 'draft' && refusal.code === 'outdated-request'))
      throw errorOf(refusal, run, 'choose-moment', house.sandbox.title);
    return { card: await renderer.choose(click, run) };
  },
});
