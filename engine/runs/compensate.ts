import { REWIND, type Instant, type Run, type TargetState } from '../contracts.ts';
import type { Observation } from '../environments/observation.ts';
import { announce, isSwitchAnnounced } from './announce.ts';
import { figuresOf } from './figures.ts';
import { describeWithPlace, reportError } from '../errors.ts';
import { later } from '../journal/desk.ts';
import { OutdatedRequestError } from '../journal/errors.ts';
import { PlanDriftedError } from '../prerequisites/errors.ts';
import { ExceptionNotGivenError, ExceptionStaleError } from '../proofs/errors.ts';
import { rollBack } from './rollback.ts';
import type { FailureRule, Step, StepContext } from './step.ts';
import { stepContext, type ProceedResult, type Work } from './stepContext.ts';
import { isTakenOver } from './takenOver.ts';
import { stateOf } from './targetState.ts';
import { TooLateToSwitchError } from '../schedules/tooLate.ts';

/** No unsanitized copy lives longer, whatever a policy says. */
const LONGEST_COPY_MS = 24 * 3600 * 1000;

/** Brings the target and the copy to a state that one sentence can describe, then says it. */
export async function compensate(
  work: Work,
  run: Run,
  step: Step,
  error: unknown,
  signal: AbortSignal,
): Promise<ProceedResult> {
  const context = stepContext(work, run, step.name, signal);
  const report = reportError(error, context.now());
  context.log(`Failed: ${report.message}`);
  if (report.code === 'unexpected') context.log(`Cause: ${describeWithPlace(error)}`);

  const { target } = context;
  let targetState: TargetState = run.targetState;
  let copyKeptUntil: Instant | undefined;
  switch (ruleFor(run, step, error)) {
    case 'nothing-happened':
      break;
    case 'drop-copy':
      // What could not be dropped is kept for nobody: no Retry is offered, and housekeeping drops it as soon as that works.
      if (!(await attempt(context, 'dropping the copy', () => context.act('drop-incoming'))))
        copyKeptUntil = context.now();
      break;
    case 'keep-copy':
      copyKeptUntil = keptUntil(context);
      break;
    case 'reopen-services':
      await reopenServices(context);
      copyKeptUntil = keptUntil(context);
      break;
    case 'look':
      targetState = await undoSwap(context);
      if (targetState === 'old') copyKeptUntil = keptUntil(context);
      break;
    case 'offer-rollback': {
      const observed = await look(context);
      targetState = observed ? stateOf(observed) : 'none';
      break;
    }
  }
  // A copy of what nobody has approved helps no Retry: it is not kept, and housekeeping drops it.
  if (copyKeptUntil !== undefined && error instanceof PlanDriftedError) copyKeptUntil = context.now();
  const isKept = copyKeptUntil !== undefined && copyKeptUntil > context.now();
  const remedy = error instanceof ExceptionStaleError && !isKept ? error.remedyWithoutCopy : report.remedy;
  const failed = await context.record({
    kind: 'fail',
    failure: { step: step.name, ...report, remedy },
    targetState,
    ...(copyKeptUntil ? { copyKeptUntil } : {}),
    figures: figuresOf(run, context.now()),
  });
  if (targetState !== 'old' || isSwitchAnnounced(failed)) await announce({ ...context, run: failed }, 'failed');
  if (targetState === 'old' || target.policy.rollbackOnFailure === 'offered') return 'done';
  const asked = await askForRollback(work, failed.runId);
  return asked?.state === 'rollback-in-progress' ? rollBack(work, asked, signal) : 'done';
}

function ruleFor({ swappedAt, scheduled }: Run, { onFailure }: Step, error: unknown): FailureRule {
  if (onFailure !== 'keep-copy') return onFailure;
  // What is repeated behind the switch has no copy beside the target any more.
  if (swappedAt !== undefined) return 'offer-rollback';
  // Nobody was there to accept it, or nothing can be proved of this copy any more: a Retry would end the same way.
  if (error instanceof ExceptionNotGivenError) return 'drop-copy';
  if (error instanceof ExceptionStaleError && !error.canProveAnew) return 'drop-copy';
  return error instanceof TooLateToSwitchError && scheduled?.tooLate === 'drop' ? 'drop-copy' : onFailure;
}

/** Somebody may have decided in the moment between the failure and here; then theirs counts. */
async function askForRollback({ parts: { journal }, lease }: Work, runId: string): Promise<Run | undefined> {
  try {
    return await journal.record(runId, { kind: 'roll-back' }, { actor: REWIND, lease });
  } catch (error) {
    if (!(error instanceof OutdatedRequestError)) throw error;
    return journal.run(runId);
  }
}

const keptUntil = (context: StepContext): Instant => withCopyFor(context, context.target.policy.keepFailedCopyMs);

/** How long somebody may take to accept what was found: as long as for an approval, and never longer than the copy may live. */
export const askedUntil = (context: StepContext): Instant =>
  withCopyFor(context, context.target.policy.approvalExpiresMs);

function withCopyFor({ run, now }: StepContext, ms: number): Instant {
  const longest = later(run.startedAt ?? now(), LONGEST_COPY_MS);
  const asked = later(now(), ms);
  return asked < longest ? asked : longest;
}

/** Looks at what the failed swap has left: a finished one is recorded as such, any other undone as far as the server lets us. */
async function undoSwap(context: StepContext): Promise<TargetState> {
  const observed = await look(context);
  if (observed?.target === 'none' || observed?.target === 'split')
    await attempt(context, 'undoing the half-done switch', () => context.act('swap-back'));
  const after = await look(context);
  if (after?.target === 'old') {
    await attempt(context, 'opening the target again', () => context.act('open'));
    await reopenServices(context);
    return 'old';
  }
  // The new database, one of each, or no answer: only a rollback leads back, and it needs a switch on record.
  await context.record({
    kind: 'swapped',
    previousKeptUntil: later(context.now(), context.target.policy.keepPreviousMs),
  });
  return after ? stateOf(after) : 'none';
}

/** Undefined: the target's server does not answer, which may be the very reason of the failure. */
async function look(context: StepContext): Promise<Observation | undefined> {
  let observed: Observation | undefined;
  await attempt(context, 'looking at the target', async () => {
    observed = await context.observe();
  });
  return observed;
}

const reopenServices = (context: StepContext): Promise<boolean> =>
  attempt(context, 'starting the services again', async () => {
    await context.command('startServices', 'target');
  });

/**
 * A compensation that fails is said in the log and does not hide the failure that led to it. One that was interrupted is
 * thrown: whoever goes on with the run meets the failure again and compensates then.
 */
async function attempt(context: StepContext, what: string, act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    context.log(`Done after the failure: ${what}`);
    return true;
  } catch (error) {
    if (context.signal.aborted || isTakenOver(error)) throw error;
    context.log(`Not done after the failure: ${what}: ${reportError(error).message}`);
    return false;
  }
}
