import { fillTemplate, type Card } from '../card.ts';
import { keepButton } from './planButtons.ts';
import { frame } from '../frame.ts';
import { recoveryPoint, subjectOf, type RunContext } from '../run/runContext.ts';
import template from '../templates/planning.json' with { type: 'json' };

/** While a worker makes the plan: seconds, so the card says what is going on and offers the way out. */
export function planningCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, target, source } = subject;
  const words = r.words.planning;
  const plan = r.words.plan;
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'running',
      title: words.title(target),
      subtitle: words.subtitle(subject.runId),
      badge: words.badge,
    }),
    facts: [
      { title: plan.from, value: source.md },
      { title: plan.replace, value: target.md },
      { title: plan.at, value: recoveryPoint(subject) },
    ],
    text: words.text(source),
    actions: keepButton(subject),
  });
}
