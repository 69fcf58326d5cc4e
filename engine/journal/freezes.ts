import type { Freeze, Instant, Person } from '../contracts.ts';

/** A freeze with how it ended before its time: lifted, or followed by another one. */
export interface PastFreeze extends Freeze {
  readonly liftedBy?: Person;
  readonly liftedAt?: Instant;
}

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
