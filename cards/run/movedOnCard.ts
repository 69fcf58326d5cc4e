import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame, STATE_TONES } from '../frame.ts';
import { subjectOf, type RunContext } from './runContext.ts';
import { plainState } from './targetWords.ts';
import template from '../templates/movedOn.json' with { type: 'json' };

/** Stands where a card asked for something that is decided by now: a retried failure, a plan that was changed. */
export function movedOnCard(context: RunContext): Card {
  const { r, run, runId, target } = subjectOf(context);
  const words = r.words.movedOn;
  return fillTemplate(template, {
    ...frame(r, {
      tone: STATE_TONES[run.state],
      title: words.title(target),
      subtitle: r.words.notice.subtitle(runId),
      badge: plainState(r, run),
    }),
    text: words.text,
    actions: [execute('view-run', r.words.progress.view, { runId: run.runId })],
  });
}

/** Stands for good where another message of the conversation has taken this one's place: nothing that becomes of the run makes it untrue. */
export function replacedCard(context: RunContext): Card {
  const { r, run, runId, target } = subjectOf(context);
  const words = r.words.movedOn;
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'ended',
      title: words.replacedTitle(target),
      subtitle: r.words.notice.subtitle(runId),
      badge: r.words.replaced,
    }),
    text: words.replacedText,
    actions: [execute('view-run', r.words.progress.view, { runId: run.runId })],
  });
}
