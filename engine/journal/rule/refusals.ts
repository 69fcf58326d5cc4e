import type { Reservation, Run, Sandbox, Skip } from '../../contracts.ts';
import {
  approvalsNeeded,
  frozen,
  isDeed,
  isInForce,
  isPastNoReturn,
  isUnacknowledged,
  isRefusedByFreeze,
  isUndecided,
  missingIn,
  reservationOf,
  whyNot,
  type Refusal,
} from '../../contracts/mayBeDone/index.ts';
import {
  ExpiredError,
  FrozenError,
  NobodyLeftError,
  NotAllowedError,
  OutdatedRequestError,
  OwnApprovalError,
  PlanBlockedError,
  PlanChangedError,
  PlanMissingError,
  PointOfNoReturnError,
  ReasonMissingError,
  RetryImpossibleError,
  RestoreNotStoppableError,
  RollbackImpossibleError,
  SharedAccountError,
  TargetBusyError,
  TerminalApprovalOffError,
} from '../errors.ts';
import type { RunEvent } from '../events.ts';
import { isTooLateToStart } from '../schedules/schedules.ts';
import {
  ApprovedAlreadyError,
  ExceptionEndError,
  OwnExceptionError,
  ReservedError,
  TicketMissingError,
} from './requestErrors.ts';
import type { TransitionContext } from './transitionContext.ts';

/** Conditions beyond the state: of what people ask for, and of what workers record. */
export function refuseUnlessAllowed(run: Run, event: RunEvent, { actor, hold, now }: TransitionContext): void {
  if (isDeed(event.kind)) {
    const digest = 'digest' in event ? event.digest : undefined;
    const refusal = whyNot(run, event.kind, { now, actor, hold, ...(digest === undefined ? {} : { digest }) });
    if (refusal) throw errorOf(refusal, run, event.kind);
    // The first of two approves nothing yet: whoever decides by what they saw then decides again.
    if (event.kind === 'approve' && approvalsNeeded(run) === 2 && !run.firstApproval)
      throw new OutdatedRequestError(run, event.kind);
    return;
  }
  if (event.kind === 'approve-first') {
    const refusal = whyNot(run, 'approve', { now, actor, hold, digest: event.digest });
    if (refusal) throw errorOf(refusal, run, 'approve');
    if (approvalsNeeded(run) !== 2 || run.firstApproval?.by.id !== event.insteadOf)
      throw new OutdatedRequestError(run, event.kind);
    return;
  }
  // A worker that starts, or goes past the point of no return, in the very moment in which somebody freezes the sandbox.
  const isBeginning =
    isRefusedByFreeze(run, event.kind) ||
    (event.kind === 'step-started' && event.step === 'stop-services' && !isPastNoReturn(run));
  if (isBeginning && isInForce(hold.freeze, now)) throw errorOf(frozen(hold.freeze), run, event.kind);
  switch (event.kind) {
    case 'plan-made':
    case 'plan-refused':
      // Somebody has chosen another moment meanwhile, or the plan of this one has come already.
      if (!run.isPlanning || run.at !== event.at) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'go-ahead': {
      // Urgent, it waits until then; else it is over then.
      const isOver = run.expiresAt !== undefined && run.expiresAt <= now;
      if (approvalsNeeded(run) !== 0 || isOver !== (run.isUrgent === true))
        throw new OutdatedRequestError(run, event.kind);
      return;
    }
    case 'acknowledge-reminded':
      if (!isUnacknowledged(run) || run.acknowledgeRemindedAt) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'expire':
      // An urgent refresh that nobody has stopped goes ahead.
      if (run.isUrgent && run.state === 'awaiting-approval') throw new OutdatedRequestError(run, event.kind);
      if (run.expiresAt === undefined || run.expiresAt > now) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'skip':
      // Whoever has found that it is over has looked at another clock, and may have looked at a wrong one.
      // One that somebody retries has begun.
      if (!run.scheduled || run.startedAt !== undefined) throw new OutdatedRequestError(run, event.kind);
      if (!BEFORE_ITS_TIME.has(event.why) && now < run.scheduled.at) throw new OutdatedRequestError(run, event.kind);
      if (event.why === 'missed' && run.state === 'queued' && !isTooLateToStart(run, now))
        throw new OutdatedRequestError(run, event.kind);
      return;
    case 'start':
      if (run.scheduled && (now < run.scheduled.at || isTooLateToStart(run, now)))
        throw new OutdatedRequestError(run, event.kind);
      refuseNewReservation(run, event, reservationOf(hold, now));
      return;
    case 'reminded':
      if (run.remindedAt) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'step-started':
      // The last moment for a stop, decided where the stop was recorded: either it came first, or it is refused.
      if (event.step === 'stop-services' && run.stopRequestedBy && !isPastNoReturn(run))
        throw new OutdatedRequestError(run, event.kind);
      return;
    case 'replaced': {
      const isPast = run.generation !== undefined && run.generation < hold.generation;
      if (!isPast || run.replacedBy?.runId === event.by) throw new OutdatedRequestError(run, event.kind);
      return;
    }
    case 'reinstated':
      if (!run.replacedBy || run.generation !== hold.generation) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'copy-given-up':
      if (run.copyKeptUntil === undefined) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'previous-given-up':
      if (run.isPreviousRetired || isUndecided(run)) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'previous-retired':
      if (run.isPreviousRetired) throw new OutdatedRequestError(run, event.kind);
      return;
    default:
  }
}

/** Somebody keeps the sandbox since it was looked whether a schedule’s run may start: it is looked again. */
function refuseNewReservation(
  run: Run,
  { kind, under }: Extract<RunEvent, { kind: 'start' }>,
  kept: Reservation | undefined,
): void {
  if (!run.scheduled || run.startedAt !== undefined || !kept || kept.number === under) return;
  const { by, until, reason } = kept;
  throw errorOf({ code: 'reserved', by: by.name, until, reason }, run, kind);
}

/** What people decide, and what no time mends. */
const BEFORE_ITS_TIME: ReadonlySet<Skip> = new Set(['by-hand', 'paused', 'ended']);

/** A refusal as whoever asked reads it. `target` is as cards write it, where somebody knows. */
export function errorOf(refusal: Refusal, run: Run, asked: string, target = run.target): Error {
  switch (refusal.code) {
    case 'outdated-request':
      return new OutdatedRequestError(run, asked);
    case 'not-allowed':
      return new NotAllowedError(refusal.what, target);
    case 'expired':
      return new ExpiredError(run.runId, refusal.at);
    case 'plan-missing':
      return new PlanMissingError(run.runId);
    case 'plan-changed':
      return new PlanChangedError(run.runId);
    case 'plan-blocked':
      return new PlanBlockedError(run.runId, refusal.checks);
    case 'own-approval':
      return new OwnApprovalError(run.runId, refusal.deed);
    case 'approved-already':
      return new ApprovedAlreadyError(run.runId);
    case 'reserved':
      return new ReservedError(target, refusal, run.target);
    case 'own-exception':
      return new OwnExceptionError(run.runId);
    case 'terminal-approval-off':
      return new TerminalApprovalOffError();
    case 'shared-account':
      return new SharedAccountError(refusal.account);
    case 'nobody-left':
      return new NobodyLeftError(target);
    case 'target-busy':
      return new TargetBusyError(run.target, refusal.heldBy);
    case 'frozen':
      return new FrozenError(target, refusal);
    case 'restore-not-stoppable':
      return new RestoreNotStoppableError(run.runId);
    case 'point-of-no-return':
      return new PointOfNoReturnError(run.runId);
    case 'retry-impossible':
      return new RetryImpossibleError(run.runId, refusal.why);
    case 'rollback-impossible':
      return new RollbackImpossibleError(run.runId, refusal.why);
  }
}

/** @throws ReasonMissingError, TicketMissingError */
export function refuseIncomplete({ runId, isUrgent }: Run, reason: string, { title, requests }: Sandbox): void {
  // Nobody approves what is urgent, so everybody reads at least why.
  const missing = isUrgent && reason.trim() === '' ? 'reason' : missingIn(reason, requests);
  if (missing === 'reason') throw new ReasonMissingError(runId, 'asked for');
  if (missing === 'ticket') throw new TicketMissingError(title, requests?.ticket?.example ?? '');
}

/** A year: what is to stay longer is a matter for a rule pack. */
const LONGEST_EXCEPTION_MS = 366 * 86_400_000;

/** @throws ReasonMissingError, ExceptionEndError */
export function refuseEndless(
  runId: string,
  { reason, until }: { reason: string; until: string },
  today: string,
): void {
  if (reason.trim() === '') throw new ReasonMissingError(runId, 'accepted');
  const last = new Date(Date.parse(`${today}T12:00:00.000Z`) + LONGEST_EXCEPTION_MS).toJSON().slice(0, 10);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(until) && new Date(`${until}T00:00:00.000Z`).toJSON()?.startsWith(until);
  if (!isDay || until < today || until > last) throw new ExceptionEndError(until, today, last);
}
/** What only the file can say: the journal, which knows none, does not refuse by these. */
export const OF_THE_FILE: ReadonlySet<string> = new Set([
  'not-allowed',
  'nobody-left',
  'shared-account',
  'terminal-approval-off',
]);
