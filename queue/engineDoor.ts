import type { Progress } from '../engine/contracts.ts';
import type { Lease } from '../engine/journal/journal.ts';

/** What the queue asks of the engine. Each call reads the journal first and is safe to repeat. */
export interface EngineDoor {
  /** Makes the plan of a draft that waits for one. */
  plan(runId: string, signal: AbortSignal): Promise<void>;
  /**
   * Goes on with a run. `handed-back`: the signal was aborted and the run stands at a boundary between two steps, or the
   * target turned out to be another worker's.
   */
  proceed(
    runId: string,
    options: { readonly signal: AbortSignal; readonly lease: Lease; readonly progress: (progress: Progress) => void },
  ): Promise<'done' | 'handed-back'>;
  /** Measures what the target's source can be restored to. */
  survey(target: string): Promise<void>;
  /** Drops what nobody may keep any longer; takes the target's lease by itself when there is something to do. */
  housekeep(target: string): Promise<void>;
}
