import { RetryableError, TerminalError } from '../errors.ts';
import type { Run, Sandbox } from '../contracts.ts';

/** The run has moved on since the card or the command was written. */
export class OutdatedRequestError extends TerminalError {
  override readonly code = 'outdated-request';

  constructor(run: Run, event: string) {
    super(`${run.runId} is ${run.state}${actorOf(run)}, so “${event}” does not apply`, {
      remedy: 'Look at the newest card of the run, or ask for its status.',
    });
  }
}

export class ExpiredError extends TerminalError {
  override readonly code = 'expired';

  constructor(runId: string, at: string) {
    super(`${runId} was open until ${at} and is over`, { remedy: 'Ask for the refresh again.' });
  }
}

/** Nothing of the sandbox is asked for, started or switched. */
export class FrozenError extends TerminalError {
  override readonly code = 'frozen';

  constructor(target: string, { until, reason }: { readonly until: string; readonly reason: string }) {
    super(`${target} is frozen until ${until}: ${reason}`, {
      remedy: 'Wait for its end, or ask somebody who may approve to lift it. Stop and Rollback work all the same.',
    });
  }
}

export class PlanChangedError extends TerminalError {
  override readonly code = 'plan-changed';

  constructor(runId: string) {
    super(`The plan of ${runId} is no longer the one that this card shows`, {
      remedy: 'Read the present plan and decide again.',
    });
  }
}

export class PlanMissingError extends TerminalError {
  override readonly code = 'plan-missing';

  constructor(runId: string) {
    super(`${runId} has no plan that could be confirmed`, { remedy: 'Choose a moment and wait for the plan.' });
  }
}

export class PlanBlockedError extends TerminalError {
  override readonly code = 'plan-blocked';

  constructor(runId: string, checks: readonly string[]) {
    super(`The plan of ${runId} is blocked by: ${checks.join('; ')}`, {
      remedy: 'Follow the remedy of each blocked check, then plan again.',
    });
  }
}

export class SourceNotListedError extends TerminalError {
  override readonly code = 'source-not-listed';

  constructor({ name, title, sources }: Pick<Sandbox, 'name' | 'title' | 'sources'>, source: string) {
    super(`${title} is not refreshed from “${source}”`, {
      remedy: `It may be refreshed from ${sources.join(', ')}: /refresh ${name} from ${sources[0] ?? ''}.`,
    });
  }
}

export class OwnApprovalError extends TerminalError {
  override readonly code = 'own-approval';

  constructor(runId: string, deed: 'approve' | 'acknowledge') {
    super(
      `Whoever asks for ${runId}, chooses its moment or confirms it, there or in the run that it was planned again from, cannot ${deed} it`,
      {
        remedy: 'A second person who may approve, and had no hand in it, has to do that.',
      },
    );
  }
}

/** An account of the machine that is no second person. */
export class SharedAccountError extends TerminalError {
  override readonly code = 'shared-account';

  constructor(account: string) {
    super(`The account ${account} is not one person’s alone, or belongs to somebody who had a hand in the plan`, {
      remedy: 'Approve in Teams, or give each person an account of their own under people.osAccounts.',
    });
  }
}

export class TerminalApprovalOffError extends TerminalError {
  override readonly code = 'terminal-approval-off';

  constructor() {
    super('Plans are not approved in a terminal here', {
      remedy:
        'Approve on the card in Teams. Whoever looks after Rewind can allow it: terminalApproval: true in environments.yaml.',
    });
  }
}

/** Everybody who may approve would have had a hand in the plan. */
export class NobodyLeftError extends TerminalError {
  override readonly code = 'nobody-left';

  constructor(target: string) {
    super(`Nobody would be left to approve: everybody who may do so for ${target} would have had a hand in this plan`, {
      remedy: 'Start a new draft, and let somebody else choose and confirm.',
    });
  }
}

const REASON_REMEDIES = {
  rejected: 'Say why in a few words; whoever asked reads it. In a terminal: --reason "…".',
  'asked for': 'Go back to the plan and say in a few words what the refresh is for; whoever approves reads it.',
  accepted: 'Say in a few words why it may stay; the report says it. In a terminal: --reason "…".',
};

export class ReasonMissingError extends TerminalError {
  override readonly code = 'reason-missing';

  constructor(runId: string, deed: 'rejected' | 'asked for' | 'accepted' = 'rejected') {
    const subject = deed === 'accepted' ? `What was found in ${runId}` : runId;
    super(`${subject} is ${deed} with a reason, and there is none`, { remedy: REASON_REMEDIES[deed] });
  }
}

export class TargetBusyError extends TerminalError {
  override readonly code = 'target-busy';

  constructor(target: string, heldBy: string) {
    super(`${target} is held by ${heldBy}`, {
      remedy: `Wait until ${heldBy} ends, or stop it; after a failure behind the switch, roll it back or take it over by hand.`,
    });
  }
}

export class PointOfNoReturnError extends TerminalError {
  override readonly code = 'point-of-no-return';

  constructor(runId: string) {
    super(`${runId} has begun to switch and can no longer be stopped`, {
      remedy: 'Wait for the end of the run (seconds), then roll it back.',
    });
  }
}

export class RestoreNotStoppableError extends TerminalError {
  override readonly code = 'restore-not-stoppable';

  constructor(runId: string) {
    super(`${runId} is restoring on a platform that cannot end a restore early`, {
      remedy: 'Wait for the end of the restore, then stop the run; the sandbox is untouched until the switch.',
    });
  }
}

export class RollbackImpossibleError extends TerminalError {
  override readonly code = 'rollback-impossible';

  constructor(runId: string, why: string) {
    super(`${runId} cannot be rolled back: ${why}`, {
      remedy: 'Refresh the sandbox again to the moment you need.',
    });
  }
}

export class RetryImpossibleError extends TerminalError {
  override readonly code = 'retry-impossible';

  constructor(runId: string, why: string) {
    super(`${runId} cannot be retried: ${why}`, { remedy: 'Plan the refresh again.' });
  }
}

export class RunNotFoundError extends TerminalError {
  override readonly code = 'run-not-found';

  constructor(runId: string) {
    super(`There is no run ${runId}`, { remedy: 'Runs are named like R-1042; ask for the history of a sandbox.' });
  }
}

export class NotAllowedError extends TerminalError {
  override readonly code = 'not-allowed';

  constructor(what: string, target: string) {
    super(`Your account may not ${what} on ${target}`, {
      remedy:
        'Ask whoever looks after Rewind to add your Entra object id in environments.yaml; /whoami shows that id, and what you may do.',
    });
  }
}

export class UnknownTargetError extends TerminalError {
  override readonly code = 'unknown-target';

  /** `meant`: the one that is spelt almost so. */
  constructor(known: readonly string[], meant?: string) {
    const hint = meant === undefined ? '' : `Did you mean ${meant}? `;
    super('There is no sandbox of that name', { remedy: `${hint}Sandboxes: ${known.join(', ')}.` });
  }
}

export class JournalNotMigratedError extends TerminalError {
  override readonly code = 'journal-not-migrated';

  constructor(cause: unknown) {
    super('The journal’s tables could not be brought up to date', {
      remedy:
        'Let the login of the journal create and alter tables in its database; the server’s log says what it refused.',
      cause,
    });
  }
}

export class LeaseLostError extends TerminalError {
  override readonly code = 'lease-lost';

  constructor(target: string) {
    super(`Another worker has taken ${target} over`, {
      remedy: 'Nothing to do: the worker that holds the target goes on.',
    });
  }
}

/** Two changes met; the later one is tried again on the new state. */
export class ConcurrentChangeError extends RetryableError {
  override readonly code = 'concurrent-change';

  constructor(runId: string) {
    super(`${runId} was changed by somebody else at the same moment`, { remedy: 'Try again.' });
  }
}

function actorOf(run: Run): string {
  if (run.state === 'aborted' && run.ending) return ` (${run.ending.how} by ${run.ending.by.name})`;
  if (run.state === 'signed-off' && run.signedOffBy) return ` by ${run.signedOffBy.name}`;
  if (run.rollback && run.state.startsWith('roll')) return ` (asked by ${run.rollback.by.name})`;
  if (run.stopRequestedBy) return ` (to be stopped, asked by ${run.stopRequestedBy.name})`;
  return run.approval ? ` (approved by ${run.approval.by.name})` : '';
}
