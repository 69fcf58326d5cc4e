import type { Run, StepName } from '../contracts.ts';
import { TerminalError } from '../errors.ts';
import type { EngineParts } from '../parts.ts';

export class StepKeepsEndingError extends TerminalError {
  override readonly code = 'step-keeps-ending';

  constructor(step: StepName, starts: number) {
    super(`The worker ended ${String(starts)} times during ${step} without getting further`, {
      remedy: 'Look at the worker’s own log and its machine (memory, disk) before trying again.',
    });
  }
}

const MOST_STARTS = 3;

/** Recorded at each start of a worker, so no sign of progress. */
const REPEATED: ReadonlySet<string> = new Set(['closed', 'stop', 'tick-item', 'proved', 'report-made']);

/**
 * A step that takes its worker down with it is not started for ever. Anything new that was recorded in between counts as
 * progress: a long restore that remembers where it is outlives any number of workers.
 */
export async function refuseCrashLoop({ journal }: EngineParts, run: Run, step: StepName): Promise<void> {
  if (run.steps.find((one) => one.name === step)?.state !== 'running') return;
  const records = await journal.records(run.runId);
  let starts = 0;
  const remembered = new Set<string>();
  for (const { event, data } of records) {
    const note = event === 'remember' ? JSON.stringify(data) : undefined;
    if (event === 'step-started') starts += 1;
    else if (note === undefined ? !REPEATED.has(event) : !remembered.has(note)) starts = 0;
    if (note !== undefined) remembered.add(note);
  }
  if (starts >= MOST_STARTS) throw new StepKeepsEndingError(step, starts);
}
