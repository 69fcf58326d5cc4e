import type { Instant, Run } from '../contracts.ts';
import {
  ExpiredError,
  OutdatedRequestError,
  OwnApprovalError,
  PlanBlockedError,
  PlanChangedError,
  PlanMissingError,
  PointOfNoReturnError,
  RetryImpossibleError,
  RollbackImpossibleError,
} from './errors.ts';
import type { RunEvent } from './events.ts';
import type { TargetHold, TransitionContext } from './transitionContext.ts';

/** Conditions beyond the state: who, which plan, which generation. */
export function refuseUnlessAllowed(run: Run, event: RunEvent, { actor, hold, now }: TransitionContext): void {
  switch (event.kind) {
    case 'choose-moment':
      if (run.isPlanning) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'expire':
      if (run.expiresAt === undefined || run.expiresAt > now) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'confirm': {
      refuseExpired(run, now);
      if (!run.plan || run.isPlanning) throw new PlanMissingError(run.runId);
      if (run.plan.digest !== event.digest) throw new PlanChangedError(run.runId);
      const blocked = run.plan.checks.filter((check) => check.outcome === 'blocked');
      if (blocked.length > 0)
        throw new PlanBlockedError(
          run.runId,
          blocked.map((check) => check.title),
        );
      return;
    }
    case 'approve':
      refuseExpired(run, now);
      if (actor.id === run.requestedBy.id) throw new OwnApprovalError(run.runId);
      if (run.plan?.digest !== event.digest) throw new PlanChangedError(run.runId);
      return;
    case 'stop':
      if (isPastNoReturn(run)) throw new PointOfNoReturnError(run.runId);
      return;
    case 'step-started':
      // The last moment for a stop, decided where the stop was recorded: either it came first, or it is refused.
      if (event.step === 'stop-services' && run.stopRequestedBy && !isPastNoReturn(run))
        throw new OutdatedRequestError(run, event.kind);
      return;
    case 'retry':
      if (run.targetState !== 'old') throw new RetryImpossibleError(run.runId, 'it failed behind the switch');
      if (!run.copyKeptUntil || run.copyKeptUntil <= now) throw new RetryImpossibleError(run.runId, 'its copy is gone');
      return;
    case 'roll-back':
      refuseRollback(run, hold, now);
      return;
    case 'accept':
      if (run.targetState === 'old' || run.acceptedBy) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'replaced': {
      const isPast = run.generation !== undefined && run.generation < hold.generation;
      if (!isPast || run.replacedBy?.runId === event.by) throw new OutdatedRequestError(run, event.kind);
      return;
    }
    case 'reinstated':
      if (!run.replacedBy || run.generation !== hold.generation) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'previous-retired':
      if (run.isPreviousRetired) throw new OutdatedRequestError(run, event.kind);
      return;
    default:
  }
}

/** Between its end and the reconciler's next round a draft or an approval is over all the same. */
function refuseExpired(run: Run, now: Instant): void {
  if (run.expiresAt !== undefined && run.expiresAt <= now) throw new ExpiredError(run.runId, run.expiresAt);
}

function refuseRollback(run: Run, hold: TargetHold, now: Instant): void {
  if (run.generation === undefined) throw new RollbackImpossibleError(run.runId, 'it has not switched anything');
  if (run.generation !== hold.generation)
    throw new RollbackImpossibleError(run.runId, `${run.target} has been refreshed again since`);
  const isOver = run.previousKeptUntil !== undefined && run.previousKeptUntil <= now && !isUndecided(run);
  if (run.isPreviousRetired || isOver)
    throw new RollbackImpossibleError(run.runId, 'the previous database is no longer kept');
}

/** Behind a failed switch the previous database is the only way back, so it is kept until somebody decides. */
export const isUndecided = (run: Run): boolean =>
  (run.state === 'failed' || run.state === 'rollback-failed') && run.acceptedBy === undefined;

/** From the start of `stop-services` a run is finished or rolled back, no longer stopped. */
export function isPastNoReturn(run: Run): boolean {
  return run.steps.some((step) => step.name === 'stop-services' && step.state !== 'waiting');
}
