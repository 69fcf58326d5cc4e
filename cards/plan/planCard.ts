import type { Plan, RequestRules } from '../../engine/contracts.ts';
import { execute, toggle, type Action } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { checkRows } from './checkRows.ts';
import { approversNote } from './approversNote.ts';
import { changeButton, keepButton } from './planButtons.ts';
import { newDraft } from '../run/againButtons.ts';
import { frame } from '../frame.ts';
import { detailsOf, formersOf, keptAtLeastUntil, planFacts, promisesOf, titlesOf } from './planFacts.ts';
import type { Reader } from '../reader.ts';
import { subjectOf, targetButton, type RunContext, type Subject } from '../run/runContext.ts';
import { plainState } from '../run/targetWords.ts';
import template from '../templates/plan.json' with { type: 'json' };
import { profileLines } from './profileLines.ts';
import { joinMd } from '../text.ts';

/** What a refresh would do, before anything happens: read, confirmed by typing, sent for approval. */
export function planCard(context: RunContext, plan: Plan): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target } = subject;
  const words = r.words.plan;
  const { warnings } = checkRows(r, plan);
  const unapproved = approversNote(r, run, context.house, target);
  const heldBy = subject.heldFrom('confirm');
  const notes = [...unapproved, ...(heldBy ? [{ text: r.words.target.held(target, heldBy) }] : [])];
  const header = {
    tone: 'plan',
    title: words.title(target),
    subtitle: run.expiresAt ? words.validUntil(words.subtitle(runId), r.clock(run.expiresAt)) : words.subtitle(runId),
    badge: r.words.states.draft,
  } as const;
  return fillTemplate(template, {
    ...frame(r, header, words.speak(target, warnings)),
    ...planView(subject, plan),
    ...reasonField(r, context.house?.sandbox.requests, run.isUrgent),
    notes,
    ...triedView(r, context),
    isOpen: subject.may('confirm'),
    actions: decisions(subject, plan, unapproved.length > 0),
  });
}

/** The plan of a run in any later state, to read only: what `view-plan` answers. “View run” leads back. */
export function viewPlanCard(context: RunContext, plan: Plan): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target } = subject;
  const words = r.words.plan;
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'list',
      title: words.viewTitle(target),
      subtitle: words.viewSubtitle(runId, r.moment(plan.madeAt)),
      badge: plainState(r, run),
    }),
    ...planView(subject, plan),
    ...reasonField(r, undefined),
    notes: [],
    ...triedView(r, {}),
    isOpen: false,
    actions: [execute('view-run', r.words.progress.view, { runId: run.runId })],
  });
}

function planView(subject: Subject, plan: Plan) {
  const { r, run, target } = subject;
  const words = r.words.plan;
  const profile = profileLines(subject, plan);
  const checks = checkRows(r, plan, undefined, profile.length);
  const details = detailsOf(r, plan, profile.length);
  const word = r.verbatim(run.target, 32);
  return {
    facts: planFacts(subject, plan),
    lostTitle: words.lostTitle(target),
    lost: words.lost(target, plan.replaced.sizeBytes === undefined ? undefined : r.size(plan.replaced.sizeBytes)),
    kept: joinMd(
      [
        words.kept(r.seconds(plan.keepPreviousMs / 1000), r.moment(keptAtLeastUntil(plan))),
        ...formersOf(subject, plan),
      ],
      '\n\n',
    ),
    promises: promisesOf(subject, plan),
    checksTitle: words.checks,
    checks,
    clearedTitle: words.clearedTitle(plan.cleared.length),
    cleared: titlesOf(r, plan.cleared),
    clearedDetails: details.cleared,
    keptTitle: words.keptTitle(plan.keptFromTarget.length, target),
    keptData: titlesOf(r, plan.keptFromTarget),
    keptDetails: details.kept,
    profile,
    toggles: [
      toggle(words.showPassed(checks.passed), ['passed']),
      toggle(words.showData, ['data']),
      ...(details.isCut
        ? [execute('view-plan', words.allData, { runId: run.runId, n: 1 }, { ignoresInputs: true })]
        : []),
    ],
    confirmLabel: words.confirm(word),
    confirmWord: word,
    confirmPattern: String.raw`^\s*${inAnyCase(run.target)}\s*$`,
    confirmWrong: words.confirmWrong(word),
  };
}

/** As the sandbox asks for it; the server looks for the ticket, whatever the client has checked. */
function reasonField(r: Reader, rules: RequestRules | undefined, isUrgent = false) {
  const words = r.words.plan;
  const { ticket } = rules ?? {};
  const isTicket = ticket?.required === true;
  return {
    reasonLabel:
      isUrgent && !isTicket
        ? r.words.urgent.reason
        : isTicket
          ? words.reasonTicket(r.verbatim(ticket.example, 40))
          : words.reason,
    reasonExample: ticket ? words.reasonWith(r.verbatim(ticket.example, 40)) : words.reasonExample,
    reasonRequired: isUrgent || isTicket || rules?.reason === 'required',
    reasonMissing: words.reasonMissing,
  };
}

/** A refused confirmation: on top, why; below, what was typed, so that nobody types it again. */
function triedView(r: Reader, { tried }: Pick<RunContext, 'tried'>) {
  return {
    problems: tried
      ? [
          {
            message: r.verbatim(r.told(tried.message), 400),
            remedy: r.verbatim(r.told(tried.remedy), 400),
            code: r.words.notice.code(r.id(tried.code)),
          },
        ]
      : [],
    typed: { confirm: r.verbatim(tried?.confirm ?? '', 32), reason: r.verbatim(tried?.reason ?? '', 300) },
  };
}

function decisions(subject: Subject, plan: Plan, offersNewDraft: boolean): readonly Action[] {
  const words = subject.r.words.plan;
  const { runId } = subject.run;
  const title = targetButton(subject, words.replaceButton, words.replaceSandbox);
  const confirm = execute('confirm-run', title, { runId, digest: plan.digest }, { style: 'destructive' });
  return [
    ...(subject.may('confirm') ? [confirm] : []),
    ...changeButton(subject, { ignoresInputs: true }),
    ...keepButton(subject, { ignoresInputs: true, tooltip: words.cancelTooltip, isOverflow: offersNewDraft }),
    ...(offersNewDraft ? [newDraft(subject)] : []),
  ];
}

/** Clients match an input's pattern with its case; `uat` and `UAT` are the same word here. */
function inAnyCase(name: string): string {
  return name
    .replace(/[^A-Za-z0-9-]/g, '')
    .replace(/[A-Za-z]/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
}
