import type { Failure } from '../../engine/contracts.ts';
import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { checkRows } from './checkRows.ts';
import { changeButton, keepButton } from './planButtons.ts';
import { newDraft } from '../run/againButtons.ts';
import { frame } from '../frame.ts';
import { recoveryPoint, subjectOf, type RunContext } from '../run/runContext.ts';
import template from '../templates/planRefused.json' with { type: 'json' };

/** No plan came about (`failure`), or one whose conditions are not met: why, and what to do. Nothing has changed. */
export function planRefusedCard(context: RunContext, failure?: Failure): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target, source } = subject;
  const words = r.words.refused;
  const plan = r.words.plan;
  const checks = run.plan && !failure ? checkRows(r, run.plan) : undefined;
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'refused',
      title: words.title(target),
      subtitle: words.subtitle(runId),
      badge: words.badge,
    }),
    facts: [
      { title: plan.from, value: source.md },
      { title: plan.replace, value: target.md },
      { title: plan.at, value: recoveryPoint(subject) },
      ...(failure ? [{ title: words.code, value: r.id(failure.code) }] : []),
    ],
    failures: failure
      ? [
          {
            message: r.verbatim(r.told(failure.message), 600),
            remedy: r.verbatim(r.told(failure.remedy), 600),
            title: words.whatToDo,
          },
        ]
      : [],
    checks: checks ? [{ title: words.blocked(checks.blocked), counts: checks.counts }] : [],
    rows: checks?.open ?? [],
    actions: [
      ...(subject.may('choose-moment')
        ? [execute('plan-again', words.again, { runId: run.runId }, { style: 'positive' })]
        : [newDraft(subject)]),
      ...changeButton(subject),
      ...keepButton(subject),
    ],
  });
}
