import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Clock } from '../engine/clock.ts';
import type { Run } from '../engine/contracts.ts';
import { answered, type RedisBounds } from './connections.ts';
import { jobIdOf, QUEUE_KINDS, queueName, runIdOf, workOn, type QueueKind } from './jobs.ts';

/**
 * The queues of some targets, as whoever adds jobs to them sees them; they end with the connection that is handed in.
 * @throws NoAnswerError from each of them
 */
export interface Queues {
  /** Adds the job that the run's state asks for, once; nothing when it asks for none. */
  addWork(run: Run): Promise<void>;
  addSurvey(target: string): Promise<void>;
  /** Makes surveys come by themselves. */
  scheduleSurveys(target: string, everyMs: number): Promise<void>;
  /** Runs that a job stands for that is being worked on, waits, or is due within `withinMs`. */
  coveredRuns(target: string, withinMs: number): Promise<ReadonlySet<string>>;
}

export interface QueuesParts {
  readonly connection: Redis;
  readonly prefix: string;
  readonly targets: readonly string[];
  readonly clock: Clock;
  readonly bounds?: RedisBounds | undefined;
}

/**
 * Nothing stays behind in Redis: the journal tells the past, and a finished job that is kept would swallow a later one of
 * the same id without a word.
 */
export const KEEP_NOTHING = { removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } } as const;

export function openQueues({ connection, prefix, targets, clock, bounds }: QueuesParts): Queues {
  const open = (name: string): Queue => {
    const queue = new Queue(name, {
      connection,
      prefix,
      // Otherwise adding a job waits without end for a Redis that was away from the start.
      skipWaitingForReady: true,
      // Its question is asked once, at the start: unanswered, the queue would refuse everything for ever.
      skipVersionCheck: true,
      streams: { events: { maxLen: 1_000 } },
      defaultJobOptions: KEEP_NOTHING,
    });
    // The connection's own listener reports it.
    queue.on('error', () => {});
    return queue;
  };
  const queues = new Map(
    targets.flatMap((target) => QUEUE_KINDS.map((kind) => [queueName(kind, target), open(queueName(kind, target))])),
  );
  const find = (kind: QueueKind, target: string): Queue => {
    const queue = queues.get(queueName(kind, target));
    if (!queue) throw new Error(`No queue for ${target}`);
    return queue;
  };
  const now = () => Date.parse(clock.now());

  return {
    async addWork(run) {
      const work = workOn(run);
      if (!work) return;
      const delay = work.notBefore === undefined ? 0 : Math.max(0, Date.parse(work.notBefore) - now());
      const queue = find(work.name === 'plan' ? 'plan' : 'refresh', run.target);
      const add = () => queue.add(work.name, { runId: run.runId }, { jobId: jobIdOf(work.name, run), delay });
      await answered(add, bounds);
    },

    async addSurvey(target) {
      await answered(() => find('survey', target).add('survey', { target }, { deduplication: { id: target } }), bounds);
    },

    async scheduleSurveys(target, everyMs) {
      const queue = find('survey', target);
      const scheduler = await answered(() => queue.getJobScheduler(target), bounds);
      if (scheduler?.every === everyMs) return;
      const template = { name: 'survey', data: { target }, opts: KEEP_NOTHING };
      await answered(() => queue.upsertJobScheduler(target, { every: everyMs }, template), bounds);
    },

    async coveredRuns(target, withinMs) {
      const kinds = ['refresh', 'plan'] as const;
      const jobsOf = (kind: QueueKind) => find(kind, target).getJobs(['wait', 'active', 'prioritized', 'delayed']);
      const jobs = await answered(() => Promise.all(kinds.map(jobsOf)), bounds);
      const dueBy = now() + withinMs;
      const covering = jobs.flat().filter((job) => job && (job.delay === 0 || job.timestamp + job.delay <= dueBy));
      return new Set(covering.map((job) => runIdOf(job.data) ?? ''));
    },
  };
}
