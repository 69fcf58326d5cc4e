import type { Instant, Person, Reservation } from '../contracts.ts';

/** A reservation with how it ended before its time: released, or taken over. */
export interface PastReservation extends Reservation {
  readonly endedBy?: Person;
  readonly endedAt?: Instant;
}

/** What is said of a reservation in force that a wish meets: only whoever keeps the sandbox changes it without a word. */
export interface ReservationWish extends Pick<Reservation, 'until' | 'reason' | 'by'> {
  /** All ids of whoever asks. */
  readonly ids: readonly string[];
  /** Also what somebody else keeps. */
  readonly takesOver: boolean;
}

/** The part of the journal that says who keeps a sandbox. */
export interface JournalReservations {
  /**
   * From now on, unless somebody else keeps it; `former`: the one in force before, by whomever. Undefined `reservation`: it is
   * somebody else's, and was not taken over.
   */
  reserve(
    target: string,
    wish: ReservationWish,
  ): Promise<{ readonly reservation?: Reservation; readonly former?: Reservation }>;
  /** The one that was in force; undefined where there was none. */
  release(target: string, by: Person): Promise<Reservation | undefined>;
  /** Takes those out of force whose time is over, so that cards stop showing them. */
  endReservations(at: Instant): Promise<void>;
  /** All there have been, newest first. */
  reservations(target: string): Promise<readonly PastReservation[]>;
}
