import type { Instant, Schedule } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { occurrencesAfter } from '../../engine/schedules/occurrences.ts';

const GOING = ['queued', 'in-progress', 'awaiting-exception', 'awaiting-cutover', 'rollback-in-progress'] as const;
const LOOKED_AT = 20;

/**
 * What replaces the sandbox before an occurrence starts, as far as is known: a plan made before that would be another one
 * afterwards, and is not made. Undefined: nothing.
 */
export async function whatComesFirst(
  journal: Pick<Journal, 'runs' | 'schedules' | 'openOccurrences'>,
  { number, target }: Schedule,
  at: Instant,
  now: Instant,
): Promise<string | undefined> {
  const going = await journal.runs({ target, states: GOING, limit: LOOKED_AT });
  const run = going.find(({ scheduled, startedAt, createdAt }) => (startedAt ?? scheduled?.at ?? createdAt) < at);
  if (run) return `${run.runId} is not over`;
  for (const one of await journal.schedules({ target, states: ['active'] })) {
    const open = (await journal.openOccurrences(one.number)).find(({ scheduled }) => (scheduled?.at ?? at) < at);
    if (open) return `${open.runId} comes first`;
    const [next] = one.number === number ? [] : occurrencesAfter(one.rule, later(one.handledUntil, now), 1);
    if (next && next.at < at) return `S-${String(one.number)} comes first`;
  }
  return undefined;
}

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);
