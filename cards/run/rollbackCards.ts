import type { Failure, Run } from '../../engine/contracts.ts';
import { isWithExceptions } from '../../engine/contracts/mayBeDone/index.ts';
import { openUrl } from '../actions.ts';
import { fillTemplate, type Card } from '../card.ts';
import { frame } from '../frame.ts';
import { announcedFacts } from './announcedFacts.ts';
import { subjectOf, type Fact, type RunContext, type Subject } from './runContext.ts';
import { NONE } from './stepRows.ts';
import { exceptionFacts } from './exceptionFacts.ts';
import { plainState, targetWords } from './targetWords.ts';
import template from '../templates/rollback.json' with { type: 'json' };
import { joinMd, type Md, type Raw } from '../text.ts';
import { decisionOf, NO_DECISION, type Decision } from './decisionOf.ts';
import { againButtons } from './againButtons.ts';
import { acceptForm, rollBackButton, rollBackForm, rollbackUntil } from './wayBack.ts';
import { who } from '../who.ts';

/** What the three cards of a rollback fill in. */
interface RollbackView extends Decision {
  readonly step: Md;
  readonly text: Md;
  readonly cause: Raw;
  readonly facts: readonly Fact[];
  readonly note: Md;
  readonly remedy: Raw;
}

const EMPTY: RollbackView = {
  ...NO_DECISION,
  step: NONE,
  text: NONE,
  cause: NONE,
  facts: [],
  note: NONE,
  remedy: NONE,
};

/** Under way: seconds to minutes, the target closed. */
export function rollingBackCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target } = subject;
  const words = r.words.rollback;
  const progress = context.progress?.step === 'rollback' ? context.progress : undefined;
  const view: RollbackView = {
    ...EMPTY,
    text: words.text(target),
    facts: brought(subject),
    note: progress ? r.plain(r.told(progress.detail), 160) : NONE,
  };
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'running',
      title: r.words.progress.titles['rollback-in-progress'](target),
      subtitle: words.runningSubtitle(runId, requester(subject), r.clock(run.rollback?.requestedAt ?? run.updatedAt)),
      badge: plainState(r, run),
    }),
    ...view,
    actions: openUrl(r.words.progress.log, context.logUrl),
  });
}

/** The target is what it was before the run. */
export function rolledBackCard(context: RunContext): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target } = subject;
  const { rollback: words, failure, progress } = r.words;
  const failedStep =
    run.failure && run.failure.step !== 'plan' && run.failure.step !== 'rollback' ? run.failure.step : undefined;
  const view: RollbackView = {
    ...EMPTY,
    facts: [
      { title: words.holds(target), value: words.holdsText(r.moment(run.swappedAt ?? run.createdAt)) },
      { title: words.people, value: words.peopleText },
      ...(failedStep ? [{ title: words.failedStep, value: r.words.steps[failedStep] }] : []),
      ...(run.failure ? [{ title: failure.code, value: r.id(run.failure.code) }] : []),
      ...brought(subject),
      ...announcedFacts(subject),
    ],
    note: hasSucceeded(run) ? words.afterSuccess(target) : words.afterFailure,
  };
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'rolledBack',
      title: progress.titles['rolled-back'](target),
      subtitle: words.subtitle(runId, requester(subject), tookOf(subject)),
      badge: plainState(r, run),
    }),
    ...view,
    actions: [...openUrl(progress.log, context.logUrl), ...againButtons(subject, words.planAgain)],
  });
}

/** The worst card there is: what the target is now, the same button once more, and the way out for when it never succeeds. */
export function rollbackFailedCard(context: RunContext, cause: Failure): Card {
  const subject = subjectOf(context);
  const { r, run, runId, target } = subject;
  const { rollback: words, failure, progress } = r.words;
  const view: RollbackView = {
    ...EMPTY,
    ...decisionOf(subject, context),
    text: joinMd([words.failedText(target), targetWords(subject)], '\n\n'),
    cause: r.verbatim(r.told(cause.message), 600),
    facts: [...rollbackUntil(subject), ...brought(subject), { title: failure.code, value: r.id(cause.code) }],
    note: failure.whatToDo,
    remedy: r.verbatim(r.told(cause.remedy), 600),
  };
  return fillTemplate(template, {
    ...frame(r, {
      tone: 'failed',
      title: progress.titles['rollback-failed'](target),
      subtitle: failure.subtitlePlain(runId, r.moment(run.endedAt ?? run.updatedAt)),
      badge: plainState(r, run),
    }),
    ...view,
    actions: [
      ...(subject.may('roll-back') ? [run.acceptedBy ? rollBackForm(subject) : rollBackButton(subject)] : []),
      ...openUrl(progress.log, context.logUrl),
      ...(subject.may('accept') ? [acceptForm(subject)] : []),
    ],
  });
}

/** What had come into the target with the run, by whose word. */
const brought = (subject: Subject): readonly Fact[] => (isWithExceptions(subject.run) ? exceptionFacts(subject) : []);

/** A first attempt at the rollback may have failed, so the failure alone does not tell. */
function hasSucceeded(run: Run): boolean {
  return run.steps.every(({ state }) => state === 'done' || state === 'skipped');
}

function requester({ r, run }: Subject): Md {
  return who(r, run.rollback?.by ?? { name: 'Rewind' });
}

function tookOf({ r, run }: Subject) {
  if (run.figures.rollbackSeconds !== undefined) return r.seconds(run.figures.rollbackSeconds);
  return run.rollback?.endedAt ? r.between(run.rollback.requestedAt, run.rollback.endedAt) : r.seconds(0);
}
