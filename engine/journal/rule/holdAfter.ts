import type { Run } from '../../contracts.ts';
import { TargetBusyError } from '../errors.ts';
import { holdOf, type RunEvent } from '../events.ts';
import type { TargetHold } from './transitionContext.ts';

/** Who has the target, and which generation stands there, once the event is recorded. @throws TargetBusyError */
export function holdAfter(run: Run, event: RunEvent, hold: TargetHold): TargetHold {
  const isHolder = hold.heldBy === run.runId;
  const generation = generationAfter(run, event, hold);
  switch (holdOf(event.kind, run.scheduled !== undefined)) {
    case 'take':
      if (hold.heldBy !== undefined && !isHolder) throw new TargetBusyError(hold.target, hold.heldBy);
      return { ...hold, generation, heldBy: run.runId };
    case 'keep':
      return { ...hold, generation };
    case 'release':
      return isHolder ? { target: hold.target, generation } : hold;
    case 'release-if-untouched':
      return isHolder && run.targetState === 'old' ? { target: hold.target, generation } : { ...hold, generation };
  }
}

/** The databases were put back, and what came after it failed: once that is accepted, the run is as good as rolled back. */
export const isBack = (run: Run): boolean => run.state === 'rollback-failed' && run.targetState === 'old';

function generationAfter(run: Run, event: RunEvent, { generation }: TargetHold): number {
  if (event.kind === 'rolled-back' || (event.kind === 'accept' && isBack(run))) return generation - 1;
  return event.kind === 'swapped' ? Math.max(generation, run.generation ?? 0) : generation;
}
