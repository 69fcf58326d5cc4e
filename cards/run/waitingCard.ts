import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { type RunContext, recoveryPoint, subjectOf } from './runContext.ts';
import { newDraft } from './againButtons.ts';
import { keepButton } from '../plan/planButtons.ts';
import { askedOf } from '../plan/toldFacts.ts';
import template from '../templates/waiting.json' with { type: 'json' };
import { joinMd } from '../text.ts';
import { who } from '../who.ts';

/** The run's own card after the confirmation: who can decide, until when, and the way out. */
export function waitingCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target, source } = subject;
  const words = r.words.waiting;
  const { plan, approval } = r.words;
  const asked = askedOf(subject, context);
  const approvers = context.approvers.map(({ name }) => r.plain(name, 60));
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'approval',
      title: words.title(target),
      subtitle: run.expiresAt ? approval.expires(words.subtitle(runId), r.clock(run.expiresAt)) : words.subtitle(runId),
      badge: r.words.states[run.state],
    }),
    text: subject.mayUnfrozen('approve') ? asked.text : approval.nobodyLeft(target),
    facts: [
      { title: plan.from, value: source.md },
      { title: plan.replace, value: target.md },
      { title: plan.at, value: recoveryPoint(subject) },
      { title: approval.requester, value: who(r, run.requestedBy) },
      ...(approvers.length > 0 ? [{ title: words.approvers, value: joinMd(approvers, ', ') }] : []),
      ...asked.facts,
    ],
    forwards: subject.mayUnfrozen('approve') ? asked.forwards : [],
    reasonLabel: approval.reason,
    reason: run.reason ? r.verbatim(run.reason, 300) : approval.noReason,
    actions: [
      execute('view-plan', words.view, { runId: run.runId }),
      ...keepButton(subject, {}, words.cancel),
      ...(subject.mayUnfrozen('approve') ? [] : [newDraft(subject)]),
    ],
  });
}
