import type { Actor, Instant } from '../people.ts';
import type { Reservation } from '../reservations.ts';
import { isSamePerson } from './people.ts';
import type { Refusal } from './refusal.ts';

/** The reservation that counts at this moment. `hold`: the journal's row of the sandbox. */
export const reservationOf = (
  hold: { readonly reservation?: Reservation } | undefined,
  now: Instant,
): Reservation | undefined => (hold?.reservation && now < hold.reservation.until ? hold.reservation : undefined);

/** Whoever keeps it replaces it as they like; everybody else takes it over first. */
export function ofReservation(
  reservation: Reservation | undefined,
  actor: Actor | undefined,
): Extract<Refusal, { code: 'reserved' }> | undefined {
  if (!reservation || !actor || isSamePerson(actor, reservation.by)) return undefined;
  const { by, until, reason } = reservation;
  return { code: 'reserved', by: by.name, until, reason };
}
