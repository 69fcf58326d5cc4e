import type { Plan } from '../../engine/contracts.ts';
import { linkOf, ticketsIn, type House } from '../../engine/contracts/mayBeDone/index.ts';
import { askFirst, execute, fitting, openUrl, type Action } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { mentioned } from '../mentions.ts';
import { newDraft } from '../run/againButtons.ts';
import { checkRows } from './checkRows.ts';
import { frame, STATE_TONES, type Header } from '../frame.ts';
import { estimateOf, formersOf, keptAtLeastUntil } from './planFacts.ts';
import { recoveryPoint, subjectOf, type Fact, type RunContext, type Subject } from '../run/runContext.ts';
import template from '../templates/approval.json' with { type: 'json' };
import { joinMd, rich, type Md } from '../text.ts';
import { who } from '../who.ts';

/** Asks the approvers; once somebody has decided, says who and when, without buttons. */
export function approvalCard(context: RunContext, plan: Plan): Card {
  const subject = subjectOf(context);
  const { r, run, target } = subject;
  const words = r.words.approval;
  const isOpen = run.state === 'awaiting-approval';
  const requester = who(r, run.requestedBy);
  const asked = mentioned(isOpen ? (context.asked ?? context.approvers) : []);
  const size = plan.replaced.sizeBytes === undefined ? undefined : r.size(plan.replaced.sizeBytes);
  return fillTemplate(template, {
    ...frame(r, headerOf(subject, isOpen)),
    entities: asked.entities,
    ask: !subject.mayUnfrozen('approve')
      ? words.nobodyLeft(target)
      : asked.entities.length > 0
        ? words.ask(asked.text, requester, target)
        : words.askNobody(requester, target),
    reminder: isOpen && run.remindedAt && run.expiresAt ? words.reminder(r.moment(run.expiresAt)) : '',
    facts: factsOf(subject, plan),
    reasonLabel: words.reason,
    reason: run.reason ? r.verbatim(run.reason, 300) : words.noReason,
    lost: joinMd([words.lost(target, size, r.moment(keptAtLeastUntil(plan))), ...formersOf(subject, plan)], '\n\n'),
    isOpen,
    isDecided: !isOpen,
    decision: decisionOf(subject),
    decisionReason: r.verbatim(run.ending?.reason ?? run.approval?.comment ?? '', 300),
    comments: isOpen && subject.may('approve') ? [{ label: words.comment }] : [],
    actions: [...(isOpen ? decisions(subject, plan) : []), ...ticketLinks(subject, context.house)],
  });
}

/** Where the tickets are that the request, its approval or its rejection names; two of them. */
function ticketLinks({ r, run }: Subject, house: House | undefined): readonly Action[] {
  const ticket = house?.sandbox.requests?.ticket;
  if (!ticket) return [];
  const said = [run.reason, run.approval?.comment, run.ending?.reason].join('\n');
  return ticketsIn(said, ticket)
    .slice(0, 2)
    .flatMap((one) =>
      openUrl(fitting(r.verbatim(one, 40), r.words.approval.ticket), linkOf(one, ticket), {
        isOverflow: run.state === 'awaiting-approval',
      }),
    );
}

function headerOf({ r, run, runId, target, source }: Subject, isOpen: boolean): Header {
  const words = r.words.approval;
  const isApproved = !isOpen && run.approval !== undefined;
  return {
    tone: isApproved ? 'done' : STATE_TONES[run.state],
    title: words.title(target, source),
    subtitle:
      isOpen && run.expiresAt ? words.expires(words.subtitle(runId), r.clock(run.expiresAt)) : words.subtitle(runId),
    badge: isApproved
      ? words.approvedBadge
      : run.ending
        ? r.words.aborted.badges[run.ending.how]
        : r.words.states[run.state],
  };
}

/** Characters of all warnings: there is more room for them than on the plan. */
const WARNINGS = 3500;

function factsOf(subject: Subject, plan: Plan): readonly Fact[] {
  const { r, target } = subject;
  const { approval: words, plan: planWords } = r.words;
  const checks = checkRows(r, plan, WARNINGS);
  const warnings = checks.open.map(({ glyph, title, found }) => rich`${glyph} **${title}** · ${found}`);
  return [
    { title: planWords.replace, value: target.md },
    { title: planWords.at, value: recoveryPoint(subject) },
    { title: planWords.duration, value: estimateOf(subject, plan) },
    { title: words.warnings, value: warnings.length === 0 ? words.noWarnings : joinMd(warnings, '\n\n') },
  ];
}

function decisionOf({ r, run }: Subject): Md {
  const words = r.words.approval;
  if (run.approval) return words.approved(who(r, run.approval.by), r.moment(run.approval.at));
  if (!run.ending) return r.words.states[run.state];
  const by = who(r, run.ending.by);
  const at = r.moment(run.ending.at);
  switch (run.ending.how) {
    case 'rejected':
      return words.rejected(by, at);
    case 'expired':
      return words.expired(at);
    case 'kept':
      return words.withdrawn(by, at);
    case 'stopped':
      return words.stopped(by, at);
  }
}

function decisions(subject: Subject, plan: Plan): readonly Action[] {
  const { r, run, target, may } = subject;
  const words = r.words.approval;
  const { runId } = run;
  const why = {
    type: 'Input.Text',
    id: 'why',
    label: words.why(r.verbatim(run.requestedBy.name, 60)),
    isRequired: true,
    errorMessage: words.whyMissing,
    isMultiline: true,
    maxLength: 300,
  };
  const reject = execute('reject-run', words.rejectButton, { runId }, { style: 'destructive' });
  return [
    ...(may('approve')
      ? [execute('approve-run', words.approve, { runId, digest: plan.digest }, { style: 'positive' })]
      : subject.mayUnfrozen('approve')
        ? []
        : [newDraft(subject)]),
    ...(may('reject') ? [askFirst(words.reject, words.rejectEffect(target), reject, { inputs: [why] })] : []),
    execute('view-plan', words.view, { runId }),
  ];
}
