import { type Program, stopServer } from './clusterProcess.ts';
import {
  copiesOf,
  deleteGeneration,
  type Generation,
  readClusterFolder,
  refuseUnclearFormer,
  replacedBy,
} from './generations.ts';
import type { PostgresAct } from './settings.ts';

/** Drops the run's copies beside the target, whole or not. */
export async function dropIncoming(program: Program, context: PostgresAct): Promise<void> {
  await drop(program, context, copiesOf(await readClusterFolder(context.target), context.runId));
}

/** Drops what workers that were overtaken have left beside the copy that counts. */
export async function dropOvertaken(program: Program, context: PostgresAct): Promise<void> {
  await drop(program, context, copiesOf(await readClusterFolder(context.target), context.runId).slice(1));
}

/** Drops what the run replaced. */
export async function dropPrevious(program: Program, context: PostgresAct): Promise<void> {
  const folder = await readClusterFolder(context.target);
  const previous = replacedBy(folder, context.runId);
  if (previous === undefined) refuseUnclearFormer(folder, context.runId);
  await drop(program, context, previous === undefined ? [] : [previous]);
}

async function drop(program: Program, context: PostgresAct, generations: readonly Generation[]): Promise<void> {
  await program.fence.check();
  // Never what serves the target now, whatever marks it carries (a swap that was stopped halfway).
  for (const generation of generations.filter(({ isCurrent }) => !isCurrent)) {
    await stopServer(program, generation.dataFolder, 'immediate');
    await deleteGeneration(program.fence, generation);
    context.log(`${generation.name} is dropped`);
  }
}
