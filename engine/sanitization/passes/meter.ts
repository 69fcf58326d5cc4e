import type { Instant } from '../../contracts.ts';

export interface Meter {
  /** One of several works has got so far; `detail` says it in its own measure. */
  note(work: string, share: number, detail: string): void;
}

/** Adds up how far works of different size are, and says how long the rest takes at the pace so far. */
export function createMeter(
  weights: ReadonlyMap<string, number>,
  {
    now,
    progress,
  }: {
    readonly now?: (() => Instant) | undefined;
    readonly progress?: ((percent: number, detail: string) => void) | undefined;
  },
): Meter {
  const all = [...weights.values()].reduce((sum, each) => sum + each, 0);
  const shares = new Map<string, number>();
  const startedAt = now?.();
  return {
    note(work, share, detail) {
      shares.set(work, Math.max(shares.get(work) ?? 0, share));
      const done =
        [...shares].reduce((sum, [name, each]) => sum + each * (weights.get(name) ?? 0), 0) / Math.max(1, all);
      const passedMs = now && startedAt ? Date.parse(now()) - Date.parse(startedAt) : 0;
      progress?.(done * 100, `${work.split('.').at(-1) ?? work}: ${detail}${leftOf(done, passedMs)}`);
    },
  };
}

/** Said once it can be known and is worth knowing. */
function leftOf(done: number, passedMs: number): string {
  if (done < 0.05 || passedMs < 5_000) return '';
  const seconds = ((passedMs / done) * (1 - done)) / 1000;
  if (seconds < 10) return '';
  return seconds < 90
    ? `, about ${String(Math.ceil(seconds / 10) * 10)} s left`
    : `, about ${String(Math.ceil(seconds / 60))} min left`;
}
