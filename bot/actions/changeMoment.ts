import { authorise } from '../../engine/journal/authority.ts';
import { OutdatedRequestError, RunNotFoundError } from '../../engine/journal/errors.ts';
import { defineAction } from './action.ts';
import { runData } from './data.ts';

/** Back to the moments; the run changes only when one is chosen. */
export const changeMoment = defineAction({
  verb: 'change-moment',
  effect: 'change',
  data: runData,
  async run({ runId }, click, { journal, desk, renderer }) {
    const run = await journal.run(runId);
    if (!run) throw new RunNotFoundError(runId);
    authorise(desk.sandbox(run.target), click.person, 'choose-moment');
    if (run.state !== 'draft') throw new OutdatedRequestError(run, 'choose-moment');
    return { card: await renderer.choose(click, run) };
  },
});
