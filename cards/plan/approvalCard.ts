import { LONGEST_STANDING_DAYS, type Plan, type Run } from '../../engine/contracts.ts';
import { approvalsNeeded, linkOf, ticketsIn, type House } from '../../engine/contracts/mayBeDone/index.ts';
import { askFirst, execute, fitting, openUrl, type Action } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { mentioned } from '../mentions.ts';
import { newDraft } from '../run/againButtons.ts';
import { firstApprovalWords } from '../run/sandboxNotes.ts';
import { approvalFact, reachNames } from './accessFacts.ts';
import { checkRows } from './checkRows.ts';
import { frame, STATE_TONES, type Header } from '../frame.ts';
import { estimateOf, formersOf, keptAtLeastUntil } from './planFacts.ts';
import { recoveryPoint, subjectOf, type Fact, type RunContext, type Subject } from '../run/runContext.ts';
import { scheduleId } from '../scheduleWords.ts';
import { scheduledFacts } from '../run/scheduledFacts.ts';
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
    ask: run.isUrgent
      ? urgentAsk(subject, asked)
      : !subject.mayUnfrozen('approve')
        ? words.nobodyLeft(target)
        : asked.entities.length > 0
          ? words.ask(asked.text, requester, target)
          : words.askNobody(requester, target),
    reminder: isOpen ? remindersOf(subject, context.house) : '',
    facts: factsOf(subject, plan),
    reasonLabel: words.reason,
    reason: run.reason ? r.verbatim(run.reason, 300) : words.noReason,
    lost: joinMd([words.lost(target, size, r.moment(keptAtLeastUntil(plan))), ...formersOf(subject, plan)], '\n\n'),
    isOpen,
    isDecided: !isOpen,
    decision: decisionOf(subject),
    decisionReason: isOpen ? '' : r.verbatim(whatWasSaid(subject), 300),
    comments: isOpen && subject.may('approve') ? [{ label: words.comment }] : [],
    actions: [...(isOpen ? decisions(subject, plan) : []), ...ticketLinks(subject, context.house)],
  });
}

function urgentAsk({ r, run, target }: Subject, { text, entities }: ReturnType<typeof mentioned>): Md {
  const words = r.words.urgent;
  const at = r.moment(run.expiresAt ?? r.now);
  const requester = who(r, run.requestedBy);
  return entities.length > 0 ? words.ask(text, requester, target, at) : words.askNobody(requester, target, at);
}

/** What has become of it so far: one of two has approved, or half of the time is over. */
function remindersOf({ r, run }: Subject, house: House | undefined): Md | '' {
  const { approval, approvals } = r.words;
  const isHalf = run.remindedAt !== undefined && run.expiresAt !== undefined && !run.isUrgent;
  const first = firstApprovalWords(r, run, house);
  const lines = [
    ...(isHalf ? [approval.reminder(r.moment(run.expiresAt ?? r.now))] : []),
    ...(first ? [first] : approvalsNeeded(run) === 2 ? [approvals.wanted] : []),
  ];
  return lines.length === 0 ? '' : joinMd(lines, '\n\n');
}

/** Of the first of two, and of whoever started it. */
/** What a schedule has said names instants. */
function whatWasSaid({ r, run }: Subject): string {
  const text = run.ending?.reason ?? commentsOf(run).join(' · ');
  return run.scheduled ? r.told(text) : text;
}

const commentsOf = ({ firstApproval, approval }: Run): readonly string[] =>
  [firstApproval, approval].flatMap((one) => (one?.comment ? [one.comment] : []));

/** Where the tickets are that the request, its approval or its rejection names; two of them. */
function ticketLinks({ r, run }: Subject, house: House | undefined): readonly Action[] {
  const ticket = house?.sandbox.requests?.ticket;
  if (!ticket) return [];
  const said = [run.reason, ...commentsOf(run), run.ending?.reason].join('\n');
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
  const { urgent } = r.words;
  const untilWords = run.isUrgent ? urgent.starts : words.expires;
  return {
    tone: isApproved ? 'done' : STATE_TONES[run.state],
    title: run.isUrgent ? urgent.title(target, source) : words.title(target, source),
    subtitle:
      isOpen && run.expiresAt ? untilWords(words.subtitle(runId), r.clock(run.expiresAt)) : words.subtitle(runId),
    badge:
      run.isUrgent && isOpen
        ? urgent.badge
        : isApproved
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
    ...scheduledFacts(subject),
    { title: planWords.duration, value: estimateOf(subject, plan) },
    ...approvalFact(r, plan),
    ...reachNames(r, plan),
    { title: words.warnings, value: warnings.length === 0 ? words.noWarnings : joinMd(warnings, '\n\n') },
  ];
}

function decisionOf({ r, run }: Subject): Md {
  const words = r.words.approval;
  const first = run.firstApproval;
  if (run.approval && first)
    return r.words.approvals.both(
      ...([who(r, first.by), r.moment(first.at), who(r, run.approval.by), r.moment(run.approval.at)] as const),
    );
  if (run.approval) return words.approved(who(r, run.approval.by), r.moment(run.approval.at));
  if (!run.ending) return run.isUrgent ? r.words.urgent.wentAhead : r.words.states[run.state];
  const by = who(r, run.ending.by);
  const at = r.moment(run.ending.at);
  switch (run.ending.how) {
    case 'rejected':
      return words.rejected(by, at);
    case 'expired':
      return words.expired(at);
    case 'skipped':
      return r.words.scheduled.decided(r.words.scheduled.skips[run.ending.why ?? 'by-hand'], at);
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
  const view = execute('view-plan', words.view, { runId }, { isOverflow: run.scheduled !== undefined });
  if (run.isUrgent)
    return [
      ...(may('halt') ? [execute('halt-run', r.words.urgent.halt, { runId }, { style: 'destructive' })] : []),
      view,
    ];
  const reject = execute('reject-run', words.rejectButton, { runId }, { style: 'destructive' });
  return [
    ...(may('approve')
      ? [execute('approve-run', words.approve, { runId, digest: plan.digest }, { style: 'positive' })]
      : subject.mayUnfrozen('approve')
        ? []
        : [newDraft(subject)]),
    ...(may('reject') ? [askFirst(words.reject, words.rejectEffect(target), reject, { inputs: [why] })] : []),
    ...inAdvance(subject, plan),
    view,
  ];
}

/** Of an occurrence whose plan says what its source is like: without that nothing could be compared. */
function inAdvance({ r, run, may }: Subject, plan: Plan): readonly Action[] {
  const words = r.words.scheduled;
  if (!run.scheduled || plan.schema === undefined || !may('approve')) return [];
  const data = { runId: run.runId, digest: plan.digest };
  const effect = words.inAdvanceEffect(scheduleId(r, run.scheduled.schedule), LONGEST_STANDING_DAYS);
  return [askFirst(words.inAdvance, effect, execute('approve-in-advance', words.inAdvanceButton, data))];
}
