import { once } from 'node:events';
import type { Clock } from '../engine/clock.ts';
import { REWIND } from '../engine/contracts.ts';
import { TerminalError } from '../engine/errors.ts';
import type { Journal } from '../engine/journal/journal.ts';
import type { Log } from '../env/log.ts';
import { connectForClicks, type RedisBounds } from './connections.ts';
import { describeError } from '../engine/errors.ts';
import type { Engine } from '../engine/engine.ts';
import { DEFAULT_PREFIX, QUEUE_KINDS, queueName } from './jobs.ts';
import { createLostWork } from './lostWork.ts';
import { createMender, isWrongType } from './mendKeys.ts';
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
  /** Shorter ones are for tests. */
  readonly bounds?: RedisBounds;
}

export interface Reconciler {
  /** One pass, whose questions to the journal are as many for one target as for a hundred; runs by itself every few seconds. */
  reconcile(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes Redis follow the journal: what a lost click, an emptied Redis or a dead worker left undone is added again.
 * May run in several processes at once: jobs are the same by their id, and the journal refuses what came too late.
 */
export function startReconciler(settings: ReconcilerSettings): Reconciler {
  const { redis, prefix = DEFAULT_PREFIX, serves, engine, journal, log, clock, bounds } = settings;
  const { everyMs = 3_000, surveyEveryMs = 60_000, housekeepEveryMs = 15_000 } = settings;
  const connection = connectForClicks(redis, log, bounds);
  const queues = openQueues({ connection, prefix, targets: serves, clock, bounds });
  const mender = createMender({ connection, prefix, clock, log, bounds });
  const lostWork = createLostWork({ journal, queues, mender, clock, log });
  const ended = new AbortController();

  const addLostWork = async (): Promise<void> => {
    for (const [target, runs] of await lostWork.find(serves))
      await attempt('add-lost-work', target, () => lostWork.addAgain(target, runs));
  };

  /** Which of its queues is in trouble, a duty does not tell. */
  const mendAll = async (target: string): Promise<void> => {
    for (const kind of QUEUE_KINDS) await mender.mend(queueName(kind, target));
  };

  const expire = async (runId: string): Promise<void> => {
    try {
      const { isUrgent = false, state } = (await journal.run(runId)) ?? {};
      // An urgent refresh that nobody has stopped goes ahead; everything else is over.
      const kind = isUrgent && state === 'awaiting-approval' ? 'go-ahead' : 'expire';
      await journal.record(runId, { kind }, { actor: REWIND });
    } catch (error) {
      // Somebody decided in the last moment, or another process was faster.
      if (!(error instanceof TerminalError)) throw error;
    }
  };

  const keptAt = new Map<string, number>();
  const isTimeFor = (target: string): boolean => {
    const now = clock.elapsedMs();
    if (now - (keptAt.get(target) ?? Number.NEGATIVE_INFINITY) < housekeepEveryMs) return false;
    keptAt.set(target, now);
    return true;
  };

  const doChores = async (): Promise<void> => {
    const chores = (await journal.chores(clock.now())).filter(({ target }) => serves.includes(target));
    for (const { target, runId } of chores.filter(({ kind }) => kind === 'expire'))
      await attempt('expire', target, () => expire(runId));
    for (const [target, ofTarget] of byTarget(chores.filter(({ kind }) => kind !== 'expire')))
      if (isTimeFor(target)) await attempt('housekeep', target, () => engine.housekeep(target, ofTarget));
  };

  /** What cannot be done now is said and left for the next round; it keeps nothing else from being done. */
  const attempt = async (duty: string, target: string | undefined, perform: () => Promise<void>): Promise<void> => {
    if (ended.signal.aborted) return;
    try {
      await perform();
    } catch (error) {
      if (target !== undefined && isWrongType(error)) await mendAll(target);
      log.warn('duty-put-off', { duty, ...(target === undefined ? {} : { target }), ...describeError(error) });
    }
  };

  const reconcile = async (): Promise<void> => {
    // What needs Redis waits for it in silence: its connection has said that it is away.
    if (connection.status === 'ready') {
      await attempt('add-lost-work', undefined, addLostWork);
      for (const target of serves)
        await attempt('schedule-surveys', target, () => queues.scheduleSurveys(target, surveyEveryMs));
    }
    await attempt('end-freezes', undefined, () => journal.endFreezes(clock.now()));
    await attempt('end-reservations', undefined, () => journal.endReservations(clock.now()));
    await attempt('drop-profile-lists', undefined, () => journal.dropProfileLists(clock.now()));
    await attempt('chores', undefined, doChores);
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

function byTarget<One extends { readonly target: string }>(all: readonly One[]): ReadonlyMap<string, readonly One[]> {
  return Map.groupBy(all, ({ target }) => target);
}
