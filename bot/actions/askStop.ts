import { authorise } from '../../engine/journal/authority.ts';
import { RunNotFoundError } from '../../engine/journal/errors.ts';
import { transition } from '../../engine/journal/transition.ts';
import { defineAction } from './action.ts';
import { runData } from './data.ts';

/** Asks before a stop. The card that is asked on stands still for a while, so that the question is not closed by progress. */
export const askStop = defineAction({
  verb: 'ask-stop',
  effect: 'change',
  data: runData,
  async run({ runId }, click, { journal, desk, outbox, renderer, clock }) {
    const run = await journal.run(runId);
    if (!run) throw new RunNotFoundError(runId);
    authorise(desk.sandbox(run.target), click.person, 'stop');
    const hold = await journal.hold(run.target);
    transition(run, { kind: 'stop' }, { actor: click.person, now: clock.now(), hold });
    if (click.messageId !== undefined) outbox.isAsking(click.messageId);
    return { card: renderer.stopQuestion(click, run), isQuestion: true, isCardOf: { run, kind: 'run' } };
  },
});
