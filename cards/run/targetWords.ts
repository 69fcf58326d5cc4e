import { STEP_NAMES, type Run, type StepName } from '../../engine/contracts.ts';
import { isWithExceptions, targetStandingOf, usersBack } from '../../engine/contracts/mayBeDone/index.ts';
import { STATE_TONES, type Tone } from '../frame.ts';
import type { Reader } from '../reader.ts';
import type { Subject } from './runContext.ts';
import type { Md, Safe } from '../text.ts';
import { who } from '../who.ts';

/** What the target is at this moment, in words people can act on: old, new, or closed, and whose data is in it. */
export function targetWords({ r, run, target, source }: Subject): Md {
  const words = r.words.target;
  const by = who(r, run.acceptedBy ?? { name: 'Rewind' });
  switch (targetStandingOf(run)) {
    case 'replaced':
      return words.replaced(target, r.id(run.replacedBy?.runId ?? ''), r.moment(run.replacedBy?.at ?? r.now));
    case 'taken-over-old':
      return words.acceptedOld(target, by);
    case 'taken-over-new':
      return words.acceptedOpen(target, by);
    case 'taken-over-closed':
      return words.accepted(target, by);
    case 'taken-over-none':
      return words.acceptedNone(target, by);
    case 'new':
      return words.new(target, usersBack(run));
    case 'new-not-online':
      return words.newNotOnline(target, source, usersBack(run));
    case 'closed-new':
      return words.closedNew(target, source);
    case 'closed-old':
      return words.closedOld(target);
    case 'none':
      return words.none(target);
    case 'old':
      return words.old(target);
    case 'old-not-online':
      return words.oldNotOnline(target);
  }
}

/** The same while the run is on its way: when the target goes offline, and for how long if earlier runs tell. */
export function availabilityWords(subject: Subject): Md {
  const { r, run, target } = subject;
  if (run.targetState !== 'old' || hasStarted(run, 'stop-services')) {
    return run.swappedAt ? targetWords(subject) : r.words.target.closing(target);
  }
  const step = STEP_NAMES.indexOf('stop-services') + 1;
  const title = r.words.steps['stop-services'];
  const estimate = run.plan?.estimate;
  return estimate?.kind === 'known'
    ? r.words.target.inUseFor(target, step, title, r.roughly(estimate.unavailableSeconds))
    : r.words.target.inUse(target, step, title);
}

/** Where a run stands, or how it has ended, in a word: what it brought may be another run's by now. */
export function stateWord(r: Reader, run: Run): Safe {
  if (run.ending) return r.words.aborted.badges[run.ending.how];
  return isReplaced(run) ? saying(r, run, r.words.replaced) : plainState(r, run);
}

/** The state alone, which says as well that something was accepted. */
export const plainState = (r: Reader, run: Run): Safe => saying(r, run, r.words.states[run.state]);

const saying = (r: Reader, run: Run, state: Safe): Safe =>
  isWithExceptions(run) ? r.words.withExceptions(state) : state;

/** A failure is the stronger word. */
export function toneOf(run: Run): Tone {
  if (isReplaced(run)) return 'ended';
  const isDone = run.state === 'completed' || run.state === 'signed-off';
  return isDone && isWithExceptions(run) ? 'excepted' : STATE_TONES[run.state];
}

/** What a run is about, as the head of its cards says it. */
export function runTitle({ r, run, target, source }: Subject): Md {
  const { titles, replaced } = r.words.progress;
  const at = r.moment(run.at ?? run.createdAt);
  if (run.replacedBy && isReplaced(run)) return replaced(target, source, at, r.moment(run.replacedBy.at));
  return titles[run.state === 'draft' || run.state === 'awaiting-approval' ? 'queued' : run.state](target, source, at);
}

/** Whether a refresh that had succeeded has been switched over by a later one. */
export function isReplaced(run: Run): boolean {
  return run.replacedBy !== undefined && (run.state === 'completed' || run.state === 'signed-off');
}

function hasStarted(run: Run, name: StepName): boolean {
  return run.steps.some((step) => step.name === name && step.state !== 'waiting');
}
