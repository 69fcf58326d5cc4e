import { DelayedError, WaitingError, type Job } from 'bullmq';
import { NoAnswerError } from '../engine/bounded.ts';
import type { Clock } from '../engine/clock.ts';
import type { Log } from '../env/log.ts';
import { describeError } from '../engine/errors.ts';
import { Interruption } from './interruption.ts';

/** `busy`: the target is another worker's at the moment. */
export type Outcome = 'done' | 'handed-back' | 'busy';

/** Soon at first, when a worker's lease is about to run out; seldom while it works for hours. */
const BUSY_AGAIN_MS = 500;
const ERROR_AGAIN_MS = 5_000;
const MOST_AGAIN_MS = 5_000;

/**
 * Performs one job and tells BullMQ how it ended: done, back in line for another worker, or later again. A job never fails
 * there: whether a run has failed is the journal's to say.
 */
export async function carryOut(
  taken: { readonly job: Job; readonly token: string | undefined; readonly signal: AbortSignal | undefined },
  { isClosing, clock, log }: { readonly isClosing: () => boolean; readonly clock: Clock; readonly log: Log },
  perform: (signal: AbortSignal) => Promise<Outcome>,
): Promise<void> {
  const { job, token } = taken;
  const own = new AbortController();
  const interrupt = () => own.abort(new Interruption(isClosing() ? 'shutdown' : 'lock lost'));
  taken.signal?.addEventListener('abort', interrupt, { once: true });
  // Taken in the very moment in which this worker began to close.
  if (isClosing() || taken.signal?.aborted) interrupt();
  const fields = { queue: job.queueName, jobId: job.id };
  let outcome: Outcome | 'error' = 'handed-back';
  try {
    if (!own.signal.aborted) outcome = await perform(own.signal);
  } catch (error) {
    if (!own.signal.aborted) {
      // Whoever is silent here may answer another worker.
      outcome = error instanceof NoAnswerError ? 'busy' : 'error';
      log.error('job-failed', { ...fields, ...describeError(error) });
    }
  }
  if (outcome === 'done') return;
  if (outcome === 'handed-back' && isClosing()) {
    await job.moveToWait(token);
    log.info('job-handed-back', fields);
    throw new WaitingError();
  }
  const againMs = outcome === 'error' ? ERROR_AGAIN_MS : Math.min(BUSY_AGAIN_MS * job.attemptsStarted, MOST_AGAIN_MS);
  await job.moveToDelayed(Date.parse(clock.now()) + againMs, token);
  throw new DelayedError();
}
