import { REWIND, type Instant, type Progress, type Run } from './contracts.ts';
import { describeWithPlace, reportError } from './errors.ts';
import { housekeep } from './runs/housekeeping.ts';
import { OutdatedRequestError } from './journal/errors.ts';
import type { RunEvent } from './journal/events.ts';
import type { Lease } from './journal/journal.ts';
import { JournalUnavailableError } from './journal/session.ts';
import { pairOf, type EngineParts } from './parts.ts';
import { makePlan } from './planning/makePlan.ts';
import { proceed } from './runs/run.ts';
import type { ProceedResult } from './runs/stepContext.ts';
import { noteSuccession } from './runs/succession.ts';

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
      const planned = await planOrRefuse(parts, run, run.at);
      try {
        await parts.journal.record(runId, planned, { actor: REWIND });
      } catch (error) {
        // The draft was dropped or has run out in the meantime: nobody waits for the plan.
        if (!(error instanceof OutdatedRequestError)) throw error;
      }
    },
    async proceed(runId, options) {
      const result = await proceed(parts, runId, options);
      // For whoever looks at the card of an earlier run right now; housekeeping makes up for a worker that ends here.
      await noteSuccession(parts.journal, options.lease.target);
      return result;
    },
    async survey(target) {
      const { source, provider } = pairOf(parts, target);
      await parts.journal.saveSurvey(target, await provider.survey(source));
    },
    housekeep: (target) => housekeep(parts, target),
  };
}

async function planOrRefuse(parts: EngineParts, run: Run, at: Instant): Promise<RunEvent> {
  try {
    return { kind: 'plan-made', plan: await makePlan(parts, run, at) };
  } catch (error) {
    if (error instanceof JournalUnavailableError) throw error;
    const failure = { step: 'plan' as const, ...reportError(error, parts.clock.now()) };
    const cause = failure.code === 'unexpected' ? describeWithPlace(error) : failure.message;
    const line = { at: parts.clock.now(), step: 'plan', text: parts.scrub(`Plan refused: ${cause}`) };
    await parts.journal.appendLog(run.runId, [line]);
    return { kind: 'plan-refused', failure };
  }
}
