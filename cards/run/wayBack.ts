import { wayBackOf } from '../../engine/contracts/mayBeDone/index.ts';
import { askFirst, execute, type Action } from '../actions.ts';
import { targetButton, type Fact, type Subject } from './runContext.ts';
import { joinMd, type Md } from '../text.ts';

/** Until when there is a way back, for a run that has failed behind its switch. */
export function rollbackUntil({ r, run, may }: Subject): readonly Fact[] {
  const words = r.words.failure;
  const behind = behindOf({ r, run });
  if (behind) return [{ title: words.rollback, value: behind }];
  if (!may('roll-back')) return [];
  const way = wayBackOf(run, r.now);
  if (way.kind === 'undecided') return [{ title: words.rollback, value: words.undecided }];
  return way.kind === 'until' ? [{ title: words.rollback, value: words.until(r.moment(way.at)) }] : [];
}

/** For a run that a later one has switched over, while its former database is still promised. */
export function behindOf({ r, run }: Pick<Subject, 'r' | 'run'>): Md | undefined {
  const way = wayBackOf(run, r.now);
  return way.kind === 'behind' ? r.words.success.behind(r.id(way.later), r.moment(way.until)) : undefined;
}

/** Characters of one item’s title. */
const ITEM = 100;

/** What a sign-off gives up, for good, and what of the checklist is still to do. */
export function signOffQuestion({ r, run, target }: Subject): Md {
  const words = r.words.success;
  const open = run.checklist.filter(({ doneBy }) => doneBy === undefined).map(({ title }) => r.plain(title, ITEM));
  const earlier = (run.plan?.binding.earlier ?? []).filter(({ until }) => until > r.now);
  return joinMd(
    [
      words.signOffEffect(target),
      ...earlier.map(({ runId, until }) => words.signOffEnds(r.id(runId), r.moment(until))),
      ...(open.length > 0
        ? [words.signOffOpen(joinMd(open, ' · '))]
        : run.checklist.length > 0
          ? [words.signOffDone]
          : []),
    ],
    '\n\n',
  );
}

export function signOffButton(subject: Subject): Action {
  const words = subject.r.words.success;
  const title = targetButton(subject, words.signOffButton, words.signOffSandbox);
  return execute('sign-off-run', title, { runId: subject.run.runId }, { style: 'destructive' });
}

/** Where people may have worked in the target since: what goes is said, and a second click decides. */
export function rollBackForm(subject: Subject): Action {
  const { r, run, target } = subject;
  const words = r.words.failure;
  const rollBack = execute(
    'roll-back-run',
    targetButton(subject, words.rollBack, words.rollBackSandbox),
    { runId: run.runId },
    { style: 'destructive' },
  );
  return askFirst(r.words.success.rollBack, r.words.success.rollBackEffect(target), rollBack);
}

/** The way out where neither a retry nor a rollback gets there: what then is true of the target is said first. */
export function acceptForm({ r, run, target }: Subject): Action {
  const words = r.words.failure;
  const accept = execute('accept-run', words.acceptButton, { runId: run.runId }, { style: 'destructive' });
  const effects = {
    old: words.acceptOldEffect,
    new: words.acceptOpenEffect,
    closed: words.acceptEffect,
    none: words.acceptNoneEffect,
  };
  return askFirst(words.accept, effects[run.targetState](target), accept);
}

export function rollBackButton(subject: Subject): Action {
  const words = subject.r.words.failure;
  return execute(
    'roll-back-run',
    targetButton(subject, words.rollBack, words.rollBackSandbox),
    { runId: subject.run.runId },
    { style: 'positive', tooltip: words.rollBackTooltip(subject.target) },
  );
}
