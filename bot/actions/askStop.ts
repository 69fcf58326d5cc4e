import { whyNot } from '../../engine/contracts/mayBeDone/index.ts';
import { RunNotFoundError } from '../../engine/journal/errors.ts';
import { errorOf } from '../../engine/journal/rule/refusals.ts';
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
    const house = desk.house(run.target);
    const refusal = whyNot(run, 'stop', { now: clock.now(), actor: click.person, house });
    if (refusal) throw errorOf(refusal, run, 'stop', house.sandbox.title);
    if (click.messageId !== undefined) outbox.isAsking(click.messageId);
    return { card: await renderer.stopQuestion(click, run), isQuestion: true, isCardOf: { run, kind: 'run' } };
  },
});
