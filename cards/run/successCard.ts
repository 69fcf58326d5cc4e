import type { Run } from '../../engine/contracts.ts';
import { wayBackOf } from '../../engine/contracts/mayBeDone/index.ts';
import { askFirst, execute, openUrl, type Action } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { announcedFacts } from './announcedFacts.ts';
import { exceptionFacts } from './exceptionFacts.ts';
import { packFacts } from '../plan/packFacts.ts';
import type { Reader } from '../reader.ts';
import { profileFact } from '../plan/profileLines.ts';
import { recoveryPoint, subjectOf, targetButton, type Fact, type RunContext, type Subject } from './runContext.ts';
import { NONE } from './stepRows.ts';
import { isReplaced, runTitle, stateWord, targetWords, toneOf } from './targetWords.ts';
import template from '../templates/success.json' with { type: 'json' };
import { joinMd, spoken, type Md } from '../text.ts';
import { rollBackForm, signOffButton, signOffQuestion } from './wayBack.ts';
import { who } from '../who.ts';

/** The refresh is done: what the target holds, what Admin does next, and until when there is a way back. */
export function successCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId } = subject;
  const words = r.words.success;
  const ended = run.endedAt ?? run.updatedAt;
  // Nothing is left to do in a database that is no longer in use.
  const checklist = isReplaced(run) ? [] : run.checklist;
  return fillTemplate(template, {
    ...frame(r, {
      tone: toneOf(run),
      title: runTitle(subject),
      subtitle: run.signedOffBy
        ? words.signedOffSubtitle(runId, who(r, run.signedOffBy))
        : words.subtitle(runId, r.moment(ended), totalOf(subject)),
      badge: stateWord(r, run),
    }),
    facts: factsOf(subject),
    hasChecklist: checklist.length > 0,
    checklistTitle: words.nextSteps,
    checklistHint: words.tick,
    items: checklist.map((item) => {
      const title = r.plain(item.title, 100);
      const by = item.doneBy === undefined ? [] : [words.doneBy(r.plain(item.doneBy, 60))];
      return {
        glyph: item.doneBy === undefined ? '⬜' : '☑️',
        title,
        detail: joinMd([...(item.detail === '' ? [] : [r.plain(r.told(item.detail), 160)]), ...by], ' · '),
        select:
          item.doneBy === undefined
            ? execute('tick-item', words.tickTitle(spoken(title)), { runId: run.runId, n: item.n })
            : // The server answers a second tick with the same card, so a done item stays as it is.
              execute('tick-item', spoken(title), { runId: run.runId, n: item.n }),
      };
    }),
    state: targetWords(subject),
    way: wayBack(subject),
    actions: actionsOf(subject, context),
  });
}

function totalOf({ r, run }: Subject) {
  const { totalSeconds } = run.figures;
  if (totalSeconds !== undefined) return r.seconds(totalSeconds);
  return run.startedAt && run.endedAt ? r.between(run.startedAt, run.endedAt) : NONE;
}

function factsOf(subject: Subject): readonly Fact[] {
  const { r, run, target, source } = subject;
  const { success: words, approval, plan } = r.words;
  const { figures } = run;
  const sanitized = run.steps.find(({ name }) => name === 'verify-sanitization');
  return [
    { title: plan.from, value: source.md },
    { title: plan.at, value: recoveryPoint(subject) },
    { title: approval.requester, value: who(r, run.requestedBy) },
    ...(run.approval ? [{ title: approval.approver, value: approversOf(r, run) }] : []),
    ...exceptionFacts(subject),
    ...(sanitized?.state === 'done' && sanitized.detail !== ''
      ? [{ title: words.sanitized, value: words.sanitizedText(r.plain(sanitized.detail, 120)) }]
      : []),
    ...reportFact(subject),
    ...profileFact(subject),
    ...(run.plan ? packFacts(r, run.plan) : []),
    ...(figures.totalSeconds !== undefined &&
    figures.restoreSeconds !== undefined &&
    figures.sanitizeSeconds !== undefined
      ? [
          {
            title: words.figures,
            value: words.figuresText(
              r.seconds(figures.totalSeconds),
              r.seconds(figures.restoreSeconds),
              r.seconds(figures.sanitizeSeconds),
            ),
          },
        ]
      : []),
    ...(figures.unavailableSeconds !== undefined && figures.switchSeconds !== undefined
      ? [
          {
            title: words.offline(target),
            value: words.offlineText(r.seconds(figures.unavailableSeconds), r.seconds(figures.switchSeconds)),
          },
        ]
      : []),
    ...announcedFacts(subject),
  ];
}

function approversOf(r: Reader, { firstApproval, approval }: Run): Md {
  const people = [firstApproval, approval].flatMap((one) => (one ? [who(r, one.by)] : []));
  return joinMd(people, ', ');
}

/** Of the hash as much as tells two reports apart; the chain has all of it. */
function reportFact({ r, run: { report } }: Subject): readonly Fact[] {
  if (report === undefined) return [];
  const words = r.words.success;
  const hash = r.plain(report.sha256.slice(0, 12), 12);
  const value =
    report.key === undefined ? words.reportUnsigned(hash) : words.reportSigned(r.plain(report.key, 40), hash);
  return [{ title: words.reportTitle, value }];
}

function wayBack({ r, run, target, may, heldFrom }: Subject): Md {
  const words = r.words.success;
  const way = wayBackOf(run, r.now);
  if (way.kind === 'behind') return words.behind(r.id(way.later), r.moment(way.until));
  if (way.kind === 'none')
    return isReplaced(run) && !run.isPreviousRetired ? words.onlyNewest(target) : words.noRollback(target);
  const told = way.kind === 'until' ? words.rollbackUntil(target, r.moment(way.at)) : words.rollbackOpen(target);
  const heldBy = heldFrom('roll-back');
  if (heldBy) return joinMd([told, r.words.target.held(target, heldBy)], '\n\n');
  // A later run has switched, and this one's record does not say so yet.
  return may('roll-back') ? told : words.onlyNewest(target);
}

function actionsOf(subject: Subject, { targetUrl, logUrl, reportUrl }: RunContext): readonly Action[] {
  const { r } = subject;
  const words = r.words.success;
  const open = openUrl(targetButton(subject, words.open, words.openSandbox), targetUrl, { style: 'positive' });
  const signOff = signOffButton(subject);
  const forms = [
    ...(subject.may('sign-off') ? [askFirst(words.signOff, signOffQuestion(subject), signOff)] : []),
    ...(subject.may('roll-back') ? [rollBackForm(subject)] : []),
  ];
  const isFull = open.length + forms.length === 3;
  // Of what it shows as buttons, Teams draws three on a phone.
  return [
    ...open,
    ...forms,
    ...openUrl(words.report, reportUrl, { isOverflow: isFull }),
    ...openUrl(r.words.progress.log, logUrl, { isOverflow: isFull || reportUrl !== undefined }),
  ];
}
