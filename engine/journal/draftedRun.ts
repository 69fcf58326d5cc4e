import { STEP_NAMES, type Instant, type Run } from '../contracts.ts';
import { shapersOf, withShaper } from '../contracts/mayBeDone/index.ts';
import type { Draft } from './journal.ts';

/** A run as it begins. `former`: the one that it is planned again from, whose people have shaped this one too. */
export function draftedRun(draft: Draft, former: Run | undefined, { runId, at }: { runId: string; at: Instant }): Run {
  const run: Run = {
    runId,
    state: 'draft',
    version: 1,
    ...draft,
    createdAt: at,
    updatedAt: at,
    isPlanning: false,
    steps: STEP_NAMES.map((name) => ({ name, state: 'waiting', detail: '' })),
    remembered: {},
    targetState: 'old',
    isPreviousRetired: false,
    figures: {},
    checklist: [],
  };
  return { ...run, shapedBy: withShaper({ ...run, shapedBy: former ? shapersOf(former) : [] }, draft.requestedBy) };
}
