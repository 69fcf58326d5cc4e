import { authorise } from '../../engine/journal/authority.ts';
import { RunNotFoundError } from '../../engine/journal/errors.ts';
import { isConfirmed } from '../../cards/index.ts';
import { defineAction } from './action.ts';
import { digestText, runData, shortText } from './data.ts';
import { WrongConfirmationError } from './errors.ts';

/** “Replace UAT”: the typed word is compared here, whatever the client has checked. */
export const confirmRun = defineAction({
  verb: 'confirm-run',
  effect: 'change',
  data: runData.extend({ digest: digestText, confirm: shortText.default(''), reason: shortText.default('') }),
  async run({ runId, digest, confirm, reason }, click, { desk, journal, renderer }) {
    const run = await journal.run(runId);
    if (!run) throw new RunNotFoundError(runId);
    authorise(desk.sandbox(run.target), click.person, 'confirm');
    if (run.state === 'draft' && !isConfirmed(confirm, run.target)) throw new WrongConfirmationError(run.target);
    const confirmed = await desk.confirm(click.person, runId, digest, reason.trim());
    return { card: await renderer.run(click, confirmed, click.kind ?? 'run') };
  },
});
