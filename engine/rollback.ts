import { REWIND, type Run } from './contracts.ts';
import { FencedError } from './environments/errors.ts';
import { reportError } from './errors.ts';
import { LeaseLostError } from './journal/errors.ts';
import { stepContext, type ProceedResult, type Work } from './stepContext.ts';
import { stateOf } from './targetState.ts';

/** Puts the target back as it was before the run: seconds, no data is copied. Works after a failure and after success. */
export async function rollBack(work: Work, run: Run, signal: AbortSignal): Promise<ProceedResult> {
  const context = stepContext(work, run, 'rollback', signal);
  try {
    context.log(`Rolling ${run.target} back to its database from before ${run.runId}`);
    context.progress(undefined, 'Stopping the services');
    await context.command('stopServices', 'target');
    context.progress(undefined, 'Swapping the databases back');
    await context.act('swap-back');
    context.progress(undefined, 'Starting the services');
    await context.command('startServices', 'target');
    await context.command('checkHealth', 'target', { untilItSucceeds: true });
    await context.act('drop-incoming');
    const seconds = (Date.parse(context.now()) - Date.parse(run.rollback?.requestedAt ?? context.now())) / 1000;
    context.log(`${run.target} is as it was before ${run.runId}`);
    await work.log.flush();
    await context.record({ kind: 'rolled-back', figures: { rollbackSeconds: seconds } });
    return 'done';
  } catch (error) {
    if (signal.aborted || error instanceof LeaseLostError || error instanceof FencedError) return 'handed-back';
    const report = reportError(error);
    context.log(`Rollback failed: ${report.message}`);
    const world = await context.observe();
    await work.log.flush();
    await work.parts.journal.record(
      run.runId,
      { kind: 'rollback-failed', failure: { step: 'rollback', ...report }, targetState: stateOf(world) },
      { actor: REWIND, lease: work.lease },
    );
    return 'done';
  }
}
