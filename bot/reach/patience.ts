import type { Clock } from '../../engine/clock.ts';

/** What a process remembers of waiting; after a restart it waits once more. Keys begin with the number of a run. */
export interface Patience {
  /** Whether it was asked about this for the first time longer ago than that. */
  isOver(key: string, ms: number): boolean;
  /** True at most once in that time. */
  isTurn(key: string, ms: number): boolean;
  /** Forgets all other runs. */
  keep(runIds: readonly string[]): void;
}

export function createPatience(clock: Pick<Clock, 'elapsedMs'>): Patience {
  const since = new Map<string, number>();
  return {
    isOver(key, ms) {
      const first = since.get(key) ?? clock.elapsedMs();
      since.set(key, first);
      return clock.elapsedMs() - first >= ms;
    },
    isTurn(key, ms) {
      const last = since.get(key);
      if (last !== undefined && clock.elapsedMs() - last < ms) return false;
      since.set(key, clock.elapsedMs());
      return true;
    },
    keep(runIds) {
      const kept = new Set(runIds);
      for (const key of since.keys()) if (!kept.has(key.split(' ')[0] ?? '')) since.delete(key);
    },
  };
}
