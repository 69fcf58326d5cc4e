import { STEP_NAMES, type Failure } from '../../engine/contracts.ts';
import { isWithExceptions } from '../../engine/contracts/mayBeDone/index.ts';
import { execute, openUrl, toggle, type Action } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { announcedFacts } from './announcedFacts.ts';
import { exceptionFacts } from './exceptionFacts.ts';
import { recoveryPoint, subjectOf, type Fact, type RunContext, type Subject } from './runContext.ts';
import { stepRows } from './stepRows.ts';
import { plainState, targetWords } from './targetWords.ts';
import template from '../templates/failure.json' with { type: 'json' };
import { verbatimLines, type Md } from '../text.ts';
import { decisionOf } from './decisionOf.ts';
import { againButtons } from './againButtons.ts';
import { acceptForm, rollBackButton, rollBackForm, rollbackUntil } from './wayBack.ts';

/** What happened, what the target is now, what to do: for a failed refresh, before or after its switch. */
export function failureCard(context: RunContext, failure: Failure): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target } = subject;
  const words = r.words.failure;
  const at = r.moment(run.endedAt ?? run.updatedAt);
  const n = stepNumber(failure);
  const [cause = '', ...said] = failure.message.split('\n');
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'failed',
      title: r.words.progress.titles.failed(target),
      subtitle: n === undefined ? words.subtitlePlain(runId, at) : words.subtitle(runId, n, STEP_NAMES.length, at),
      badge: plainState(r, run),
    }),
    ...decisionOf(subject, context),
    step: stepTitle(subject, failure),
    cause: r.verbatim(r.told(cause), 600),
    // More than one line is something a database or a command said: shown letter by letter.
    quote: verbatimLines(said.join('\n')),
    hasQuote: said.length > 0,
    state: targetWords(subject),
    facts: factsOf(subject, failure),
    whatToDo: words.whatToDo,
    remedy: r.verbatim(r.told(failure.remedy), 600),
    steps: stepRows(r, run, { hidesFailure: true }),
    actions: actionsOf(subject, failure, context),
  });
}

function stepNumber({ step }: Failure): number | undefined {
  return step === 'plan' || step === 'rollback' ? undefined : STEP_NAMES.indexOf(step) + 1;
}

function stepTitle({ r }: Subject, { step }: Failure): Md {
  const words = r.words.failure;
  if (step === 'plan') return words.planning;
  return step === 'rollback' ? words.rollback : r.words.steps[step];
}

function factsOf(subject: Subject, failure: Failure): readonly Fact[] {
  const { r, run } = subject;
  const words = r.words.failure;
  return [
    ...rollbackUntil(subject),
    ...heldFact(subject),
    ...(subject.may('retry') && run.copyKeptUntil
      ? [{ title: words.copyUntil, value: words.copyKept(r.moment(run.copyKeptUntil)) }]
      : []),
    ...(subject.may('retry') && run.targetState !== 'old'
      ? [{ title: words.retryBehind, value: words.retriedBehind(subject.target) }]
      : []),
    { title: words.at, value: recoveryPoint(subject) },
    { title: words.code, value: r.id(failure.code) },
    ...(isWithExceptions(run) ? exceptionFacts(subject) : []),
    ...announcedFacts(subject),
  ];
}

/** Why there is neither Retry nor Roll back at the moment. */
function heldFact({ r, target, heldFrom }: Subject): readonly Fact[] {
  const heldBy = heldFrom('retry', 'roll-back');
  return heldBy ? [{ title: r.words.target.heldTitle, value: r.words.target.held(target, heldBy) }] : [];
}

function actionsOf(subject: Subject, failure: Failure, { logUrl }: RunContext): readonly Action[] {
  const { r, run, may } = subject;
  const { failure: words, progress } = r.words;
  const { runId } = run;
  const log = openUrl(progress.log, logUrl);
  const steps = toggle(words.steps, ['steps'], { isOverflow: true });
  if (run.acceptedBy) return [...log, ...(may('roll-back') ? [rollBackForm(subject)] : []), steps];
  const retryAs = (style: { readonly style?: 'positive' }) =>
    execute('retry-run', words.retry(stepNumber(failure) ?? 1), { runId }, style);
  if (run.targetState !== 'old') {
    const mayRetry = may('retry');
    return [
      ...(may('roll-back') ? [rollBackButton(subject)] : []),
      ...(mayRetry ? [retryAs({})] : log),
      ...(may('accept') ? [acceptForm(subject)] : []),
      ...(mayRetry ? openUrl(progress.log, logUrl, { isOverflow: true }) : []),
      steps,
    ];
  }
  const retry = retryAs({ style: 'positive' });
  const again = againButtons(subject, words.planAgain);
  // A plan that no longer holds is not mended by trying the same again.
  // Many a remedy says to choose another recovery point.
  const choose = execute('refresh-target', words.choose, { target: run.target }, { isOverflow: true });
  return may('retry') ? [retry, ...log, ...again, choose, steps] : [...again, ...log, choose, steps];
}
