import type { Instant, Person, Run, Skip } from '../../contracts.ts';
import type { RunEvent } from '../events.ts';

/** Why nothing came of an occurrence whose time has come, as far as its run says. */
export function whyNothing({ state, plan, failure }: Run): { readonly why: Skip; readonly reason: string } {
  if (state === 'awaiting-approval') return { why: 'not-approved', reason: '' };
  const blocked = plan?.checks.filter(({ outcome }) => outcome === 'blocked').map(({ title }) => title) ?? [];
  if (blocked.length > 0) return { why: 'blocked', reason: blocked.join('; ') };
  return { why: 'not-planned', reason: failure?.message ?? '' };
}

/** How a run ended that was skipped, or whose time was over: an occurrence says why. */
export function endingOf(
  run: Run,
  event: Extract<RunEvent, { kind: 'skip' | 'expire' }>,
  by: Person,
  at: Instant,
): NonNullable<Run['ending']> {
  if (event.kind === 'skip') return { how: 'skipped', why: event.why, by, at, reason: event.detail };
  return run.scheduled ? { how: 'skipped', ...whyNothing(run), by, at } : { how: 'expired', by, at, reason: '' };
}
