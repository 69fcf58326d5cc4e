import { REWIND, type Progress, type Run, type StepName } from './contracts.ts';
import { compensate } from './compensate.ts';
import { checklistFor } from './checklist.ts';
import { figuresOf } from './figures.ts';
import { FencedError } from './environments/errors.ts';
import { RetryableError, TerminalError } from './errors.ts';
import { LeaseLostError, RunNotFoundError } from './journal/errors.ts';
import type { Lease } from './journal/journal.ts';
import { isPastNoReturn } from './journal/transition.ts';
import type { EngineParts } from './parts.ts';
import { rollBack } from './rollback.ts';
import { runbook } from './runbook.ts';
import { openRunLog } from './runLog.ts';
import { refusePoison } from './poison.ts';
import { stepContext, type ProceedResult, type Work } from './stepContext.ts';
import type { Step, StepContext } from './step.ts';
import { StopRequested, watchForStop } from './stop.ts';

export interface ProceedOptions {
  readonly signal: AbortSignal;
  readonly lease: Lease;
  readonly progress: (progress: Progress) => void;
}

/** Goes on with a run from wherever the journal says it stands. Safe to call at any time, for any run. */
export async function proceed(parts: EngineParts, runId: string, options: ProceedOptions): Promise<ProceedResult> {
  await using log = openRunLog(runId, parts);
  const work: Work = { parts, lease: options.lease, log, report: options.progress, busy: { ms: 0 } };
  const run = await findRun(parts, runId);
  switch (run.state) {
    case 'queued':
      if (run.stopRequestedBy) return await stopRun(work, run, options.signal);
      return await walk(work, await recordAs(work, runId, { kind: 'start' }), options.signal);
    case 'in-progress':
      return await walk(work, run, options.signal);
    case 'awaiting-cutover':
      if (run.stopRequestedBy) return await stopRun(work, run, options.signal);
      if (!run.cutover?.at || run.cutover.at > parts.clock.now()) return 'done';
      return await walk(work, await recordAs(work, runId, { kind: 'resume' }), options.signal);
    case 'rollback-in-progress':
      return await rollBack(work, run, options.signal);
    default:
      return 'done';
  }
}

/** One step after the other; each leaves a checkpoint, and between two of them anything may stop. */
async function walk(work: Work, started: Run, signal: AbortSignal): Promise<ProceedResult> {
  let run = started;
  for (const step of runbook) {
    if (isOver(run, step.name)) continue;
    if (signal.aborted) return 'handed-back';
    if (run.stopRequestedBy && !isPastNoReturn(run)) return stopRun(work, run, signal);
    const outcome = await takeStep(work, run, step, signal);
    if (outcome.kind !== 'next') return outcome.result;
    run = outcome.run;
  }
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
    await refusePoison(parts, run, step.name);
    const begun = await recordAs(work, run.runId, { kind: 'step-started', step: step.name });
    log.write(step.name, step.title);
    const outcome = await performWithRetries(work, step, { ...context, run: begun });
    await log.flush();
    if (outcome.kind === 'wait') {
      await recordAs(work, run.runId, { kind: 'await-cutover', policy: outcome.policy, at: outcome.at });
      return { kind: 'end', result: 'done' };
    }
    log.write(step.name, `Done: ${outcome.detail}`);
    const { detail, figures } = outcome;
    const next = await recordAs(work, run.runId, {
      kind: 'step-done',
      step: step.name,
      detail,
      ...(figures ? { figures } : {}),
    });
    return { kind: 'next', run: next };
  } catch (error) {
    return { kind: 'end', result: await endStep(work, run.runId, step, signal, watch.signal, error) };
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
  stop: AbortSignal,
  error: unknown,
): Promise<ProceedResult> {
  if (error instanceof LeaseLostError || error instanceof FencedError || signal.aborted) return 'handed-back';
  const run = await findRun(work.parts, runId);
  if (stop.aborted && stop.reason instanceof StopRequested && !isPastNoReturn(run)) return stopRun(work, run, signal);
  return compensate(work, run, step, error, signal);
}

const TRIES = 4;

/** Deadlocks and short network failures pass by themselves; a step is safe to repeat. */
async function performWithRetries(work: Work, step: Step, context: StepContext) {
  const startedAt = work.parts.clock.elapsedMs();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await step.perform(context);
      } catch (error) {
        if (!(error instanceof RetryableError) || attempt >= TRIES || context.signal.aborted) throw error;
        context.log(`Tried again after: ${error.message}`);
        await work.parts.clock.sleep(500 * 2 ** attempt, context.signal);
      }
    }
  } finally {
    work.busy.ms += work.parts.clock.elapsedMs() - startedAt;
  }
}

/** “Stop” before the switch: the copy goes, the target was never touched. */
async function stopRun(work: Work, run: Run, signal: AbortSignal): Promise<ProceedResult> {
  const context = stepContext(work, run, 'restore-beside', signal);
  context.log(`Stopped by ${run.stopRequestedBy?.id ?? REWIND.id}; dropping the copy`);
  try {
    await context.act('drop-incoming');
  } catch (error) {
    if (signal.aborted || !(error instanceof TerminalError)) return 'handed-back';
    context.log(`The copy could not be dropped now and is dropped later: ${error.message}`);
  }
  await recordAs(work, run.runId, { kind: 'stopped' });
  return 'done';
}

async function complete(work: Work, run: Run): Promise<void> {
  const figures = figuresOf(run, work.parts.clock.now(), work.busy.ms);
  await recordAs(work, run.runId, { kind: 'complete', checklist: checklistFor(run), figures });
}

const isOver = (run: Run, name: StepName): boolean =>
  run.steps.some((step) => step.name === name && (step.state === 'done' || step.state === 'skipped'));

async function recordAs(work: Work, runId: string, event: Parameters<StepContext['record']>[0]): Promise<Run> {
  return work.parts.journal.record(runId, event, { actor: REWIND, lease: work.lease });
}

async function findRun(parts: EngineParts, runId: string): Promise<Run> {
  const run = await parts.journal.run(runId);
  if (!run) throw new RunNotFoundError(runId);
  return run;
}
