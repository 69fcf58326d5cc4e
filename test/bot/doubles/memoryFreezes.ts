import type { Freeze, PastFreeze } from '../../../engine/contracts.ts';
import type { JournalFreezes } from '../../../engine/journal/freezes.ts';

/** Freezes, as the real journal keeps them; `inForce` is what a target's row names. */
export function memoryFreezes(now: () => string): JournalFreezes & { inForce(target: string): Freeze | undefined } {
  const all = new Map<string, readonly PastFreeze[]>();
  const named = new Map<string, Freeze>();
  const end = (target: string, by: Freeze['by']) => {
    const freeze = named.get(target);
    named.delete(target);
    if (!freeze || freeze.until <= now()) return undefined;
    const ended = { ...freeze, liftedBy: by, liftedAt: now() };
    all.set(
      target,
      (all.get(target) ?? []).map((one) => (one.number === freeze.number ? ended : one)),
    );
    return freeze;
  };
  return {
    inForce: (target) => named.get(target),
    async freeze(target, wish) {
      end(target, wish.by);
      const before = all.get(target) ?? [];
      const freeze = { ...wish, number: before.length + 1, from: now() };
      all.set(target, [freeze, ...before]);
      named.set(target, freeze);
      return freeze;
    },
    liftFreeze: async (target, by) => end(target, by),
    frozen: async (at) => new Map([...named].filter(([, { until }]) => until > at)),
    async endFreezes(at) {
      for (const [target, { until }] of named) if (until <= at) named.delete(target);
    },
    freezes: async (target) => all.get(target) ?? [],
  };
}
