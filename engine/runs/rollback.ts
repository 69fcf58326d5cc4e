import { REWIND, type Run, type TargetState } from '../contracts.ts';
import { describeWithPlace, reportError } from '../errors.ts';
import { JournalUnavailableError } from '../journal/access.ts';
import { announce } from './announce.ts';
import { withRetries } from './retries.ts';
import { refuseWrongSignature } from './signedDecisions.ts';
import type { StepContext } from './step.ts';
import { stepContext, type ProceedResult, type Work } from './stepContext.ts';
import { isTakenOver } from './takenOver.ts';
import { stateOf } from './targetState.ts';

/** Puts the target back as it was before the run: seconds, no data is copied. Works after a failure and after success. */
export async function rollBack(work: Work, run: Run, signal: AbortSignal): Promise<ProceedResult> {
  const context = stepContext(work, run, 'rollback', signal);
  try {
    const asked = await refuseWrongSignature(work.parts, run, 'roll-back');
    if (asked === 'not-signed')
      context.log(
        'This rollback is not signed by the bot: somebody asked for it in a terminal, or wrote it into the journal',
      );
    context.log(`Rolling ${run.target} back to its database from before ${run.runId}`);
    context.progress(undefined, 'Stopping the services');
    await stopServices(context);
    context.progress(undefined, 'Swapping the databases back');
    await withRetries(() => context.act('swap-back'), { clock: work.parts.clock, signal, log: context.log });
    context.progress(undefined, 'Starting the services');
    await context.command('startServices', 'target');
    await context.command('checkHealth', 'target', { untilItSucceeds: true });
    const seconds = (Date.parse(context.now()) - Date.parse(run.rollback?.requestedAt ?? context.now())) / 1000;
    context.log(`${run.target} is as it was before ${run.runId}`);
    // People wait for their target, not for the refreshed databases to be dropped: that comes afterwards.
    const figures = { rollbackSeconds: seconds };
    await announce(context, 'rolled-back');
    await context.record({ kind: 'rolled-back', figures, copyKeptUntil: context.now() });
  } catch (error) {
    if (signal.aborted || isTakenOver(error) || error instanceof JournalUnavailableError) throw error;
    const report = reportError(error, context.now());
    context.log(`Rollback failed: ${report.message}`);
    if (report.code === 'unexpected') context.log(`Cause: ${describeWithPlace(error)}`);
    await work.log.flush();
    await work.parts.journal.record(
      run.runId,
      { kind: 'rollback-failed', failure: { step: 'rollback', ...report }, targetState: await targetStateOf(context) },
      { actor: REWIND, lease: work.lease },
    );
    return 'done';
  }
  await dropRefreshed(context);
  return 'done';
}

/** Services that do not stop must not keep people from their way back: the swap ends their connections itself. */
async function stopServices(context: StepContext): Promise<void> {
  try {
    await context.command('stopServices', 'target');
  } catch (error) {
    if (context.signal.aborted || isTakenOver(error)) throw error;
    context.log(`The services did not stop, and the rollback goes on without that: ${reportError(error).message}`);
  }
}

/** What cannot be dropped now fails nothing: housekeeping tries until it is gone. */
async function dropRefreshed(context: StepContext): Promise<void> {
  try {
    await context.act('drop-incoming');
    await context.record({ kind: 'copy-dropped' });
  } catch (error) {
    if (context.signal.aborted || isTakenOver(error)) throw error;
    context.log(
      `The refreshed databases could not be dropped now and are dropped later: ${reportError(error).message}`,
    );
  }
}

/** Of a server that does not answer nobody can say which database it holds. */
async function targetStateOf(context: StepContext): Promise<TargetState> {
  try {
    return stateOf(await context.observe());
  } catch {
    return 'none';
  }
}
