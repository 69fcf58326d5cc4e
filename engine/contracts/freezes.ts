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

export const LONGEST_FREEZE_DAYS = 90;
