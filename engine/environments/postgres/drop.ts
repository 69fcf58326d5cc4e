import type { ActContext } from '../provider.ts';
import { type Program, stopServer } from './clusterProcess.ts';
import { checkFence } from './fence.ts';
import { copyOf, deleteGeneration, type Generation, readClusterFolder, replacedBy } from './generations.ts';

/** Drops the run's copy beside the target, whole or not. */
export async function dropIncoming(program: Program, context: ActContext): Promise<void> {
  await drop(program, context, copyOf(await readClusterFolder(context.target), context.runId));
}

/** Drops what the run replaced. */
export async function dropPrevious(program: Program, context: ActContext): Promise<void> {
  await drop(program, context, replacedBy(await readClusterFolder(context.target), context.runId));
}

async function drop(program: Program, context: ActContext, generation: Generation | undefined): Promise<void> {
  await checkFence(context.target, context.fence);
  // Never what serves the target now, whatever marks it carries (a swap that was stopped halfway).
  if (generation === undefined || generation.isCurrent) return;
  await stopServer(program, generation.dataFolder, 'immediate');
  await deleteGeneration(generation);
  context.log(`${generation.name} is dropped`);
}
