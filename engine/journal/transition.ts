import type { Person, Run, StepName, StepStatus, Instant } from '../contracts.ts';
import { TRANSITIONS, type RunEvent } from './events.ts';
import {
  OutdatedRequestError,
  OwnApprovalError,
  PlanBlockedError,
  PlanChangedError,
  PlanMissingError,
  PointOfNoReturnError,
  RetryImpossibleError,
  RollbackImpossibleError,
  TargetBusyError,
} from './errors.ts';

/** The journal's row of a target, as far as a transition looks at it. */
export interface TargetHold {
  readonly target: string;
  /** The run that may touch the target. */
  readonly heldBy?: string;
  /** Counts the swaps of this target. */
  readonly generation: number;
}

export interface TransitionContext {
  readonly now: Instant;
  readonly actor: Person;
  readonly hold: TargetHold;
}

/**
 * The one place where a run changes: pure, total over (state × event).
 * @throws a TerminalError that says why the event does not apply; nothing is changed then.
 */
export function transition(
  run: Run,
  event: RunEvent,
  context: TransitionContext,
): { readonly run: Run; readonly hold: TargetHold } {
  const rule = TRANSITIONS[event.kind];
  const from: readonly string[] = rule.from;
  if (!from.includes(run.state)) throw new OutdatedRequestError(run, event.kind);
  refuseUnlessAllowed(run, event, context);
  const changed: Run = {
    ...run,
    ...('to' in rule ? { state: rule.to, expiresAt: undefined } : {}),
    ...changesOf(run, event, context),
    version: run.version + 1,
    updatedAt: context.now,
  };
  return { run: changed, hold: holdAfter(rule.hold, changed, event, context.hold) };
}

/** Conditions beyond the state: who, which plan, which generation. */
function refuseUnlessAllowed(run: Run, event: RunEvent, { actor, hold, now }: TransitionContext): void {
  switch (event.kind) {
    case 'choose-moment':
      if (run.isPlanning) throw new OutdatedRequestError(run, event.kind);
      return;
    case 'confirm': {
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
      if (actor.id === run.requestedBy.id) throw new OwnApprovalError(run.runId);
      if (run.plan?.digest !== event.digest) throw new PlanChangedError(run.runId);
      return;
    case 'stop':
      if (isPastNoReturn(run)) throw new PointOfNoReturnError(run.runId);
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
    case 'previous-retired':
      if (run.isPreviousRetired) throw new OutdatedRequestError(run, event.kind);
      return;
    default:
  }
}

function refuseRollback(run: Run, hold: TargetHold, now: Instant): void {
  if (run.generation === undefined) throw new RollbackImpossibleError(run.runId, 'it has not switched anything');
  if (run.generation !== hold.generation)
    throw new RollbackImpossibleError(run.runId, `${run.target} has been refreshed again since`);
  if (run.isPreviousRetired || (run.previousKeptUntil !== undefined && run.previousKeptUntil <= now))
    throw new RollbackImpossibleError(run.runId, 'the previous database is no longer kept');
}

/** From the start of `stop-services` a run is finished or rolled back, no longer stopped. */
export function isPastNoReturn(run: Run): boolean {
  return run.steps.some((step) => step.name === 'stop-services' && step.state !== 'waiting');
}

function changesOf(run: Run, event: RunEvent, { actor, now, hold }: TransitionContext): Partial<Run> {
  switch (event.kind) {
    case 'choose-moment':
      return { at: event.at, isPlanning: true, plan: undefined, failure: undefined, expiresAt: event.expiresAt };
    case 'plan-made':
      return { plan: event.plan, isPlanning: false, failure: undefined };
    case 'plan-refused':
      return { failure: event.failure, isPlanning: false, plan: undefined };
    case 'confirm':
      return { reason: event.reason, expiresAt: event.expiresAt };
    case 'keep':
      return { ending: { how: 'kept', by: actor, at: now, reason: '' }, endedAt: now, isPlanning: false };
    case 'expire':
      return { ending: { how: 'expired', by: actor, at: now, reason: '' }, endedAt: now, isPlanning: false };
    case 'approve':
      return { approval: { by: actor, at: now, digest: event.digest } };
    case 'reject':
      return { ending: { how: 'rejected', by: actor, at: now, reason: event.reason }, endedAt: now };
    case 'stop':
      return { stopRequestedBy: run.stopRequestedBy ?? actor };
    case 'stopped':
      return {
        ending: { how: 'stopped', by: run.stopRequestedBy ?? actor, at: now, reason: '' },
        endedAt: now,
        steps: run.steps.map((step) => (step.state === 'running' ? { ...step, state: 'skipped', endedAt: now } : step)),
      };
    case 'start':
      return { startedAt: run.startedAt ?? now };
    case 'step-started':
      return { steps: startStep(run, event.step, now) };
    case 'step-done':
      return {
        steps: withStep(run, event.step, { state: 'done', endedAt: now, detail: event.detail }),
        figures: { ...run.figures, ...event.figures },
      };
    case 'step-skipped':
      return { steps: withStep(run, event.step, { state: 'skipped', endedAt: now, detail: event.detail }) };
    case 'remember':
      return { remembered: { ...run.remembered, [event.key]: event.value } };
    case 'await-cutover':
      return { cutover: { kind: event.policy, ...(event.at ? { at: event.at } : {}) } };
    case 'switch-now':
      return { cutover: { kind: run.cutover?.kind ?? 'on-click', at: event.at, pressedBy: actor } };
    case 'resume':
      return {};
    case 'closed':
      return { targetState: 'closed' };
    case 'swapped':
      return {
        targetState: 'closed',
        swappedAt: run.swappedAt ?? now,
        generation: run.generation ?? hold.generation + 1,
        previousKeptUntil: run.previousKeptUntil ?? event.previousKeptUntil,
      };
    case 'complete':
      return {
        targetState: 'new',
        endedAt: now,
        figures: { ...run.figures, ...event.figures },
        checklist: event.checklist,
      };
    case 'fail':
      return {
        failure: event.failure,
        targetState: event.targetState,
        copyKeptUntil: event.copyKeptUntil,
        endedAt: now,
        figures: { ...run.figures, ...event.figures },
        steps: run.steps.map((step) =>
          step.state === 'running' ? { ...step, state: 'failed', endedAt: now, detail: event.failure.message } : step,
        ),
      };
    case 'retry':
      return {
        failure: undefined,
        endedAt: undefined,
        stopRequestedBy: undefined,
        cutover: undefined,
        steps: run.steps.map((step) => (step.state === 'failed' ? { ...step, state: 'waiting', detail: '' } : step)),
      };
    case 'roll-back':
      return { rollback: { by: actor, requestedAt: now } };
    case 'rolled-back':
      return {
        targetState: 'old',
        endedAt: now,
        figures: { ...run.figures, ...event.figures },
        rollback: { by: run.rollback?.by ?? actor, requestedAt: run.rollback?.requestedAt ?? now, endedAt: now },
      };
    case 'rollback-failed':
      return { failure: event.failure, targetState: event.targetState, endedAt: now };
    case 'accept':
      return { acceptedBy: actor };
    case 'sign-off':
      return { signedOffBy: actor };
    case 'tick-item':
      return {
        checklist: run.checklist.map((item) =>
          item.n === event.n ? { ...item, doneBy: item.doneBy ?? actor.name } : item,
        ),
      };
    case 'copy-dropped':
      return { copyKeptUntil: undefined };
    case 'previous-retired':
      return { isPreviousRetired: true };
  }
}

/** A step that is taken up again keeps the time of its first start. */
function startStep(run: Run, name: StepName, now: Instant): readonly StepStatus[] {
  const begun = run.steps.find((step) => step.name === name);
  const startedAt = begun?.state === 'running' ? begun.startedAt : now;
  return withStep(run, name, { state: 'running', startedAt, endedAt: undefined, detail: '' });
}

function withStep(run: Run, name: StepName, change: Partial<StepStatus>): readonly StepStatus[] {
  return run.steps.map((step) => (step.name === name ? { ...step, ...change } : step));
}

function holdAfter(
  rule: (typeof TRANSITIONS)[RunEvent['kind']]['hold'],
  run: Run,
  event: RunEvent,
  hold: TargetHold,
): TargetHold {
  const isHolder = hold.heldBy === run.runId;
  const generation = event.kind === 'swapped' ? Math.max(hold.generation, run.generation ?? 0) : hold.generation;
  switch (rule) {
    case 'take':
      if (hold.heldBy !== undefined && !isHolder) throw new TargetBusyError(hold.target, hold.heldBy);
      return { ...hold, generation, heldBy: run.runId };
    case 'keep':
      return { ...hold, generation };
    case 'release':
      return isHolder ? { target: hold.target, generation } : hold;
    case 'release-if-untouched':
      return isHolder && run.targetState === 'old' ? { target: hold.target, generation } : { ...hold, generation };
  }
}
