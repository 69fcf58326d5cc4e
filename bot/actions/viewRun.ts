import { authorise } from '../../engine/journal/authority.ts';
import { RunNotFoundError } from '../../engine/journal/errors.ts';
import { presentKind } from '../commands/showRun.ts';
import { defineAction } from './action.ts';
import { runData } from './data.ts';

/** The card that belongs in this place, as it is now; on a list, the one that says what matters. */
export const viewRun = defineAction({
  verb: 'view-run',
  effect: 'read',
  data: runData,
  async run({ runId }, click, { journal, desk, renderer }) {
    const run = await journal.run(runId);
    if (!run) throw new RunNotFoundError(runId);
    authorise(desk.sandbox(run.target), click.person, 'read');
    const kind = click.kind ?? presentKind(run);
    return { card: await renderer.run(click, run, kind), isQuestion: false, isCardOf: { run, kind } };
  },
});
