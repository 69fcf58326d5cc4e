import type { WallReading } from '../wallTime.ts';

/** What one way to read a phrase comes to. */
export type Outcome =
  | WallReading
  /** A day whose time nobody said: YYYY-MM-DD, in that zone. */
  | { readonly kind: 'no-time'; readonly date: string; readonly zone?: string }
  | { readonly kind: 'future' }
  /** `30 February`. */
  | { readonly kind: 'no-such-day'; readonly day: number; readonly month: number; readonly year: number }
  /** The date falls on another day of the week: its number, Monday is 1. */
  | { readonly kind: 'other-weekday'; readonly date: string; readonly weekday: number };
