import type { Observation } from '../environments/observation.ts';
import { TerminalError } from '../errors.ts';
import type { StepContext } from './step.ts';

const STANDS: Readonly<Record<Exclude<Observation['target'], 'new'>, string>> = {
  old: 'a database that the run has not made',
  none: 'no database that answers',
  split: 'one database of the run and one of another',
};

/** Between a failure behind the switch and the next try somebody may have put another database in place. */
export class TargetNotSwitchedError extends TerminalError {
  override readonly code = 'target-not-switched';

  constructor(target: string, runId: string, found: Exclude<Observation['target'], 'new'>) {
    super(`Under the name ${target} stands ${STANDS[found]}; ${runId} goes on only with what it has switched to`, {
      remedy: `Roll back, or bring the databases of ${runId} back in place and try again where the card still offers it.`,
    });
  }
}

/** @throws TargetNotSwitchedError unless all databases of the target are the run's. */
export async function refuseOtherTarget({ run, target, observe }: StepContext): Promise<void> {
  const { target: found } = await observe();
  if (found !== 'new') throw new TargetNotSwitchedError(target.name, run.runId, found);
}
