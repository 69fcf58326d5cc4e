import { wayBackOf } from '../../engine/runs/wayBack.ts';
import { askFirst, execute, type Action } from '../actions.ts';
import { targetButton, type Fact, type Subject } from './runContext.ts';

/** Until when there is a way back, for a run that has failed behind its switch. */
export function rollbackUntil({ r, run, may }: Subject): readonly Fact[] {
  const words = r.words.failure;
  if (!may('roll-back')) return [];
  const way = wayBackOf(run, r.now);
  if (way.kind === 'undecided') return [{ title: words.rollback, value: words.undecided }];
  return way.kind === 'until' ? [{ title: words.rollback, value: words.until(r.moment(way.at)) }] : [];
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
