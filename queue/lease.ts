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

/**
 * Works on a target while the journal says that it is this holder's, renewing in between; `busy` while it is another's.
 * The signal of the work is aborted once the lease is lost, or was not renewed in time.
 */
export async function underLease<Result>(
  { journal, clock, times }: LeaseParts,
  { target, holder }: { readonly target: string; readonly holder: string },
  work: (lease: Lease, lost: AbortSignal) => Promise<Result>,
): Promise<Result | 'busy'> {
  const lease = await journal.acquireLease(target, holder, times.ttlMs);
  if (!lease) return 'busy';
  const lost = new AbortController();
  const ended = new AbortController();
  const renewing = renewUntil(ended.signal, { journal, clock, times }, lease).then((isLost) => {
    if (isLost) lost.abort(new Interruption('lock lost'));
  });
  try {
    return await work(lease, lost.signal);
  } finally {
    ended.abort();
    await renewing;
    // A journal that is away now lets the lease run out by itself.
    await journal.releaseLease(lease).catch(() => {});
  }
}

async function renewUntil(ended: AbortSignal, { journal, clock, times }: LeaseParts, lease: Lease): Promise<boolean> {
  let renewedAt = clock.elapsedMs();
  for (;;) {
    await clock.sleep(times.renewMs, ended).catch(() => {});
    if (ended.aborted) return false;
    try {
      await journal.renewLease(lease, times.ttlMs);
      renewedAt = clock.elapsedMs();
    } catch (error) {
      // A journal that is away for less than the lease lasts takes nothing from anybody.
      if (error instanceof LeaseLostError || clock.elapsedMs() - renewedAt >= times.ttlMs) return true;
    }
  }
}
