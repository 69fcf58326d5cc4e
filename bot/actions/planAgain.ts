import { RunNotFoundError } from '../../engine/journal/errors.ts';
import { typedMoment } from '../moments/momentOf.ts';
import { postAnswer } from '../outbox.ts';
import { defineAction } from './action.ts';
import { runData } from './data.ts';
import { planMoment } from './planMoment.ts';

/** The same moment once more: a draft is planned anew, an ended run begets a new one with a card of its own. */
export const planAgain = defineAction({
  verb: 'plan-again',
  effect: 'change',
  data: runData,
  async run({ runId }, click, parts) {
    const { journal, desk, renderer, repeats } = parts;
    const run = await journal.run(runId);
    if (!run) throw new RunNotFoundError(runId);
    const plan = (draftId: string) =>
      planMoment({ runId: draftId }, click, parts, (survey, context) =>
        typedMoment(run.at ?? 'latest', survey, context),
      );
    if (run.state === 'draft') return plan(runId);
    const { run: next, isNew } = await repeats.begin({ ...click, button: `${click.verb} ${runId}` }, (pressed) =>
      desk.draft(click.person, run.target, click.zone, run, run.source, { pressed }),
    );
    // Shown as of its draft: the notifier brings it on from there.
    if (isNew)
      await postAnswer(parts, click.place, { card: (await plan(next.runId)).card, shows: { run: next, kind: 'run' } });
    return { card: await renderer.run(click, run, click.kind ?? 'run') };
  },
});
