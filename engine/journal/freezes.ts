import type { Freeze, Instant, PastFreeze, PastReservation, Person, Reservation } from '../contracts.ts';

/** The part of the journal that says when nothing is switched. */
export interface JournalFreezes {
  /** From now on; it takes the place of the one in force, if there is one. */
  freeze(target: string, freeze: Omit<Freeze, 'number' | 'from'>): Promise<Freeze>;
  /** The one that was in force; undefined where there was none. */
  liftFreeze(target: string, by: Person): Promise<Freeze | undefined>;
  /** By target, those in force at this moment: one question for all. */
  frozen(at: Instant): Promise<ReadonlyMap<string, Freeze>>;
  /** Takes those out of force whose time is over, so that cards stop showing them. */
  endFreezes(at: Instant): Promise<void>;
  /** All there have been, newest first. */
  freezes(target: string): Promise<readonly PastFreeze[]>;
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
