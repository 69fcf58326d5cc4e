import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../engine/contracts.ts';
import { isZone } from './zones.ts';

/** What a typed moment turned out to mean. */
export type MomentReading =
  | { readonly kind: 'instant'; readonly at: Instant }
  /** The end of the last recovery window, whatever it is by then. */
  | { readonly kind: 'latest' }
  /** The clock showed this time twice (end of daylight saving): both instants, earlier first. */
  | {
      readonly kind: 'ambiguous';
      readonly wall: string;
      readonly zone: string;
      readonly instants: readonly [Instant, Instant];
    }
  /** The clock jumped over this time (start of daylight saving). */
  | { readonly kind: 'skipped'; readonly wall: string; readonly zone: string; readonly next: string }
  | { readonly kind: 'unknown-zone'; readonly zone: string }
  | { readonly kind: 'unreadable' };

export interface MomentContext {
  readonly now: Instant;
  /** IANA zone of whoever typed, used where no zone is written. */
  readonly zone: string;
}

const MINUTES: Readonly<Record<string, number>> = { m: 1, min: 1, minute: 1, h: 60, hour: 60, d: 1440, day: 1440 };

/**
 * Reads `latest`, `2h ago`, `2026-11-20 18:00[:30] [zone]` and ISO 8601 with an offset.
 * Nothing is guessed: a day that does not exist is unreadable, a wall time that exists twice or never is said to be so.
 */
export function readMoment(text: string, { now, zone }: MomentContext): MomentReading {
  const words = text.trim().replaceAll(/\s+/g, ' ');
  if (words.toLowerCase() === 'latest') return { kind: 'latest' };
  const ago = /^(\d{1,5}) ?(minutes?|mins?|m|hours?|h|days?|d) ago$/i.exec(words);
  if (ago) return readAgo(now, Number(ago[1]), ago[2] ?? '');
  const absolute = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?) ?(Z|[+-]\d\d:\d\d)$/i.exec(words);
  if (absolute) return readAbsolute(`${absolute[1]}${absolute[2]}`.toUpperCase());
  const wall = /^(\d{4}-\d\d-\d\d)[ T](\d\d?:\d\d(?::\d\d)?)(?: (\S{1,64}))?$/i.exec(words);
  if (wall) return readWallTime(wall[1] ?? '', wall[2] ?? '', wall[3] ?? zone);
  return { kind: 'unreadable' };
}

/** A date, a time of day and an IANA zone as three inputs of a card give them. */
export function readWallTime(date: string, time: string, zone: string): MomentReading {
  if (!isZone(zone)) return { kind: 'unknown-zone', zone };
  const padded = /^\d:/.test(time) ? `0${time}` : time;
  let plain: Temporal.PlainDateTime;
  try {
    plain = Temporal.PlainDateTime.from(`${date}T${padded}`, { overflow: 'reject' });
  } catch {
    return { kind: 'unreadable' };
  }
  // A leap second is no time of a database: Temporal would quietly make it :59.
  if (padded.endsWith(':60')) return { kind: 'unreadable' };
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
    plain.toZonedDateTime(zone, { disambiguation }),
  );
  if (!earlier || !later) return { kind: 'unreadable' };
  const wall = `${date} ${padded}`;
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { kind: 'instant', at: instantOf(earlier) };
  if (!earlier.toPlainDateTime().equals(plain)) return { kind: 'skipped', wall, zone, next: firstAfterJump(earlier) };
  return { kind: 'ambiguous', wall, zone, instants: [instantOf(earlier), instantOf(later)] };
}

function readAgo(now: Instant, count: number, unit: string): MomentReading {
  const singular = unit.toLowerCase().replace(/(?<=..)s$/, '');
  const minutes = MINUTES[singular];
  if (minutes === undefined) return { kind: 'unreadable' };
  return { kind: 'instant', at: new Date(Date.parse(now) - count * minutes * 60_000).toISOString() };
}

function readAbsolute(text: string): MomentReading {
  try {
    // Zoned by its own offset, so that 30 February is refused instead of becoming 2 March.
    const at = Temporal.Instant.from(text);
    return /:60(?:\.\d+)?(?:Z|[+-])/.test(text)
      ? { kind: 'unreadable' }
      : { kind: 'instant', at: new Date(at.epochMilliseconds).toISOString() };
  } catch {
    return { kind: 'unreadable' };
  }
}

/** The first wall time after the clock's jump, as people would type it. */
function firstAfterJump(beforeJump: Temporal.ZonedDateTime): string {
  const jump = beforeJump.getTimeZoneTransition('next');
  return (jump ?? beforeJump).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}

function instantOf(zoned: Temporal.ZonedDateTime): Instant {
  return new Date(zoned.epochMilliseconds).toISOString();
}
