import type { Instant } from '../engine/contracts.ts';
import { dateFormat } from './intlFormats.ts';

const DAY_MS = 86_400_000;

/** What the clock on the wall shows at `at`, as if it were UTC: milliseconds to calculate days with. */
export function wallClock(at: Instant, zone: string): number {
  const parts = dateFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** Midnight of the day `daysBack` before that of `now` on the wall, plus `hours`: as a wall clock. */
export function wallDay(now: Instant, zone: string, daysBack: number, hours = 0): number {
  const today = Math.floor(wallClock(now, zone) / DAY_MS) * DAY_MS;
  return today - daysBack * DAY_MS + hours * 3_600_000;
}

/** The instant at which the wall shows `wall`, or nothing where the clocks skip it; the first of two where they repeat it. */
export function instantOf(wall: number, zone: string): Instant | undefined {
  const offsets = [-DAY_MS, DAY_MS].map((away) => {
    const near = new Date(wall + away).toISOString();
    return wallClock(near, zone) - Date.parse(near);
  });
  const instants = offsets
    .map((offset) => new Date(wall - offset).toISOString())
    .filter((instant) => wallClock(instant, zone) === wall);
  return instants.sort()[0];
}
