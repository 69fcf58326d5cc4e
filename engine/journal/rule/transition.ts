import type { Instant, Run } from '../../contracts.ts';
import { personOf, withShaper } from '../../contracts/mayBeDone/index.ts';
import { TRANSITIONS, type RunEvent } from '../events.ts';
import { OutdatedRequestError } from '../errors.ts';
import { holdAfter, isBack } from './holdAfter.ts';
import { refuseUnlessAllowed } from './refusals.ts';
import type { TargetHold, TransitionContext } from './transitionContext.ts';
import { endingOf } from '../schedules/whyNothing.ts';
import {
  acceptFindings,
  proofsBefore,
  startStep,
  stepsOfFrozen,
  stepsOfRetry,
  withStep,
  withoutExceptions,
} from './runSteps.ts';

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
    ...changesOf(run, event, { ...context, actor: personOf(context.actor) }),
    version: run.version + 1,
    updatedAt: context.now,
  };
  return {
    run: changed,
    hold: holdAfter(changed, event, context.hold),
  };
}

function changesOf(run: Run, event: RunEvent, { actor, now, hold }: TransitionContext): Partial<Run> {
  switch (event.kind) {
    case 'choose-moment':
      return {
        ...{ at: event.at, isPlanning: true, plan: undefined, failure: undefined, expiresAt: event.expiresAt },
        shapedBy: withShaper(run, actor),
      };
    case 'plan-made':
      return { plan: event.plan, isPlanning: false, failure: undefined };
    case 'plan-refused':
      return { failure: event.failure, isPlanning: false, plan: undefined };
    case 'confirm':
      return {
        ...{ reason: event.reason, expiresAt: event.expiresAt },
        ...{ requestedBy: actor, shapedBy: withShaper(run, actor) },
      };
    case 'told': {
      const { kind: _, ...told } = event;
      return { told: [...(run.told ?? []).filter(({ to }) => to !== told.to), { ...told, at: now }] };
    }
    case 'announced': {
      const { kind: _, ...one } = event;
      const others = (run.announced ?? []).filter(({ what, by }) => what !== one.what || by !== one.by);
      return { announced: [...others, { ...one, at: now }] };
    }
    case 'reminded':
      return { remindedAt: now };
    case 'keep':
      return { ending: { how: 'kept', by: actor, at: now, reason: '' }, endedAt: now, isPlanning: false };
    case 'skip':
    case 'expire':
      return { ending: endingOf(run, event, actor, now), endedAt: now, isPlanning: false };
    case 'approve':
      return {
        approval: { by: actor, at: now, digest: event.digest, ...(event.comment ? { comment: event.comment } : {}) },
      };
    case 'approve-first':
      return {
        firstApproval: {
          ...{ by: actor, at: now, digest: event.digest },
          ...(event.comment ? { comment: event.comment } : {}),
        },
      };
    case 'go-ahead':
      return {};
    case 'halt':
      return { ending: { how: 'stopped', by: actor, at: now, reason: '' }, endedAt: now };
    case 'acknowledge':
      return { acknowledged: { by: actor, at: now } };
    case 'acknowledge-reminded':
      return { acknowledgeRemindedAt: now };
    case 'reject':
      return { ending: { how: 'rejected', by: actor, at: now, reason: event.reason }, endedAt: now };
    case 'stop':
      return { stopRequestedBy: run.stopRequestedBy ?? actor };
    case 'stopped':
      return {
        ending: { how: 'stopped', by: run.stopRequestedBy ?? actor, at: now, reason: '' },
        endedAt: now,
        copyKeptUntil: event.copyKeptUntil,
        steps: run.steps.map((step) => (step.state === 'running' ? { ...step, state: 'skipped', endedAt: now } : step)),
      };
    case 'start':
      return { startedAt: run.startedAt ?? now };
    case 'step-started':
      return {
        ...{ steps: startStep(run, event.step, now), ...proofsBefore(run, event.step) },
        ...withoutExceptions(run, event.step),
      };
    case 'step-done':
      return {
        steps: withStep(run, event.step, { state: 'done', endedAt: now, detail: event.detail }),
        figures: { ...run.figures, ...event.figures },
        ...(event.profile ? { profile: event.profile } : {}),
      };
    case 'step-skipped':
      return { steps: withStep(run, event.step, { state: 'skipped', endedAt: now, detail: event.detail }) };
    case 'proved': {
      const { step, proofs } = event;
      const earlier = proofsBefore(run, step).proofs ?? run.proofs ?? [];
      return { proofs: [...earlier, { step, at: now, proofs }] };
    }
    case 'ask-exception': {
      const { findings, digest, expiresAt } = event;
      // Others are asked than for the approval.
      return { askedException: { findings, digest, at: now }, expiresAt, told: undefined, remindedAt: undefined };
    }
    case 'accept-findings':
      return acceptFindings(run, event, { actor, now });
    case 'exceptions-held':
      return { exceptions: event.exceptions };
    case 'report-made':
      return { report: event.report };
    case 'remember':
      return { remembered: { ...run.remembered, [event.key]: event.value } };
    case 'await-cutover':
      return {
        cutover: {
          kind: event.policy,
          ...(event.at ? { at: event.at } : {}),
          ...(event.isFrozen ? { isFrozen: true } : {}),
        },
        ...(event.isFrozen ? { steps: stepsOfFrozen(run) } : {}),
      };
    case 'switch-now':
      // Never later than announced, and a second click changes nothing.
      return {
        cutover: {
          kind: run.cutover?.kind ?? 'on-click',
          at: run.cutover?.at && run.cutover.at < event.at ? run.cutover.at : event.at,
          pressedBy: run.cutover?.pressedBy ?? actor,
        },
      };
    case 'hand-back':
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
        ...(event.previousKeptUntil ? { previousKeptUntil: event.previousKeptUntil } : {}),
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
        // Behind the switch, the report tells of what was switched.
        ...(run.targetState === 'old' ? { cutover: undefined, report: undefined } : {}),
        copyKeptUntil: undefined,
        ...(run.scheduled ? { scheduled: { ...run.scheduled, switchBy: undefined, backBy: undefined } } : {}),
        // Whoever was told of the failure is told of what the next try comes to, too.
        ...(run.announced ? { announced: run.announced.filter(({ by }) => by !== 'command') } : {}),
        steps: stepsOfRetry(run),
      };
    case 'roll-back':
      // Only the newest switch can be undone, so whatever had replaced this run is gone, noted or not.
      // Whoever left the target as it was has changed their mind: should this fail, there is a decision to make again.
      return { rollback: { by: actor, requestedAt: now }, replacedBy: undefined, acceptedBy: undefined };
    case 'rolled-back':
      return {
        targetState: 'old',
        // The generation before is the target's again, and can be rolled back in its turn.
        generation: undefined,
        endedAt: now,
        copyKeptUntil: event.copyKeptUntil,
        figures: { ...run.figures, ...event.figures },
        rollback: { by: run.rollback?.by ?? actor, requestedAt: run.rollback?.requestedAt ?? now, endedAt: now },
      };
    case 'rollback-failed':
      return { failure: event.failure, targetState: event.targetState, endedAt: now };
    case 'accept':
      return { acceptedBy: actor, ...(isBack(run) ? { generation: undefined, copyKeptUntil: now } : {}) };
    case 'sign-off':
      return { signedOffBy: actor };
    case 'tick-item':
      return {
        checklist: run.checklist.map((item) =>
          item.n === event.n ? { ...item, doneBy: item.doneBy ?? actor.name } : item,
        ),
      };
    case 'replaced':
      return { replacedBy: { runId: event.by, at: event.at } };
    case 'reinstated':
      return { replacedBy: undefined };
    // Due at once: housekeeping drops what a worker that ended in between has left.
    case 'copy-given-up':
      return { copyKeptUntil: noLaterThan(now, run.copyKeptUntil) };
    case 'previous-given-up':
      return { previousKeptUntil: noLaterThan(now, run.previousKeptUntil) };
    case 'copy-dropped':
      return { copyKeptUntil: undefined };
    case 'previous-retired':
      return { isPreviousRetired: true };
  }
}

const noLaterThan = (now: Instant, until: Instant = now): Instant => (until < now ? until : now);
