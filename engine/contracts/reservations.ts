import type { Instant, Person } from './people.ts';

/** Somebody keeps a sandbox for a while: nobody else replaces it without taking it over. One at most is in force at a time. */
export interface Reservation {
  /** Counts the reservations of a sandbox. */
  readonly number: number;
  readonly from: Instant;
  readonly until: Instant;
  readonly reason: string;
  readonly by: Person;
}

/** A reservation with how it ended before its time: released, or taken over. */
export interface PastReservation extends Reservation {
  readonly endedBy?: Person;
  readonly endedAt?: Instant;
}

export const LONGEST_RESERVATION_DAYS = 30;
