import { REWIND, type Progress } from './contracts.ts';
import { reportError } from './errors.ts';
import { housekeep } from './housekeeping.ts';
import type { Lease } from './journal/journal.ts';
import { pairOf, type EngineParts } from './parts.ts';
import { makePlan } from './planning/makePlan.ts';
import { proceed } from './run.ts';
import type { ProceedResult } from './stepContext.ts';

/** What a worker can do. Each call reads the journal first and is safe to repeat. */
export interface Engine {
  /** Makes the plan of a draft that waits for one. */
  plan(runId: string, signal: AbortSignal): Promise<void>;
  proceed(
    runId: string,
    options: { readonly signal: AbortSignal; readonly lease: Lease; readonly progress: (progress: Progress) => void },
  ): Promise<ProceedResult>;
  /** Measures what the target's source can be restored to, so that commands answer at once. */
  survey(target: string): Promise<void>;
  housekeep(target: string): Promise<void>;
}

export function createEngine(parts: EngineParts): Engine {
  return {
    async plan(runId) {
      const run = await parts.journal.run(runId);
      if (!run?.isPlanning || run.at === undefined) return;
      try {
        const plan = await makePlan(parts, run, run.at);
        await parts.journal.record(runId, { kind: 'plan-made', plan }, { actor: REWIND });
      } catch (error) {
        const failure = { step: 'plan' as const, ...reportError(error) };
        await parts.journal.record(runId, { kind: 'plan-refused', failure }, { actor: REWIND });
      }
    },
    proceed: (runId, options) => proceed(parts, runId, options),
    async survey(target) {
      const { source, provider } = pairOf(parts, target);
      await parts.journal.saveSurvey(target, await provider.survey(source));
    },
    housekeep: (target) => housekeep(parts, target),
  };
}
