import { randomUUID } from 'node:crypto';
import { Worker, type Job } from 'bullmq';
import type { Clock } from '../engine/clock.ts';
import type { Journal } from '../engine/journal/journal.ts';
import type { Log } from '../env/log.ts';
import { carryOut, type Outcome } from './carryOut.ts';
import { connectForWork, isConnectionTrouble, type RedisBounds, saidGoodbye } from './connections.ts';
import type { Engine } from '../engine/engine.ts';
import { describeError } from '../engine/errors.ts';
import { DEFAULT_PREFIX, queueName, runIdOf, surveyJob, workOn, type QueueKind } from './jobs.ts';
import { LEASE_TIMES, underLease, type LeaseTimes } from './lease.ts';
import { Interruption } from './interruption.ts';
import { createMender, isWrongType } from './mendKeys.ts';
import { KEEP_NOTHING, openQueues } from './queues.ts';
import { createRest } from './rest.ts';
import { throttled } from './throttle.ts';

export interface WorkerSettings {
  /** `redis://…` or `rediss://…` */
  readonly redis: string;
  readonly prefix?: string;
  /** Targets this worker may touch. */
  readonly serves: readonly string[];
  readonly engine: Engine;
  readonly journal: Journal;
  /** Names this process in leases and logs. */
  readonly workerId: string;
  readonly log: Log;
  readonly clock: Clock;
  /** How long a job of a dead worker stays its own, and how often that is looked at. */
  readonly lock?: { readonly durationMs: number; readonly stalledMs: number };
  readonly lease?: LeaseTimes;
  /** Shorter ones are for tests. */
  readonly bounds?: RedisBounds;
}

export interface RunningWorker {
  /** Hands running jobs back at their next step boundary, then ends. Idempotent. */
  close(): Promise<void>;
}

const LOCK = { durationMs: 15_000, stalledMs: 5_000 };
const PROGRESS_EVERY_MS = 500;

/** Takes jobs of the targets it serves; a job only says where to look, the journal says what to do. */
export function startWorker(settings: WorkerSettings): RunningWorker {
  const { redis, prefix = DEFAULT_PREFIX, serves, engine, journal, workerId, log, clock } = settings;
  const connection = connectForWork(redis, log, settings.bounds);
  const queues = openQueues({ connection, prefix, targets: serves, clock, bounds: settings.bounds });
  const mender = createMender({ connection, prefix, clock, log });
  const lock = settings.lock ?? LOCK;
  const lease = { journal, clock, times: settings.lease ?? LEASE_TIMES };
  const closing = new AbortController();
  const isClosing = () => closing.signal.aborted;
  let closed: Promise<void> | undefined;
  const performing = new Set<Promise<unknown>>();
  const shared = { isClosing, clock, log };
  const rest = createRest(settings, { workers: () => workers, everyMs: lease.times.renewMs, closing: closing.signal });

  const noted = (work: Promise<Outcome>): Promise<Outcome> => {
    const entry = work.catch(() => {}).finally(() => performing.delete(entry));
    performing.add(entry);
    return work;
  };

  const listen = (kind: QueueKind, target: string, perform: (job: Job, signal: AbortSignal) => Promise<Outcome>) => {
    const worker = new Worker(
      queueName(kind, target),
      // BullMQ makes a signal only for whoever names it.
      (job, token, signal) => carryOut({ job, token, signal }, shared, (own) => noted(perform(job, own))),
      {
        connection,
        prefix,
        name: workerId,
        concurrency: 1,
        lockDuration: lock.durationMs,
        stalledInterval: lock.stalledMs,
        // Each crash of a worker counts; a run of many hours may see several deployments.
        maxStalledCount: 20,
        ...KEEP_NOTHING,
      },
    );
    worker.on('error', (error) => {
      if (isWrongType(error)) void mender.mend(worker.name);
      if (!isConnectionTrouble(error)) log.warn('queue-trouble', { queue: worker.name, why: error.message });
    });
    worker.on('stalled', (jobId) => log.warn('job-taken-over', { queue: worker.name, jobId }));
    // BullMQ itself lets a job run on whose lock is another worker's by now.
    worker.on('lockRenewalFailed', (jobIds) => {
      for (const jobId of jobIds) worker.cancelJob(jobId, 'lock lost');
    });
    return worker;
  };

  const proceed = async (job: Job, target: string, signal: AbortSignal): Promise<Outcome> => {
    const runId = await authenticRun(job, target, 'proceed');
    if (runId === undefined) return 'done';
    // A name of its own per start: what a job left behind in this same process is somebody else as well.
    const holder = `${workerId}/${randomUUID().slice(0, 8)}`;
    const progress = throttled(clock, PROGRESS_EVERY_MS, (report) => {
      job.updateProgress(report).catch(() => {});
    });
    const outcome = await underLease(lease, { target, holder }, (held, lost) =>
      engine.proceed(runId, { signal: AbortSignal.any([signal, lost]), lease: held, progress }),
    );
    if (outcome === 'done') await comeBack(runId);
    return outcome;
  };

  /** The job's run, when the journal agrees that there is something to do about it on this queue. */
  const authenticRun = async (job: Job, target: string, name: 'proceed' | 'plan'): Promise<string | undefined> => {
    const runId = runIdOf(job.data);
    const run = runId === undefined ? undefined : await rest.read(runId);
    if (run?.target === target && workOn(run)?.name === name) return run.runId;
    log.info('job-without-work', { queue: job.queueName, jobId: job.id });
    return undefined;
  };

  /** A cutover at a set time, and an exception that nobody gives, need somebody who comes back then. */
  const comeBack = async (runId: string): Promise<void> => {
    const run = await journal.run(runId);
    if (run?.state === 'awaiting-exception' || run?.state === 'awaiting-cutover') await queues.addWork(run);
  };

  const plan = async (job: Job, target: string, signal: AbortSignal): Promise<Outcome> => {
    const runId = await authenticRun(job, target, 'plan');
    if (runId !== undefined) await engine.plan(runId, signal);
    return 'done';
  };

  const survey = async (job: Job, target: string): Promise<Outcome> => {
    try {
      if (surveyJob.safeParse(job.data).data?.target === target) await engine.survey(target);
    } catch (error) {
      // The next one is scheduled already; until then the former survey and its age are shown.
      log.warn('survey-failed', { target, ...describeError(error) });
    }
    return 'done';
  };

  const workers = serves.flatMap((target) => [
    listen('refresh', target, (job, signal) => proceed(job, target, signal)),
    listen('plan', target, (job, signal) => plan(job, target, signal)),
    listen('survey', target, (job) => survey(job, target)),
  ]);

  const end = async () => {
    closing.abort(new Interruption('shutdown'));
    for (const worker of workers) worker.cancelAllJobs('shutdown');
    const closings = Promise.all(workers.map((worker) => worker.close()));
    await Promise.allSettled(performing);
    // The runs are safe by now; only Redis has yet to hear of it, and it may be away.
    const isClosed = await saidGoodbye(closings, clock);
    connection.disconnect();
    if (!isClosed) for (const worker of workers) worker.disconnect().catch(() => {});
  };

  return { close: () => (closed ??= end()) };
}
