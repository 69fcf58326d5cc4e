import type { PastReservation, Reservation } from '../../../engine/contracts.ts';
import type { JournalReservations } from '../../../engine/journal/freezes.ts';

/** Reservations, as the real journal keeps them; `kept` is what a target's row names. */
export function memoryReservations(
  now: () => string,
): JournalReservations & { kept(target: string): Reservation | undefined } {
  const all = new Map<string, readonly PastReservation[]>();
  const named = new Map<string, Reservation>();
  const end = (target: string, by: Reservation['by']) => {
    const present = named.get(target);
    named.delete(target);
    if (!present || present.until <= now()) return undefined;
    const ended = { ...present, endedBy: by, endedAt: now() };
    all.set(
      target,
      (all.get(target) ?? []).map((one) => (one.number === present.number ? ended : one)),
    );
    return present;
  };
  return {
    kept: (target) => named.get(target),
    async reserve(target, { ids, takesOver, ...wish }) {
      const present = named.get(target);
      const isForeign = present !== undefined && present.until > now() && !ids.includes(present.by.id);
      if (isForeign && !takesOver) return { former: present };
      const former = end(target, wish.by);
      const before = all.get(target) ?? [];
      const reservation = { ...wish, number: before.length + 1, from: now() };
      all.set(target, [reservation, ...before]);
      named.set(target, reservation);
      return { reservation, ...(former ? { former } : {}) };
    },
    release: async (target, by) => end(target, by),
    async endReservations(at) {
      for (const [target, { until }] of named) if (until <= at) named.delete(target);
    },
    reservations: async (target) => all.get(target) ?? [],
  };
}
