import { REWIND, type Run, type TargetState } from './contracts.ts';
import { figuresOf } from './figures.ts';
import { reportError } from './errors.ts';
import { later } from './journal/desk.ts';
import { rollBack } from './rollback.ts';
import type { Step, StepContext } from './step.ts';
import { stepContext, type ProceedResult, type Work } from './stepContext.ts';
import { stateOf } from './targetState.ts';

/** No unsanitized copy lives longer, whatever a policy says. */
const LONGEST_COPY_MS = 24 * 3600 * 1000;

/** Brings the world back to a state that a sentence can describe, then says it. */
export async function compensate(
  work: Work,
  run: Run,
  step: Step,
  error: unknown,
  signal: AbortSignal,
): Promise<ProceedResult> {
  const context = stepContext(work, run, step.name, signal);
  const report = reportError(error);
  context.log(`Failed: ${report.message}`);
  if (report.code === 'unexpected') context.log(`Cause: ${describe(error)}`);

  const { target, provider } = context;
  let targetState: TargetState = run.targetState;
  let isCopyKept = false;
  switch (step.onFailure) {
    case 'nothing-happened':
      break;
    case 'drop-copy':
      await attempt(context, 'dropping the copy', () => context.act('drop-incoming'));
      break;
    case 'keep-copy':
      isCopyKept = true;
      break;
    case 'reopen-services':
      await reopenServices(context);
      isCopyKept = true;
      break;
    case 'look':
      targetState = await undoSwap(context);
      isCopyKept = targetState === 'old';
      break;
    case 'offer-rollback':
      targetState = stateOf(await provider.observe(target, run.runId));
      break;
  }
  const keptUntil = later(run.startedAt ?? context.now(), LONGEST_COPY_MS);
  const byPolicy = later(context.now(), target.policy.keepFailedCopyMs);
  await work.log.flush();
  const failed = await context.record({
    kind: 'fail',
    failure: { step: step.name, ...report },
    targetState,
    ...(isCopyKept ? { copyKeptUntil: byPolicy < keptUntil ? byPolicy : keptUntil } : {}),
    figures: figuresOf(run, context.now(), work.busy.ms),
  });
  if (targetState === 'old' || target.policy.rollbackOnFailure === 'offered') return 'done';
  const asked = await work.parts.journal.record(
    failed.runId,
    { kind: 'roll-back' },
    { actor: REWIND, lease: work.lease },
  );
  return rollBack(work, asked, signal);
}

/** A half-done swap is looked at: finished ones are owned up to, the others undone as far as the server lets us. */
async function undoSwap(context: StepContext): Promise<TargetState> {
  const world = await context.observe();
  if (world.target === 'none' || world.target === 'split')
    await attempt(context, 'undoing the half-done switch', () => context.act('swap-back'));
  const after = await context.observe();
  if (after.target === 'old') {
    await attempt(context, 'opening the target again', () => context.act('open'));
    await reopenServices(context);
    return 'old';
  }
  if (after.target === 'new')
    await context.record({
      kind: 'swapped',
      previousKeptUntil: later(context.now(), context.target.policy.keepPreviousMs),
    });
  return stateOf(after);
}

const reopenServices = (context: StepContext): Promise<void> =>
  attempt(context, 'starting the services again', async () => {
    await context.command('startServices', 'target');
  });

/** A compensation that fails is said in the log and does not hide the failure that led to it. */
async function attempt(context: StepContext, what: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
    context.log(`Compensated: ${what}`);
  } catch (error) {
    context.log(`Not compensated: ${what}: ${reportError(error).message}`);
  }
}

/** For the log only, which is scrubbed: the class and place of an error that is not ours. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = error.stack?.split('\n').slice(1, 4).join(' ').replaceAll(/\s+/g, ' ') ?? '';
  return `${error.name}: ${error.message} ${place}`;
}
