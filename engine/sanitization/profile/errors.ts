import { TerminalError } from '../../errors.ts';

const MOST_NAMED = 10;

export class ProfileDoesNotFitError extends TerminalError {
  override readonly code = 'profile-does-not-fit';

  constructor(reasons: readonly string[]) {
    const more = reasons.length > MOST_NAMED ? `; and ${String(reasons.length - MOST_NAMED)} more` : '';
    super(`The profile does not fit the databases: ${reasons.slice(0, MOST_NAMED).join('; ')}${more}`, {
      remedy: 'Correct profile: of the sandbox in environments.yaml, then plan again. The target has not been changed.',
    });
  }
}

export class ProfileListMissingError extends TerminalError {
  override readonly code = 'profile-list-missing';

  constructor(runId: string, why: 'is gone' | 'is not as it was approved') {
    super(`The list that the plan of ${runId} keeps of the sandbox’s users and settings ${why}`, {
      remedy:
        'Plan again and have the new plan approved. The list is dropped some time behind the end of the run; the target has not been changed.',
    });
  }
}
