import type { Run, StepStatus } from '../contracts.ts';

/** What was being done when a run was stopped: it is recorded as a step that was passed over, and had begun. */
export function isStoppedStep({ ending }: Pick<Run, 'ending'>, { state, startedAt }: StepStatus): boolean {
  return ending?.how === 'stopped' && state === 'skipped' && startedAt !== undefined;
}
