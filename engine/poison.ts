import type { Run, StepName } from './contracts.ts';
import { TerminalError } from './errors.ts';
import type { EngineParts } from './parts.ts';

export class StepKeepsEndingError extends TerminalError {
  override readonly code = 'step-keeps-ending';

  constructor(step: StepName, starts: number) {
    super(`The worker ended ${String(starts)} times during ${step} without getting further`, {
      remedy: 'Look at the worker’s own log and its machine (memory, disk) before trying again.',
    });
  }
}

const MOST_STARTS = 3;

/** A step that takes its worker down with it is not started for ever. Anything recorded in between counts as progress. */
export async function refusePoison({ journal }: EngineParts, run: Run, step: StepName): Promise<void> {
  if (run.steps.find((one) => one.name === step)?.state !== 'running') return;
  const records = await journal.records(run.runId);
  let starts = 0;
  for (const record of records.toReversed()) {
    if (record.event !== 'step-started') break;
    starts += 1;
  }
  if (starts >= MOST_STARTS) throw new StepKeepsEndingError(step, starts);
}
