import type { Artefact, Observation } from '../observation.ts';
import { findServer } from './clusterProcess.ts';
import { isClosed } from './configuration.ts';
import { type Generation, isWhole, readClusterFolder } from './generations.ts';
import type { PostgresSandbox } from './settings.ts';

/**
 * What stands under the target's name, from the disk and the process table alone. `none`: nothing answers under the target's name, be it between the two
 * halves of a swap or because the cluster is down. `split` cannot be: one link moves all databases.
 */
export async function observe(target: PostgresSandbox, runId: string): Promise<Observation> {
  const { generations, current } = await readClusterFolder(target);
  const artefacts: Artefact[] = [];
  for (const generation of generations) {
    const role = roleOf(generation);
    if (role === undefined) continue;
    const mark = generation.run === undefined ? {} : { runId: generation.run.runId };
    artefacts.push({ role, name: generation.name, ...mark, state: await stateOf(generation) });
  }
  const state = artefacts.find(({ role }) => role === 'target')?.state;
  const isServed = state === 'open' || state === 'closed';
  return {
    target: !isServed ? 'none' : current?.run?.runId === runId ? 'new' : 'old',
    isOpen: state === 'open',
    artefacts,
  };
}

function roleOf({ isCurrent, run, replacedBy, unclear }: Generation): Artefact['role'] | undefined {
  if (isCurrent) return 'target';
  // A former copy that a later run replaced carries both marks.
  if (replacedBy !== undefined || unclear.some(({ kind }) => kind !== 'run')) return 'previous';
  return run === undefined && unclear.length === 0 ? undefined : 'incoming';
}

async function stateOf(generation: Generation): Promise<Artefact['state']> {
  const { dataFolder, isCurrent, run } = generation;
  if (run !== undefined && !isWhole(generation)) return 'restoring';
  const server = await findServer(dataFolder);
  if (!server?.isReady) return 'stopped';
  if (!isCurrent || run?.state === 'closed') return 'closed';
  return (await isClosed(dataFolder)) ? 'closed' : 'open';
}
