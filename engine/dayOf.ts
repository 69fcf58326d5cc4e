import type { Instant } from './contracts.ts';

/** `2026-12-31`, as people in that zone have it on their calendar. */
export function dayOf(at: Instant, timeZone = 'UTC'): string {
  return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(new Date(at));
}
