import type { Worker } from 'bullmq';
import { bounded } from '../engine/bounded.ts';
import type { Clock } from '../engine/clock.ts';
import type { Run } from '../engine/contracts.ts';
import { describeError } from '../engine/errors.ts';
import type { Journal } from '../engine/journal/journal.ts';
import type { Log } from '../env/log.ts';

/**
 * Reads a run for a job that has been taken. A worker to which the journal does not answer takes nothing more until it does: a
 * job that it holds is one that another worker, to which the journal answers, could be doing.
 */
export function createRest(
  { journal, clock, log }: { readonly journal: Journal; readonly clock: Clock; readonly log: Log },
  {
    workers,
    everyMs,
    closing,
  }: { readonly workers: () => readonly Worker[]; readonly everyMs: number; readonly closing: AbortSignal },
): { readonly read: (runId: string) => Promise<Run | undefined> } {
  const ask = <Answer>(question: () => Promise<Answer>) =>
    bounded(question, { whom: 'The journal', withinMs: everyMs, signal: closing, clock });
  const answers = () =>
    ask(() => journal.leases()).then(
      () => true,
      () => false,
    );
  let isResting = false;

  const rest = async () => {
    isResting = true;
    try {
      for (const worker of workers()) await worker.pause(true);
      while (!closing.aborted && !(await answers())) await clock.sleep(everyMs, closing).catch(() => undefined);
      if (closing.aborted) return;
      log.info('journal-answers-again');
    } finally {
      isResting = false;
      // One that stayed at rest would serve nobody any more.
      if (!closing.aborted) await Promise.allSettled(workers().map((worker) => worker.resume()));
    }
  };

  return {
    async read(runId) {
      try {
        return await ask(() => journal.run(runId));
      } catch (error) {
        if (!closing.aborted && !isResting) {
          log.warn('journal-silent', { ...describeError(error) });
          rest().catch((problem: unknown) => log.error('rest-failed', { ...describeError(problem) }));
        }
        throw error;
      }
    },
  };
}
