import { systemClock } from '../../engine/clock.ts';
import type { Run, RunState, StepName } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import type { SqlJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { untilItIsSo } from '../../engine/retry.ts';
import type { Chat } from './chat.ts';
import { untilItReaches } from './untilItReaches.ts';

/** Without anything new: a busy machine takes its time; what never comes is found out all the same. */
export const PATIENCE_MS = 120_000;

export interface Play {
  readonly chat: Chat;
  readonly journal: SqlJournal;
  readonly say: (line: string) => void;
}

/** Waits for a state and then for the card that says so; every state on the way becomes a line. */
export async function reaches({ journal, say, chat }: Play, runId: string, wanted: RunState): Promise<void> {
  await untilItReaches(wanted, { look: () => runOf(journal, runId), say, clock: systemClock, patienceMs: PATIENCE_MS });
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
