import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { keepButton } from './planButtons.ts';
import { newDraft } from '../run/againButtons.ts';
import { frame } from '../frame.ts';
import { subjectOf, type RunContext } from '../run/runContext.ts';
import template from '../templates/movedOn.json' with { type: 'json' };

/** A draft without a moment, seen from outside its choose card (which needs the recovery window): leads back there. */
export function momentMissingCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target, source } = subject;
  const { choose } = r.words;
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'choose',
      title: choose.titleOf(target, source),
      subtitle: choose.subtitle(runId),
      badge: choose.badge,
    }),
    text: choose.noMoment,
    actions: [
      ...(subject.may('choose-moment')
        ? [execute('change-moment', choose.chooseMoment, { runId: run.runId }, { style: 'positive' })]
        : [newDraft(subject)]),
      ...keepButton(subject),
    ],
  });
}
