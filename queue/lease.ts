import { bounded, endsWithin } from '../engine/bounded.ts';
import type { Clock } from '../engine/clock.ts';
import { LeaseLostError } from '../engine/journal/errors.ts';
import type { Journal, Lease } from '../engine/journal/journal.ts';
import { Interruption } from './interruption.ts';

export interface LeaseTimes {
  readonly ttlMs: number;
  readonly renewMs: number;
}

export const LEASE_TIMES: LeaseTimes = { ttlMs: 15_000, renewMs: 5_000 };

export interface LeaseParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly times: LeaseTimes;
}

/** Before a lease runs out its work is told to stop, and has this share of its time to do so. */
const LAST_SHARE = 0.2;

/**
 * Works on a target while the journal says that it is this holder's, renewing in between; `busy` while it is another's.
 * The signal of the work is aborted once the lease is lost, or could not be renewed in good time: a journal that does not
 * answer counts as one that said no. `handed-back` when the work does not end by itself before the lease does.
 */
export async function underLease<Result>(
  parts: LeaseParts,
  { target, holder }: { readonly target: string; readonly holder: string },
  work: (lease: Lease, lost: AbortSignal) => Promise<Result>,
): Promise<Result | 'busy' | 'handed-back'> {
  const { journal, clock, times } = parts;
  const askedAt = clock.elapsedMs();
  const lease = await journal.acquireLease(target, holder, times.ttlMs);
  if (!lease) return 'busy';
  const lost = new AbortController();
  const ended = new AbortController();
  const lastMs = times.ttlMs * LAST_SHARE;
  const losing = loseLease(ended.signal, parts, lease, askedAt).then(async (isLost) => {
    if (!isLost) return 'handed-back' as const;
    lost.abort(new Interruption('lock lost'));
    await clock.sleep(lastMs, ended.signal).catch(() => undefined);
    return 'handed-back' as const;
  });
  try {
    return await Promise.race([work(lease, lost.signal), losing]);
  } finally {
    ended.abort();
    // A journal that is away or silent now lets the lease run out by itself.
    await endsWithin(lastMs, journal.releaseLease(lease), clock);
  }
}

/** Resolves with whether the lease is lost; with `false` only after `ended`. */
async function loseLease(
  ended: AbortSignal,
  { journal, clock, times }: LeaseParts,
  lease: Lease,
  acquiredAt: number,
): Promise<boolean> {
  const lastsMs = times.ttlMs * (1 - LAST_SHARE);
  // Counted from the question, because the journal counts from some moment before its answer.
  let renewedAt = acquiredAt;
  for (;;) {
    const leftMs = () => renewedAt + lastsMs - clock.elapsedMs();
    await clock.sleep(Math.max(0, Math.min(times.renewMs, leftMs())), ended).catch(() => undefined);
    if (ended.aborted) return false;
    if (leftMs() <= 0) return true;
    const askedAt = clock.elapsedMs();
    const renewing = { whom: 'The journal', withinMs: leftMs(), signal: ended, clock };
    try {
      await bounded(() => journal.renewLease(lease, times.ttlMs), renewing);
      renewedAt = askedAt;
    } catch (error) {
      // A journal that is away for less than the lease lasts takes nothing from anybody.
      if (error instanceof LeaseLostError) return !ended.aborted;
    }
  }
}
