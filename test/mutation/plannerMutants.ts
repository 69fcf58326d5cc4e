import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeMutants, type Mutant } from './mutants.ts';

const planner = 'engine/environments/sqlServer/chain';
const mutated = [
  'arrangement.ts',
  'clockJumps.ts',
  'history/databases.ts',
  'forks.ts',
  'gapReasons.ts',
  'lines.ts',
  'logWalk.ts',
  'lsnOrder.ts',
  'history/media.ts',
  'history/mediaNames.ts',
  'history/overwritten.ts',
  'recoveryWindows.ts',
  'refusal.ts',
  'replicas.ts',
  'reserves.ts',
  'restoreChain.ts',
  'serverTime.ts',
  'stopAt.ts',
  'timing.ts',
  'undatedLogs.ts',
];

export interface PlannerMutant extends Mutant {
  /** Below the project's folder. */
  readonly path: string;
}

/** The planner's mutants in the same order every time; the first is the control mutant, a chain restored backwards. */
export function plannerMutants(folder: string): readonly PlannerMutant[] {
  const sourceOf = (file: string) => readFileSync(join(folder, planner, file), 'utf8');
  const [from, to] = ['indexes.toReversed()', 'indexes'];
  const file = 'restoreChain.ts';
  const control = { file, line: 0, from, to, text: sourceOf(file).replace(from, to) };
  return [control, ...mutated.flatMap((one) => makeMutants(one, sourceOf(one)))].map((mutant) =>
    Object.assign(mutant, { path: join(planner, mutant.file) }),
  );
}
