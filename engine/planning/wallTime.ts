import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../contracts.ts';

/** The first `HH:mm` of a zone at or after an instant. A time inside a spring gap means the moment the clocks have jumped to. */
export function nextWallTime(time: string, zone: string, notBefore: Instant): Instant {
  const start = Temporal.Instant.from(notBefore).toZonedDateTimeISO(zone);
  const today = start.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) });
  const next = Temporal.ZonedDateTime.compare(today, start) >= 0 ? today : today.add({ days: 1 });
  return new Date(next.epochMilliseconds).toISOString();
}
