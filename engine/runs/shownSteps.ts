import type { Run, StepStatus } from '../contracts.ts';
import { isProofDueBehindSwitch } from '../contracts/mayBeDone/index.ts';

export interface ShownStep extends StepStatus {
  /** A step of this name was done before the switch as well. */
  readonly isAgain?: boolean;
}

/** The runbook as it was gone through: what is proved once more behind the switch is a line of its own, and the proof before it stays. */
export function shownSteps(run: Pick<Run, 'steps' | 'swappedAt'>): readonly ShownStep[] {
  const proof = run.steps.find(({ name }) => name === 'verify-sanitization');
  // A run that was tried again by an older version does not tell what its first proof came to, but that it was done.
  const first = proof?.beforeSwitch ?? (isProofDueBehindSwitch(run) ? { detail: '' } : undefined);
  if (!proof || !first) return run.steps;
  return run.steps.flatMap((step): readonly ShownStep[] => {
    if (step === proof) return [{ name: step.name, state: 'done', ...first }];
    return step.name === 'bring-online' ? [{ ...proof, isAgain: true }, step] : [step];
  });
}

/** What was being done when a run was stopped: it is recorded as a step that was passed over, and had begun. */
export function isStoppedStep({ ending }: Pick<Run, 'ending'>, { state, startedAt }: StepStatus): boolean {
  return ending?.how === 'stopped' && state === 'skipped' && startedAt !== undefined;
}
