import type { CheckResult } from '../contracts.ts';
import { TerminalError } from '../errors.ts';

export class PrerequisitesBlockedError extends TerminalError {
  override readonly code = 'prerequisites-blocked';

  constructor(blocked: readonly CheckResult[]) {
    super(blocked.map((check) => `${check.title}: ${check.detail}`).join('; '), {
      remedy: blocked.map((check) => check.remedy).join(' '),
    });
  }
}

export class PlanDriftedError extends TerminalError {
  override readonly code = 'plan-drifted';

  /** `differences`: what is not as it was approved, by name. */
  constructor(runId: string, differences: readonly string[]) {
    super(`What ${runId} would do now is no longer what was approved; it differs in ${differences.join(', ')}`, {
      remedy: 'Plan again and have the new plan approved.',
    });
  }
}
