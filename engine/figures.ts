import type { Figures, Instant, Run, StepName } from './contracts.ts';

/** What a run took, from its checkpoints: they survive a change of worker. `busyMs` is this worker's share of real work. */
export function figuresOf(run: Run, now: Instant, busyMs: number): Figures {
  const secondsOf = (name: StepName) => {
    const step = run.steps.find((one) => one.name === name);
    return step?.state === 'done' ? secondsBetween(step.startedAt, step.endedAt) : undefined;
  };
  return {
    totalSeconds: secondsBetween(run.startedAt, now),
    restoreSeconds: secondsOf('restore-beside'),
    sanitizeSeconds: secondsOf('sanitize'),
    waitedSeconds: secondsOf('await-cutover'),
    workSeconds: (run.figures.workSeconds ?? 0) + busyMs / 1000,
  };
}

export function secondsBetween(from: Instant | undefined, to: Instant | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : (Date.parse(to) - Date.parse(from)) / 1000;
}
