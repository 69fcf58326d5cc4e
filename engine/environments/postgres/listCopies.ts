import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Retirement } from '../../contracts.ts';
import { readClusterFolder } from './generations.ts';
import type { PostgresSandbox } from './settings.ts';

/** Data directories beside the target that runs have restored and nobody uses: whole or not, one entry per run. */
export async function listCopies(target: PostgresSandbox): Promise<readonly Retirement[]> {
  const { generations } = await readClusterFolder(target);
  const lying = generations.flatMap(({ isCurrent, replacedBy, unclear, run, ...generation }) =>
    isCurrent || run === undefined || replacedBy !== undefined || unclear.some(({ kind }) => kind !== 'run')
      ? []
      : [{ ...generation, runId: run.runId }],
  );
  return Promise.all(
    [...Map.groupBy(lying, ({ runId }) => runId)].map(async ([runId, members]) => {
      const sizes = await Promise.all(members.map(({ dataFolder }) => sizeOf(dataFolder)));
      return { runId, names: members.map(({ name }) => name), sizeBytes: sizes.reduce((sum, size) => sum + size, 0) };
    }),
  );
}

/** What others delete meanwhile counts nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries)
    if (entry.isFile())
      bytes += await stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      );
  return bytes;
}
