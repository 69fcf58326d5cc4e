import { once } from 'node:events';
import type { Clock } from '../engine/clock.ts';
import { REWIND } from '../engine/contracts.ts';
import { TerminalError } from '../engine/errors.ts';
import type { Journal } from '../engine/journal/journal.ts';
import type { Log } from '../env/log.ts';
import { connectForClicks } from './connections.ts';
import { describeError } from '../engine/errors.ts';
import type { Engine } from '../engine/engine.ts';
import { DEFAULT_PREFIX, workOn } from './jobs.ts';
import { openQueues } from './queues.ts';

export interface ReconcilerSettings {
  readonly redis: string;
  readonly prefix?: string;
  readonly serves: readonly string[];
  readonly engine: Pick<Engine, 'housekeep'>;
  readonly journal: Journal;
  readonly log: Log;
  readonly clock: Clock;
  readonly everyMs?: number;
  readonly surveyEveryMs?: number;
  readonly housekeepEveryMs?: number;
}

export interface Reconciler {
  /** One pass over all targets; runs by itself every few seconds. */
  reconcile(): Promise<void>;
  close(): Promise<void>;
}

/** A job that is due by then needs no second one. */
const SOON_MS = 10_000;

/**
 * Makes Redis follow the journal: what a lost click, an emptied Redis or a dead worker left undone is added again.
 * May run in several processes at once: jobs are the same by their id, and the journal refuses what came too late.
 */
export function startReconciler(settings: ReconcilerSettings): Reconciler {
  const { redis, prefix = DEFAULT_PREFIX, serves, engine, journal, log, clock } = settings;
  const { everyMs = 3_000, surveyEveryMs = 60_000, housekeepEveryMs = 15_000 } = settings;
  const connection = connectForClicks(redis, log);
  const queues = openQueues({ connection, prefix, targets: serves, clock });
  const ended = new AbortController();

  const addLostWork = async (target: string): Promise<void> => {
    const runs = await journal.runs({ target, states: [...UNFINISHED] });
    const soon = new Date(Date.parse(clock.now()) + SOON_MS).toISOString();
    const due = runs.filter((run) => {
      const work = workOn(run);
      return work !== undefined && (work.notBefore ?? '') <= soon;
    });
    if (due.length === 0) return;
    // In this order: a job that ends in between has let go of its lease after the look at the queue.
    const covered = await queues.coveredRuns(target, SOON_MS);
    const isWorkedOn = (await journal.leases()).some((lease) => lease.target === target);
    for (const run of due) {
      if (covered.has(run.runId) || (isWorkedOn && workOn(run)?.name === 'proceed')) continue;
      log.info('work-added-again', { runId: run.runId, target, state: run.state });
      await queues.addWork(run);
    }
  };

  const expire = async (target: string): Promise<void> => {
    const now = clock.now();
    for (const run of await journal.runs({ target, states: ['draft', 'awaiting-approval'] })) {
      if (run.expiresAt === undefined || run.expiresAt > now) continue;
      try {
        await journal.record(run.runId, { kind: 'expire' }, { actor: REWIND });
      } catch (error) {
        // Somebody decided in the last moment, or another process was faster.
        if (!(error instanceof TerminalError)) throw error;
      }
    }
  };

  const keptAt = new Map<string, number>();
  const housekeep = async (target: string): Promise<void> => {
    const now = clock.elapsedMs();
    if (now - (keptAt.get(target) ?? Number.NEGATIVE_INFINITY) < housekeepEveryMs) return;
    keptAt.set(target, now);
    await engine.housekeep(target);
  };

  /** What needs Redis waits for it in silence: its connection has said that it is away. */
  const duties = (target: string) => ({
    ...(connection.status === 'ready' && {
      'add-lost-work': () => addLostWork(target),
      'schedule-surveys': () => queues.scheduleSurveys(target, surveyEveryMs),
    }),
    expire: () => expire(target),
    housekeep: () => housekeep(target),
  });

  const reconcile = async (): Promise<void> => {
    for (const target of serves) {
      for (const [duty, perform] of Object.entries(duties(target))) {
        if (ended.signal.aborted) return;
        try {
          await perform();
        } catch (error) {
          log.warn('duty-put-off', { duty, target, ...describeError(error) });
        }
      }
    }
  };

  const loop = async () => {
    await Promise.race([once(connection, 'ready'), clock.sleep(everyMs, ended.signal)]).catch(() => {});
    while (!ended.signal.aborted) {
      await reconcile();
      await clock.sleep(everyMs, ended.signal).catch(() => {});
    }
  };
  const looping = loop();

  return {
    reconcile,
    async close() {
      ended.abort();
      connection.disconnect();
      await looping;
    },
  };
}

const UNFINISHED = ['draft', 'queued', 'in-progress', 'awaiting-cutover', 'rollback-in-progress'] as const;
