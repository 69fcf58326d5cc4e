import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Retirement } from '../../contracts.ts';
import { readClusterFolder } from './generations.ts';
import type { PostgresSandbox } from './settings.ts';

/**
 * Data directories beside the target, one entry per run: copies that it has restored and nobody uses, whole or not, and former
 * databases that it has replaced.
 */
export async function listBeside(
  target: PostgresSandbox,
): Promise<{ readonly copies: readonly Retirement[]; readonly formers: readonly Retirement[] }> {
  const { generations } = await readClusterFolder(target);
  const beside = generations.filter(({ isCurrent }) => !isCurrent);
  const copies = beside.flatMap(({ replacedBy, unclear, run, ...generation }) =>
    run === undefined || replacedBy !== undefined || unclear.some(({ kind }) => kind !== 'run')
      ? []
      : [{ ...generation, runId: run.runId }],
  );
  const formers = beside.flatMap(({ replacedBy, ...generation }) =>
    replacedBy === undefined ? [] : [{ ...generation, runId: replacedBy }],
  );
  return { copies: await byRun(copies), formers: await byRun(formers) };
}

function byRun(
  lying: readonly { readonly runId: string; readonly name: string; readonly dataFolder: string }[],
): Promise<readonly Retirement[]> {
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
