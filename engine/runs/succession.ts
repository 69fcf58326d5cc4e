import { REWIND } from '../contracts.ts';
import { OutdatedRequestError } from '../journal/errors.ts';
import type { RunEvent } from '../journal/events.ts';
import type { Chore, Journal } from '../journal/journal.ts';

/**
 * Tells an earlier run that a later one has switched over its data, or that it is the target's again after a rollback, so
 * that no card goes on offering what is past. Safe to repeat.
 */
export async function noteSuccession(journal: Journal, chores: readonly Chore[]): Promise<void> {
  for (const { kind, runId, by } of chores) {
    if (kind !== 'note-succession') continue;
    const next = by === undefined ? undefined : await journal.run(by);
    const event: RunEvent = next
      ? { kind: 'replaced', by: next.runId, at: next.swappedAt ?? next.updatedAt }
      : { kind: 'reinstated' };
    try {
      await journal.record(runId, event, { actor: REWIND });
    } catch (error) {
      // Another worker was faster, or the target has moved on: the next round looks again.
      if (!(error instanceof OutdatedRequestError)) throw error;
    }
  }
}
