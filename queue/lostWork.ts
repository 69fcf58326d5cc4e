import type { Clock } from '../engine/clock.ts';
import type { Run } from '../engine/contracts.ts';
import type { Journal } from '../engine/journal/journal.ts';
import type { Log } from '../env/log.ts';
import { jobIdOf, queueName, workOn } from './jobs.ts';
import type { Mender } from './mendKeys.ts';
import type { Queues } from './queues.ts';

/** A job that is due within this time needs no second one. */
const DUE_WITHIN_MS = 10_000;

const UNFINISHED = [
  ...(['draft', 'queued', 'in-progress'] as const),
  ...(['awaiting-exception', 'awaiting-cutover', 'rollback-in-progress'] as const),
] as const;

export interface LostWork {
  /** Runs that a worker should be at by now, by target, found with one question for all of them. */
  find(serves: readonly string[]): Promise<ReadonlyMap<string, readonly Run[]>>;
  /** Adds the jobs of these runs that Redis does not know. */
  addAgain(target: string, runs: readonly Run[]): Promise<void>;
}

/** What a lost click or an emptied Redis left undone. */
export function createLostWork({
  journal,
  queues,
  mender,
  clock,
  log,
}: {
  readonly journal: Journal;
  readonly queues: Queues;
  readonly mender: Mender;
  readonly clock: Clock;
  readonly log: Log;
}): LostWork {
  /** Per target, the jobs that the last round has added. */
  const addedAgain = new Map<string, ReadonlySet<string>>();
  return {
    async find(serves) {
      const runs = (await journal.runs({ states: [...UNFINISHED] })).filter(({ target }) => serves.includes(target));
      const dueBy = new Date(Date.parse(clock.now()) + DUE_WITHIN_MS).toISOString();
      const due = runs.filter((run) => {
        const work = workOn(run);
        return work !== undefined && (work.notBefore ?? '') <= dueBy;
      });
      const waiting = due.filter(waitsForThaw);
      if (waiting.length === 0) return Map.groupBy(due, ({ target }) => target);
      const frozen = await journal.frozen(clock.now());
      const able = due.filter((run) => !(waitsForThaw(run) && frozen.has(run.target)));
      return Map.groupBy(able, ({ target }) => target);
    },

    async addAgain(target, runs) {
      // In this order: a job that ends in between has let go of its lease after the look at the queue.
      const covered = await queues.coveredRuns(target, DUE_WITHIN_MS);
      const isWorkedOn = (await journal.leases()).some((lease) => lease.target === target);
      const addedBefore = addedAgain.get(target) ?? new Set<string>();
      const added = new Set<string>();
      for (const run of runs) {
        const name = workOn(run)?.name ?? 'proceed';
        if (covered.has(run.runId) || (isWorkedOn && name === 'proceed')) continue;
        const jobId = jobIdOf(name, run);
        // Added in the round before, and nobody has seen it: something else has its name.
        if (addedBefore.has(jobId))
          await mender.setJobAside(queueName(name === 'plan' ? 'plan' : 'refresh', target), jobId);
        log.info('work-added-again', { runId: run.runId, target, state: run.state });
        await queues.addWork(run);
        added.add(jobId);
      }
      addedAgain.set(target, added);
    },
  };
}

/** A run that a worker does nothing about while its sandbox is frozen. */
const waitsForThaw = (run: Run): boolean =>
  run.stopRequestedBy === undefined &&
  ((run.state === 'queued' && run.targetState === 'old') ||
    (run.state === 'awaiting-cutover' && run.cutover?.isFrozen === true));
