import type { Run, StepName } from '../runs.ts';

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

/** What comes behind a whole switch: after a failure in any of these a run can go on from there. */
const BEHIND_SWITCH: ReadonlySet<string> = new Set<StepName>([
  'synchronize-database',
  'verify-sanitization',
  'bring-online',
]);

/** Whether all databases were switched, as far as anybody could see when it failed. */
export function isWholeBehindSwitch({ swappedAt, targetState, failure }: Run): boolean {
  if (swappedAt === undefined || !failure) return false;
  // A switch that has ended all the same is found finished; behind it a server may only have been out of sight.
  return BEHIND_SWITCH.has(failure.step) || targetState === 'closed' || targetState === 'new';
}

/** Tried again behind its switch: what stands there may have been mended by hand, and is proved once more. */
export const isProofDueBehindSwitch = ({ swappedAt, steps }: Pick<Run, 'swappedAt' | 'steps'>): boolean =>
  swappedAt !== undefined && steps.some(({ name, state }) => name === 'verify-sanitization' && state !== 'done');
