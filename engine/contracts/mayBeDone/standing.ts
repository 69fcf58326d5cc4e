import type { Run } from '../runs.ts';

/** Behind a failed switch the previous database is the only way back, so it is kept until somebody decides. */
export const isUndecided = (run: Run): boolean =>
  (run.state === 'failed' || run.state === 'rollback-failed') && run.acceptedBy === undefined;

/** From the start of `stop-services` a run is finished or rolled back, no longer stopped. */
export function isPastNoReturn(run: Run): boolean {
  return run.steps.some((step) => step.name === 'stop-services' && step.state !== 'waiting');
}

/** A restore that its platform cannot cut off is waited for; behind it the run can be stopped again. */
export const isInRestoreWithoutStop = ({ plan, steps }: Run): boolean =>
  plan?.guarantees?.canStopRestore === false &&
  steps.some(({ name, state }) => name === 'restore-beside' && state === 'running');
