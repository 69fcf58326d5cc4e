import type { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../engine/contracts.ts';

/** What a wall time is in a zone, where a clock can be put back or forward. */
export type WallReading =
  | { readonly kind: 'instant'; readonly at: Instant }
  /** The clock showed this time twice (end of daylight saving): both instants, earlier first. */
  | { readonly kind: 'twice'; readonly instants: readonly [Instant, Instant] }
  /** The clock jumped over this time (start of daylight saving). */
  | { readonly kind: 'skipped'; readonly wall: string; readonly zone: string; readonly next: string };

/** @param zone IANA name, or an offset such as `+02:00` */
export function readWall(plain: Temporal.PlainDateTime, zone: string): WallReading {
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { kind: 'instant', at: instantOf(earlier) };
  if (!earlier.toPlainDateTime().equals(plain))
    return { kind: 'skipped', wall: sayWall(plain), zone, next: firstAfterJump(earlier) };
  return { kind: 'twice', instants: [instantOf(earlier), instantOf(later)] };
}

export const sayWall = (plain: Temporal.PlainDateTime): string =>
  plain.toString({ smallestUnit: plain.second > 0 ? 'second' : 'minute' }).replace('T', ' ');

/** The first wall time after the clock's jump, as people would type it. */
function firstAfterJump(beforeJump: Temporal.ZonedDateTime): string {
  const jump = beforeJump.getTimeZoneTransition('next');
  return sayWall((jump ?? beforeJump).toPlainDateTime());
}

function instantOf(zoned: Temporal.ZonedDateTime): Instant {
  return new Date(zoned.epochMilliseconds).toISOString();
}
