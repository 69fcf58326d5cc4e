import type { Clock } from '../../../engine/clock.ts';
import { LeaseLostError, RunNotFoundError } from '../../../engine/journal/errors.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import { createMemoryJournal } from '../../bot/doubles/memoryJournal.ts';

interface Held {
  readonly worker: string;
  readonly until: number;
  readonly fence: number;
}

/** The memory journal with leases as the real one has them: by the journal's clock, with a fence that grows. */
export function createLeasedJournal(clock: Clock): Journal {
  const journal = createMemoryJournal(clock.now);
  const held = new Map<string, Held>();
  const now = () => Date.parse(clock.now());
  const isOwn = (one: { target: string; worker: string; fence: number }) => {
    const lease = held.get(one.target);
    return lease?.fence === one.fence && lease.worker === one.worker;
  };
  return {
    ...journal,
    async record(runId, event, by) {
      const run = await journal.run(runId);
      if (!run) throw new RunNotFoundError(runId);
      if (by.lease && (by.lease.target !== run.target || by.lease.fence !== held.get(run.target)?.fence))
        throw new LeaseLostError(run.target);
      return journal.record(runId, event, by);
    },
    async acquireLease(target, worker, ttlMs) {
      const before = held.get(target);
      const lives = before !== undefined && before.until > now();
      if (lives && before.worker !== worker) return undefined;
      const fence = lives ? before.fence : (before?.fence ?? 0) + 1;
      held.set(target, { worker, fence, until: now() + ttlMs });
      return { target, worker, fence };
    },
    async renewLease(lease, ttlMs) {
      if (!isOwn(lease) || held.get(lease.target)?.until === 0) throw new LeaseLostError(lease.target);
      held.set(lease.target, { ...lease, until: now() + ttlMs });
    },
    async releaseLease(lease) {
      if (isOwn(lease)) held.set(lease.target, { ...lease, until: 0 });
    },
    leases: async () =>
      [...held]
        .filter(([, { until }]) => until > now())
        .map(([target, { worker, until }]) => ({ target, worker, until: new Date(until).toISOString() })),
  };
}
