import type { ProofResult, StepName } from '../../../engine/contracts.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import { aProof } from '../journal/builders.ts';
import type { HouseOptions } from '../house.ts';

export function proved(step: StepName, change: Partial<ProofResult> = {}): RunEvent {
  return { kind: 'proved', step, proofs: [aProof(change)] };
}

/** Says in the place of the worker's own proofs what they have found. */
export function whenProving(events: readonly RunEvent[]): NonNullable<HouseOptions['journal']> {
  return (journal) => ({
    ...journal,
    async record(runId, event, by) {
      if (event.kind === 'proved')
        return (await journal.run(runId)) ?? Promise.reject(new Error(`There is no ${runId}`));
      let run = await journal.record(runId, event, by);
      const isMeant = event.kind === 'step-started' && event.step === 'apply-target-settings';
      for (const each of isMeant ? events : []) run = await journal.record(runId, each, by);
      return run;
    },
  });
}
