import { REWIND, type RunState } from '../contracts.ts';
import { OutdatedRequestError } from '../journal/errors.ts';
import { TRANSITIONS, type RunEvent } from '../journal/events.ts';
import type { Journal } from '../journal/journal.ts';

/** Where a run with a switch of its own may be; what is rolled back has none any more. */
const SWITCHED: readonly RunState[] = [...TRANSITIONS.replaced.from, 'in-progress', 'rollback-in-progress'];

/**
 * Tells earlier runs of a target that a later one has switched over their data, or that it is theirs again after a
 * rollback, so that no card goes on offering what is past. Safe to repeat.
 */
export async function noteSuccession(journal: Journal, target: string): Promise<void> {
  const runs = (await journal.runs({ target, states: SWITCHED })).flatMap((run) =>
    run.generation === undefined ? [] : [{ ...run, generation: run.generation }],
  );
  // Newest first: the last one that is still later is the one that came right after.
  runs.sort((a, b) => b.generation - a.generation);
  for (const run of runs) {
    const next = runs.findLast(({ generation }) => generation > run.generation);
    if (next?.runId === run.replacedBy?.runId) continue;
    const event: RunEvent = next
      ? { kind: 'replaced', by: next.runId, at: next.swappedAt ?? next.updatedAt }
      : { kind: 'reinstated' };
    try {
      await journal.record(run.runId, event, { actor: REWIND });
    } catch (error) {
      // Another worker was faster, or the target has moved on: the next round looks again.
      if (!(error instanceof OutdatedRequestError)) throw error;
    }
  }
}
