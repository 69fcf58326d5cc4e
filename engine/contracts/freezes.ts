import type { Instant, Person } from './people.ts';

/** A time in which nothing of a sandbox is asked for, started or switched. One at most is in force at a time. */
export interface Freeze {
  /** Counts the freezes of a sandbox. */
  readonly number: number;
  readonly from: Instant;
  readonly until: Instant;
  readonly reason: string;
  readonly by: Person;
}

/** A freeze with how it ended before its time: lifted, or followed by another one. */
export interface PastFreeze extends Freeze {
  readonly liftedBy?: Person;
  readonly liftedAt?: Instant;
}

export const LONGEST_FREEZE_DAYS = 90;
