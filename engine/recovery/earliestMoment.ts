import type { Instant, Source } from '../contracts.ts';

const DAY_MS = 86_400_000;

/** Nothing of before is offered, however much of it a source's backups still hold. Milliseconds since 1970. */
export function earliestMoment({ retentionDays, notBefore }: Source, now: Instant): number {
  return Math.max(Date.parse(now) - retentionDays * DAY_MS, notBefore === undefined ? 0 : Date.parse(notBefore));
}
