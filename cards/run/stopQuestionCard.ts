import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { subjectOf, type RunContext } from './runContext.ts';
import { runTitle, stateWord, toneOf } from './targetWords.ts';
import template from '../templates/movedOn.json' with { type: 'json' };

/**
 * “Stop…” on a card that moves: asked by a click and not by a form of the card, because every update of a card closes its
 * forms. Shown to whoever pressed it, alone.
 */
export function stopQuestionCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target } = subject;
  const words = r.words.progress;
  const { runId: id } = run;
  return fillTemplate(template, {
    ...frame(r, {
      tone: toneOf(run),
      title: runTitle(subject),
      subtitle: r.words.notice.subtitle(runId),
      badge: stateWord(r, run),
    }),
    text: words.stopEffect(target),
    actions: [
      execute('stop-run', words.stopButton, { runId: id }, { style: 'destructive' }),
      execute('view-run', words.goOn, { runId: id }),
    ],
  });
}
