import type { ActContext } from '../provider.ts';
import { type Program, stopServer } from './clusterProcess.ts';
import { checkFence } from './fence.ts';
import {
  copiesOf,
  deleteGeneration,
  type Generation,
  readClusterFolder,
  refuseUnclearFormer,
  replacedBy,
} from './generations.ts';

/** Drops the run's copies beside the target, whole or not. */
export async function dropIncoming(program: Program, context: ActContext): Promise<void> {
  await drop(program, context, copiesOf(await readClusterFolder(context.target), context.runId));
}

/** Drops what workers that were overtaken have left beside the copy that counts. */
export async function dropOvertaken(program: Program, context: ActContext): Promise<void> {
  await drop(program, context, copiesOf(await readClusterFolder(context.target), context.runId).slice(1));
}

/** Drops what the run replaced. */
export async function dropPrevious(program: Program, context: ActContext): Promise<void> {
  const folder = await readClusterFolder(context.target);
  const previous = replacedBy(folder, context.runId);
  if (previous === undefined) refuseUnclearFormer(folder, context.runId);
  await drop(program, context, previous === undefined ? [] : [previous]);
}

async function drop(program: Program, context: ActContext, generations: readonly Generation[]): Promise<void> {
  await checkFence(context.target, context.fence);
  // Never what serves the target now, whatever marks it carries (a swap that was stopped halfway).
  for (const generation of generations.filter(({ isCurrent }) => !isCurrent)) {
    await stopServer(program, generation.dataFolder, 'immediate');
    await deleteGeneration(generation);
    context.log(`${generation.name} is dropped`);
  }
}
