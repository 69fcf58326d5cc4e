import type { Figures, Instant, Run, StepName, StepStatus } from '../contracts.ts';

/** What a run took, from its checkpoints: they survive a change of worker. */
export function figuresOf(run: Run, now: Instant): Figures {
  // The step that waits for somebody who accepts what it has found has done its work.
  const until = run.askedException?.at ?? now;
  const secondsOf = ({ startedAt, endedAt }: StepStatus) => secondsBetween(startedAt, endedAt ?? until) ?? 0;
  const doneIn = (name: StepName) => {
    const step = run.steps.find((one) => one.name === name && one.state === 'done');
    return step && secondsOf(step);
  };
  const worked = run.steps.filter(({ name, state }) => name !== 'await-cutover' && state !== 'skipped');
  return {
    totalSeconds: secondsBetween(run.startedAt, now),
    restoreSeconds: doneIn('restore-beside'),
    sanitizeSeconds: doneIn('sanitize'),
    waitedSeconds: doneIn('await-cutover'),
    workSeconds: worked.reduce((sum, step) => sum + secondsOf(step), 0),
  };
}

export function secondsBetween(from: Instant | undefined, to: Instant | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : (Date.parse(to) - Date.parse(from)) / 1000;
}
