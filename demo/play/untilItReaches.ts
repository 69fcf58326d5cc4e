import type { Clock } from '../../engine/clock.ts';
import type { Run, RunState } from '../../engine/contracts.ts';
import { untilItIsSo } from '../../engine/retry.ts';

interface Watching {
  readonly look: () => Promise<Run>;
  readonly say: (line: string) => void;
  readonly clock: Clock;
  /** Begins anew with whatever becomes of the run: how long a whole run takes, the machine decides. */
  readonly patienceMs: number;
}

/** Waits until a run is in a state; every state and step on the way becomes a line. */
export async function untilItReaches(wanted: RunState, { look, say, clock, patienceMs }: Watching): Promise<void> {
  let shown = '';
  let known = '';
  let knownSince = clock.elapsedMs();
  const isThere = async (): Promise<boolean> => {
    const { runId, state, steps, failure } = await look();
    const step = steps.find((one) => one.state === 'running')?.name;
    const now = step === undefined || state !== 'in-progress' ? state : `${state}: ${step}`;
    if (now !== shown) say(`${runId}: ${now}`);
    shown = now;
    if (state !== wanted && ['failed', 'aborted', 'rollback-failed'].includes(state))
      throw new Error(`${runId} is ${state}: ${failure?.message ?? ''}`);
    const all = JSON.stringify([state, steps]);
    if (all !== known) knownSince = clock.elapsedMs();
    else if (clock.elapsedMs() - knownSince > patienceMs)
      throw new Error(`${runId} never became ${wanted}; it stands still as ${shown}`);
    known = all;
    return state === wanted;
  };
  await untilItIsSo(isThere, { clock, everyMs: 50 });
}
