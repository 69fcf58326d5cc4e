import { systemClock } from '../../engine/clock.ts';
import type { Run, RunState, StepName } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { SqlJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { untilItIsSo } from '../../engine/retry.ts';
import type { Chat } from './chat.ts';

/** A busy machine takes its time; what never comes is found out all the same. */
export const PATIENCE_MS = 120_000;

export interface Play {
  readonly chat: Chat;
  readonly journal: SqlJournal;
  readonly say: (line: string) => void;
}

/** Waits for a state and then for the card that says so; every state on the way becomes a line. */
export async function reaches({ journal, say, chat }: Play, runId: string, wanted: RunState): Promise<void> {
  let shown = '';
  const isThere = async (): Promise<boolean> => {
    const run = await runOf(journal, runId);
    const step = run.steps.find((one) => one.state === 'running')?.name;
    const now = step === undefined || run.state !== 'in-progress' ? run.state : `${run.state}: ${step}`;
    if (now !== shown) say(`${runId}: ${now}`);
    shown = now;
    if (run.state !== wanted && ['failed', 'aborted', 'rollback-failed'].includes(run.state))
      throw new Error(`${runId} is ${run.state}: ${run.failure?.message ?? ''}`);
    return run.state === wanted;
  };
  if (!(await untilItIsSo(isThere, { clock: systemClock, everyMs: 50, withinMs: PATIENCE_MS })))
    throw new Error(`${runId} never became ${wanted}; it is ${shown}`);
  await chat.sees(runId);
}

export async function begins({ journal }: Play, runId: string, step: StepName): Promise<void> {
  const hasBegun = async () =>
    (await runOf(journal, runId)).steps.find(({ name }) => name === step)?.state !== 'waiting';
  if (!(await untilItIsSo(hasBegun, { clock: systemClock, everyMs: 10, withinMs: PATIENCE_MS })))
    throw new Error(`${runId} never began ${step}`);
}

export async function runOf(journal: Journal, runId: string): Promise<Run> {
  const run = await journal.run(runId);
  if (!run) throw new Error(`The journal has no ${runId}`);
  return run;
}
