import { REWIND, type Instant, type Progress, type Run, type StepName } from '../contracts.ts';
import { announce, isSwitchAnnounced } from './announce.ts';
import { announceMoment } from './announceMoment.ts';
import { compensate } from './compensate.ts';
import { checklistFor } from './checklist.ts';
import { figuresOf } from './figures.ts';
import { reportError } from '../errors.ts';
import { later } from '../journal/desk.ts';
import { FrozenError, RunNotFoundError } from '../journal/errors.ts';
import type { Lease } from '../journal/journal.ts';
import { JournalUnavailableError } from '../journal/access.ts';
import { isPastNoReturn, isProofDueBehindSwitch } from '../contracts/mayBeDone/index.ts';
import { pairOf, type EngineParts } from '../parts.ts';
import { driftOf } from '../planning/drift.ts';
import { PlanDriftedError } from '../prerequisites/errors.ts';
import { withRetries } from './retries.ts';
import { isFrozen } from './frozen.ts';
import { refuseOtherTarget } from './otherTarget.ts';
import { rollBack } from './rollback.ts';
import { runbookFor } from './runbook.ts';
import { openRunLog } from './runLog.ts';
import { refuseCrashLoop } from './crashLoop.ts';
import { DecisionNotSignedError, refuseUnsignedApproval } from './signedDecisions.ts';
import { startRun } from '../schedules/start.ts';
import { stepContext, type ProceedResult, type Work } from './stepContext.ts';
import type { Step, StepContext, StepOutcome } from './step.ts';
import { watchForStop } from './stop.ts';
import { isTakenOver } from './takenOver.ts';
import { askException, refuseUnaccepted } from './exceptions/unaccepted.ts';
import { refuseTooLate } from '../schedules/tooLate.ts';

export interface ProceedOptions {
  readonly signal: AbortSignal;
  readonly lease: Lease;
  readonly progress: (progress: Progress) => void;
}

/** Goes on with a run from wherever the journal says it stands. Safe to call at any time, for any run. */
export async function proceed(parts: EngineParts, runId: string, options: ProceedOptions): Promise<ProceedResult> {
  await using log = openRunLog(runId, parts);
  const work: Work = { parts, lease: options.lease, log, report: options.progress };
  try {
    const result = await goOn(work, await findRun(parts, runId), options.signal);
    if (result === 'handed-back') await sayHandedBack(work, runId);
    return result;
  } catch (error) {
    if (isTakenOver(error)) return 'handed-back';
    if (!options.signal.aborted) throw error;
    await sayHandedBack(work, runId);
    return 'handed-back';
  }
}

/** A sign of life for the count of starts in vain (crashLoop.ts). Whoever has lost the lease, or the journal, stays silent. */
const sayHandedBack = (work: Work, runId: string): Promise<unknown> =>
  recordAs(work, runId, { kind: 'hand-back' }).catch(() => undefined);

async function goOn(work: Work, run: Run, signal: AbortSignal): Promise<ProceedResult> {
  const refused = await refusedApproval(work.parts, run);
  if (refused) return compensate(work, run, refused.step, refused.error, signal);
  switch (run.state) {
    case 'queued':
      if (run.stopRequestedBy) return stopRun(work, run, signal);
      return start(work, run, signal);
    case 'in-progress':
      return walk(work, run, signal);
    case 'awaiting-exception':
      return run.stopRequestedBy ? stopRun(work, run, signal) : refuseUnaccepted(work, run, signal);
    case 'awaiting-cutover':
      if (run.stopRequestedBy) return stopRun(work, run, signal);
      if (run.cutover?.isFrozen) {
        if (await isFrozen(work.parts, run.target)) return 'done';
        return walk(work, await recordAs(work, run.runId, { kind: 'resume' }), signal);
      }
      if (!run.cutover?.at || run.cutover.at > work.parts.clock.now()) return announceMoment(work, run, signal);
      return walk(work, await recordAs(work, run.runId, { kind: 'resume' }), signal);
    case 'rollback-in-progress':
      return rollBack(work, run, signal);
    default:
      return 'done';
  }
}

async function start(work: Work, run: Run, signal: AbortSignal): Promise<ProceedResult> {
  const started = await startRun(work.parts, run, (event) => recordAs(work, run.runId, event));
  return started ? walk(work, started, signal) : 'done';
}

/** Of a run that would go on towards its switch; a stop needs no approval. */
async function refusedApproval(
  parts: EngineParts,
  run: Run,
): Promise<{ readonly step: Step; readonly error: DecisionNotSignedError | PlanDriftedError } | undefined> {
  const step = runbookOf(parts, run).find(({ name }) => !isOver(run, name));
  const isStopping = run.stopRequestedBy !== undefined && !isPastNoReturn(run);
  if (!step || isStopping || !['queued', 'in-progress', 'awaiting-cutover'].includes(run.state)) return undefined;
  try {
    await refuseUnsignedApproval(parts, run);
    return undefined;
  } catch (error) {
    if (error instanceof DecisionNotSignedError || error instanceof PlanDriftedError) return { step, error };
    throw error;
  }
}

const runbookOf = (parts: EngineParts, run: Run) => runbookFor(pairOf(parts, run.target, run.source).provider, run);

/** One step after the other; each leaves a checkpoint, and between two of them anything may stop. */
async function walk(work: Work, started: Run, signal: AbortSignal): Promise<ProceedResult> {
  let run = started;
  for (const step of runbookOf(work.parts, started)) {
    if (isOver(run, step.name)) continue;
    if (signal.aborted) return 'handed-back';
    if (run.stopRequestedBy && !isPastNoReturn(run)) return stopRun(work, run, signal);
    const outcome = await takeStep(work, run, step, signal);
    if (outcome.kind !== 'next') return outcome.result;
    run = outcome.run;
  }
  await announce(stepContext(work, run, 'bring-online', signal), 'back-online');
  await complete(work, run);
  return 'done';
}

type StepResult =
  { readonly kind: 'next'; readonly run: Run } | { readonly kind: 'end'; readonly result: ProceedResult };

async function takeStep(work: Work, run: Run, step: Step, signal: AbortSignal): Promise<StepResult> {
  const { parts, log } = work;
  const watch = watchForStop(parts, run.runId);
  const context = stepContext(work, run, step.name, AbortSignal.any([signal, watch.signal]));
  try {
    const skipped = step.skip?.(context);
    if (skipped !== undefined)
      return {
        kind: 'next',
        run: await recordAs(work, run.runId, { kind: 'step-skipped', step: step.name, detail: skipped }),
      };
    let outcome: StepOutcome;
    try {
      // At every start of a worker, and before each step to the switch and behind it: what was approved is what runs.
      const differences = driftOf(parts, run);
      if (differences.length > 0) throw new PlanDriftedError(run.runId, differences);
      refuseTooLate(run, parts.clock.now());
      if (isProofDueBehindSwitch(run)) await refuseOtherTarget(context);
      await refuseCrashLoop(parts, run, step.name);
      const begun = await recordAs(work, run.runId, { kind: 'step-started', step: step.name });
      log.write(step.name, step.title);
      const begunContext = { ...context, run: begun };
      const { clock } = parts;
      outcome = await withRetries(() => step.perform(begunContext), {
        clock,
        signal: context.signal,
        log: context.log,
      });
    } catch (error) {
      return { kind: 'end', result: await endStep(work, run.runId, step, signal, error) };
    }
    if (outcome.kind === 'ask-exception') {
      await recordAs(work, run.runId, askException(context, outcome.findings));
      return { kind: 'end', result: 'done' };
    }
    if (outcome.kind === 'wait') {
      const { policy, at, isFrozen: waitsFrozen } = outcome;
      await recordAs(work, run.runId, {
        ...{ kind: 'await-cutover', policy, at },
        ...(waitsFrozen ? { isFrozen: true } : {}),
      });
      return { kind: 'end', result: 'done' };
    }
    log.write(step.name, `Done: ${outcome.detail}`);
    const { kind: _, ...told } = outcome;
    const next = await recordAs(work, run.runId, { kind: 'step-done', step: step.name, ...told });
    return { kind: 'next', run: next };
  } finally {
    watch.end();
  }
}

/** Why a step did not end well decides what follows: somebody else's run now, a stop, a shutdown, or a failure. */
async function endStep(
  work: Work,
  runId: string,
  step: Step,
  signal: AbortSignal,
  error: unknown,
): Promise<ProceedResult> {
  // A journal that is away fails no step: the step is performed again once it is back.
  if (isTakenOver(error) || signal.aborted || error instanceof JournalUnavailableError) throw error;
  const run = await findRun(work.parts, runId);
  if (run.stopRequestedBy && !isPastNoReturn(run)) return stopRun(work, run, signal);
  if (error instanceof FrozenError) {
    const { kind } = pairOf(work.parts, run.target, run.source).target.policy.cutover;
    await recordAs(work, runId, { kind: 'await-cutover', policy: kind, isFrozen: true });
    return 'done';
  }
  return compensate(work, run, step, error, signal);
}

/** “Stop” before the switch: the copy goes, the target was never touched. */
async function stopRun(work: Work, run: Run, signal: AbortSignal): Promise<ProceedResult> {
  const context = stepContext(work, run, 'restore-beside', signal);
  context.log(`Stopped by ${run.stopRequestedBy?.id ?? REWIND.id}; dropping the copy`);
  let copyKeptUntil: Instant | undefined;
  try {
    await context.act('drop-incoming');
  } catch (error) {
    if (signal.aborted || isTakenOver(error)) throw error;
    // Its time to be kept is over at once: housekeeping drops it as soon as that works.
    copyKeptUntil = context.now();
    context.log(`The copy could not be dropped now and is dropped later: ${reportError(error).message}`);
  }
  if (isSwitchAnnounced(run)) await announce(context, 'skipped');
  await recordAs(work, run.runId, { kind: 'stopped', ...(copyKeptUntil ? { copyKeptUntil } : {}) });
  return 'done';
}

async function complete(work: Work, run: Run): Promise<void> {
  const figures = figuresOf(run, work.parts.clock.now());
  const ending = { kind: 'complete', checklist: checklistFor(run), figures } as const;
  await recordAs(work, run.runId, { ...ending, ...promiseOfMended(work, run) });
}

/** Days may lie between a failure behind the switch and the try that ends well: people have the whole time for a way back. */
function promiseOfMended({ parts }: Work, run: Run): { readonly previousKeptUntil?: Instant } {
  const proof = run.steps.find(({ name }) => name === 'verify-sanitization');
  const isMended = run.swappedAt !== undefined && (proof?.startedAt ?? '') > run.swappedAt;
  if (!isMended) return {};
  const until = later(parts.clock.now(), pairOf(parts, run.target, run.source).target.policy.keepPreviousMs);
  return { previousKeptUntil: until > (run.previousKeptUntil ?? '') ? until : run.previousKeptUntil };
}

const isOver = (run: Run, name: StepName): boolean =>
  run.steps.some((step) => step.name === name && (step.state === 'done' || step.state === 'skipped'));

async function recordAs(work: Work, runId: string, event: Parameters<StepContext['record']>[0]): Promise<Run> {
  // A record binds the lines that were written before it.
  await work.log.flush();
  return work.parts.journal.record(runId, event, { actor: REWIND, lease: work.lease });
}

async function findRun({ journal }: EngineParts, runId: string): Promise<Run> {
  const run = await journal.run(runId);
  if (!run) throw new RunNotFoundError(runId);
  return run;
}
