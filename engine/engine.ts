import { unlessAborted } from './bounded.ts';
import { REWIND, type Instant, type Progress, type Run, type Survey } from './contracts.ts';
import { describeWithPlace, reportError } from './errors.ts';
import { housekeep } from './runs/housekeeping.ts';
import { OutdatedRequestError } from './journal/errors.ts';
import type { RunEvent } from './journal/events.ts';
import type { Chore, Lease } from './journal/journal.ts';
import { JournalUnavailableError } from './journal/access.ts';
import { pairOf, type EngineParts } from './parts.ts';
import { makePlan } from './planning/makePlan.ts';
import { sourceNow } from './planning/sandboxSource.ts';
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
  /** `chores`: what is due there, from whoever has looked already. */
  housekeep(target: string, chores?: readonly Chore[]): Promise<void>;
}

export function createEngine(parts: EngineParts): Engine {
  return {
    async plan(runId, signal) {
      const run = await parts.journal.run(runId);
      if (!run?.isPlanning || run.at === undefined) return;
      const planned = await unlessAborted(planOrRefuse(parts, run, run.at), signal);
      try {
        await parts.journal.record(runId, planned, { actor: REWIND });
      } catch (error) {
        // The draft was dropped, has run out, or is planned for another moment: nobody waits for this plan.
        if (!(error instanceof OutdatedRequestError)) throw error;
      }
    },
    async proceed(runId, options) {
      const result = await proceed(parts, runId, options);
      // For whoever looks at the card of an earlier run right now; housekeeping makes up for a worker that ends here.
      const chores = await parts.journal.chores(parts.clock.now());
      await noteSuccession(
        parts.journal,
        chores.filter(({ target }) => target === options.lease.target),
      );
      return result;
    },
    async survey(target) {
      await parts.journal.saveSurvey(target, await surveyAll(parts, target));
    },
    housekeep: (target, chores) => housekeep(parts, target, chores),
  };
}

/** The first source is the one that a refresh without a word comes from; another that cannot be read hides nothing of it. */
async function surveyAll(parts: EngineParts, targetName: string): Promise<Survey> {
  const { target } = pairOf(parts, targetName);
  const survey = async (name?: string) => {
    const { source, provider } = pairOf(parts, targetName, name);
    return provider.survey(await sourceNow(parts, source));
  };
  const first = await survey();
  const others = await Promise.allSettled(target.sources.slice(1).map(survey));
  const found = others.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return found.length === 0 ? first : { ...first, others: found };
}

async function planOrRefuse(parts: EngineParts, run: Run, at: Instant): Promise<RunEvent> {
  try {
    return { kind: 'plan-made', at, plan: await makePlan(parts, run, at) };
  } catch (error) {
    if (error instanceof JournalUnavailableError) throw error;
    const failure = { step: 'plan' as const, ...reportError(error, parts.clock.now()) };
    const cause = failure.code === 'unexpected' ? describeWithPlace(error) : failure.message;
    const line = { at: parts.clock.now(), step: 'plan', text: parts.scrub(`Plan refused: ${cause}`) };
    await parts.journal.appendLog(run.runId, [line]);
    return { kind: 'plan-refused', at, failure };
  }
}
