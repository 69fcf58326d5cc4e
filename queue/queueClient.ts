import { QueueEvents } from 'bullmq';
import { bounded } from '../engine/bounded.ts';
import { systemClock, type Clock } from '../engine/clock.ts';
import type { Progress, Run } from '../engine/contracts.ts';
import type { WakeUp } from '../engine/journal/desk.ts';
import type { Log } from '../env/log.ts';
import { connectForClicks, connectForWork, saidGoodbye } from './connections.ts';
import { DEFAULT_PREFIX, progressUpdate, queueName } from './jobs.ts';
import { openQueues } from './queues.ts';

export interface QueueClientSettings {
  /** `redis://…` or `rediss://…` */
  readonly redis: string;
  readonly prefix?: string;
  readonly targets: readonly string[];
  readonly log: Log;
  readonly clock?: Clock;
}

/** How the rest of the house reaches the workers. */
export interface QueueClient {
  readonly wake: WakeUp;
  /** Asks for a survey now; answers as `wake` does. */
  wakeSurvey(target: string): Promise<void>;
  /** Live figures of running steps, of all targets. Returns what ends it. */
  watchProgress(
    listener: (progress: Progress) => void,
    options?: { readonly lastEventId?: string },
  ): () => Promise<void>;
  close(): Promise<void>;
}

/** A click is answered in this time, whatever becomes of Redis; a lost wake-up is made up for by the reconciler. */
const ANSWER_WITHIN_MS = 1_000;

export function openQueueClient({
  redis,
  prefix = DEFAULT_PREFIX,
  targets,
  log,
  clock = systemClock,
}: QueueClientSettings): QueueClient {
  const connection = connectForClicks(redis, log);
  const queues = openQueues({ connection, prefix, targets, clock });
  // A process that asks right after its start asks before the connection stands; later, an answer comes at once either way.
  const firstReady = new Promise<void>((resolve) => connection.once('ready', resolve));
  const watches = new Set<() => Promise<void>>();

  const ask = async (what: Readonly<Record<string, string>>, add: () => Promise<void>): Promise<void> => {
    try {
      await bounded(() => firstReady.then(add), { whom: 'Redis', withinMs: ANSWER_WITHIN_MS });
    } catch (error) {
      log.warn('wake-up-lost', { ...what, why: error instanceof Error ? error.message : String(error) });
    }
  };
  const askForWork = (run: Run) =>
    ask({ runId: run.runId, target: run.target, state: run.state }, () => queues.addWork(run));

  return {
    wake: { plan: askForWork, proceed: askForWork },
    wakeSurvey: (target) => ask({ target }, () => queues.addSurvey(target)),

    watchProgress(listener, { lastEventId = '$' } = {}) {
      const base = connectForWork(redis, log);
      const streams = targets.map((target) => {
        const events = new QueueEvents(queueName('refresh', target), { connection: base, prefix, lastEventId });
        events.on('error', () => {});
        events.on('progress', ({ data }) => {
          const progress = progressUpdate.safeParse(data);
          if (progress.success) listener(progress.data);
        });
        return events;
      });
      const end = async () => {
        if (!watches.delete(end)) return;
        base.disconnect();
        await saidGoodbye(Promise.allSettled(streams.map((events) => events.close())), clock);
      };
      watches.add(end);
      return end;
    },

    async close() {
      await Promise.all([...watches].map((end) => end()));
      connection.disconnect();
    },
  };
}
