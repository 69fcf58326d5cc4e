import type { Instant, Sandbox } from '../../engine/contracts.ts';
import { readEnd } from '../moments/readEnd.ts';

const DAY_MS = 86_400_000;

/** What is asked of a freeze or a reservation, and how a refusal is said. */
export interface SpanRules {
  readonly longestDays: number;
  readonly Unclear: new (why: string) => Error;
  /** As in “A freeze lasts 90 days at most”. */
  readonly name: string;
  /** Where there is no reason. */
  readonly why: string;
}

/** `until 5 Dec, month-end`: days and times of the sandbox's zone; what follows the comma is the reason. */
export function readSpan(
  rest: string,
  { timeZone }: Sandbox,
  now: Instant,
  { longestDays, Unclear, name, why }: SpanRules,
): { readonly until: Instant; readonly reason: string } {
  const [end = '', ...reasons] = rest.split(',');
  const reason = reasons.join(',').trim();
  const reading = readEnd(end, { now, zone: timeZone });
  if (reading.kind === 'which') throw new Unclear(`“${end.trim()}” can mean ${reading.ends.join(' or ')}`);
  if (reading.kind === 'past') throw new Unclear(`“${end.trim()}” is over already`);
  if (reading.kind === 'unreadable') throw new Unclear(`“${end.trim()}” is not an end to come`);
  if (Date.parse(reading.at) - Date.parse(now) > longestDays * DAY_MS)
    throw new Unclear(`${name} lasts ${String(longestDays)} days at most`);
  if (reason === '') throw new Unclear(why);
  return { until: reading.at, reason: reason.slice(0, 300) };
}
