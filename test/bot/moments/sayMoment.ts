import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../../engine/contracts.ts';

/**
 * An instant as a person would type it: `2026-11-20 18:00 Europe/Berlin`, with seconds where there are some. In UTC when
 * the wall time alone could mean two instants.
 */
export function sayMoment(at: Instant, zone: string): string {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const plain = zoned.toPlainDateTime();
  const isUnique = (['earlier', 'later'] as const).every((disambiguation) =>
    plain.toZonedDateTime(zone, { disambiguation }).equals(zoned),
  );
  if (!isUnique) return sayMoment(at, 'UTC');
  if (zoned.millisecond > 0) return at;
  const smallestUnit = zoned.second > 0 ? 'second' : 'minute';
  return `${plain.toString({ smallestUnit }).replace('T', ' ')} ${zone}`;
}
