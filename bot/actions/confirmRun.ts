import type { Run } from '../../engine/contracts.ts';
import { authorise } from '../../engine/journal/authority.ts';
import { NotAllowedError, OutdatedRequestError, RunNotFoundError } from '../../engine/journal/errors.ts';
import { TerminalError } from '../../engine/errors.ts';
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
    let confirmed: Run;
    try {
      if (run.state === 'draft' && !isConfirmed(confirm, run.target)) throw new WrongConfirmationError(run.target);
      confirmed = await desk.confirm(click.person, runId, digest, reason.trim());
    } catch (error) {
      const present = await journal.run(runId);
      const isOpen = present?.state === 'draft' && present.plan !== undefined;
      const isOther = error instanceof OutdatedRequestError || error instanceof NotAllowedError;
      if (!isOpen || isOther || !(error instanceof TerminalError)) throw error;
      // The answer takes the place of the plan: without it, and without what was typed, everything would be typed again.
      const { message, remedy, code } = error;
      return {
        card: await renderer.run(click, present, 'run', { message, remedy, code, confirm, reason }),
        isQuestion: true,
      };
    }
    return { card: await renderer.run(click, confirmed, click.kind ?? 'run') };
  },
});
