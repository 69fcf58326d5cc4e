import { STEP_NAMES, type Run, type StepName, type TargetState } from '../../engine/contracts.ts';
import { STATE_TONES, type Tone } from '../frame.ts';
import type { Reader } from '../reader.ts';
import type { Subject } from './runContext.ts';
import type { Md, Name, Safe } from '../text.ts';
import { who } from '../who.ts';

/** What the target is at this moment, in words people can act on: old, new, or closed, and whose data is in it. */
export function targetWords({ r, run, target, source }: Subject): Md {
  const words = r.words.target;
  if (run.replacedBy) return words.replaced(target, r.id(run.replacedBy.runId), r.moment(run.replacedBy.at));
  const hasFailed = run.state === 'failed' || run.state === 'rollback-failed';
  if (hasFailed && run.acceptedBy) return acceptedWords[run.targetState](words, target, who(r, run.acceptedBy));
  switch (run.targetState) {
    case 'new':
      return hasFailed ? words.newNotOnline(target, source) : words.new(target);
    case 'closed':
      return run.swappedAt ? words.closedNew(target, source) : words.closedOld(target);
    case 'none':
      return words.none(target);
    case 'old':
      return run.state === 'rollback-failed' ? words.oldNotOnline(target) : words.old(target);
  }
}

type TargetWords = Reader['words']['target'];

const acceptedWords: Readonly<Record<TargetState, (words: TargetWords, target: Name, by: Md) => Md>> = {
  old: (words, target, by) => words.acceptedOld(target, by),
  new: (words, target, by) => words.acceptedOpen(target, by),
  closed: (words, target, by) => words.accepted(target, by),
  none: (words, target, by) => words.acceptedNone(target, by),
};

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
  return isReplaced(run) ? r.words.replaced : r.words.states[run.state];
}

export function toneOf(run: Run): Tone {
  return isReplaced(run) ? 'ended' : STATE_TONES[run.state];
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
