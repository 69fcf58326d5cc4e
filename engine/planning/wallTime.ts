import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../contracts.ts';

/** `2026-11-22T22:00:00`: what the clocks of a zone show, as applications want it that know one zone only. */
export const wallClock = (at: Instant, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' });

/** The first `HH:mm` of a zone at or after an instant. A time inside a spring gap means the moment the clocks have jumped to. */
export function nextWallTime(time: string, zone: string, notBefore: Instant): Instant {
  const start = Temporal.Instant.from(notBefore).toZonedDateTimeISO(zone);
  const plainTime = Temporal.PlainTime.from(time);
  // From the day, not from today's moment: that may have jumped, and tomorrow's has not.
  const on = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone: zone, plainTime });
  const today = on(start.toPlainDate());
  const next = Temporal.ZonedDateTime.compare(today, start) >= 0 ? today : on(start.toPlainDate().add({ days: 1 }));
  return new Date(next.epochMilliseconds).toISOString();
}
