import { execute } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { approvalsNeeded } from '../../engine/contracts/mayBeDone/index.ts';
import { type RunContext, recoveryPoint, subjectOf, type Subject } from './runContext.ts';
import { firstApprovalWords } from './sandboxNotes.ts';
import { newDraft } from './againButtons.ts';
import { keepButton } from '../plan/planButtons.ts';
import { askedOf } from '../plan/toldFacts.ts';
import { scheduledFacts } from './scheduledFacts.ts';
import template from '../templates/waiting.json' with { type: 'json' };
import { joinMd, type Md } from '../text.ts';
import { who } from '../who.ts';

/** The run's own card after the confirmation: who can decide, until when, and the way out. */
export function waitingCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target, source } = subject;
  const words = r.words.waiting;
  const { plan, approval } = r.words;
  const asked = askedOf(subject, context);
  const isOpen = !run.isUrgent && subject.mayUnfrozen('approve');
  const approvers = context.approvers.map(({ name }) => r.plain(name, 60));
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'approval',
      title: run.isUrgent ? r.words.urgent.waitingTitle(target) : words.title(target),
      subtitle: run.expiresAt
        ? (run.isUrgent ? r.words.urgent.starts : approval.expires)(words.subtitle(runId), r.clock(run.expiresAt))
        : words.subtitle(runId),
      badge: run.isUrgent ? r.words.urgent.badge : r.words.states[run.state],
    }),
    text: textOf(subject, context, asked.text),
    facts: [
      { title: plan.from, value: source.md },
      { title: plan.replace, value: target.md },
      { title: plan.at, value: recoveryPoint(subject) },
      ...scheduledFacts(subject),
      { title: approval.requester, value: who(r, run.requestedBy) },
      ...(approvers.length > 0 && !run.isUrgent ? [{ title: words.approvers, value: joinMd(approvers, ', ') }] : []),
      ...asked.facts,
    ],
    forwards: isOpen ? asked.forwards : [],
    reasonLabel: approval.reason,
    reason: run.reason ? r.verbatim(run.reason, 300) : approval.noReason,
    actions: [
      execute('view-plan', words.view, { runId: run.runId }),
      ...keepButton(subject, {}, words.cancel),
      ...(isOpen || run.isUrgent ? [] : [newDraft(subject)]),
    ],
  });
}

function textOf(subject: Subject, { house }: RunContext, asked: Md): Md {
  const { r, run, target } = subject;
  if (run.isUrgent) return r.words.urgent.waiting(r.moment(run.expiresAt ?? r.now));
  if (!subject.mayUnfrozen('approve')) return r.words.approval.nobodyLeft(target);
  const first =
    firstApprovalWords(r, run, house) ?? (approvalsNeeded(run) === 2 ? r.words.approvals.wanted : undefined);
  return first ? joinMd([first, asked], '\n\n') : asked;
}
