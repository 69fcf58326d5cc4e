import { chown, lstat, mkdir, readdir, readlink, rmdir } from 'node:fs/promises';
import { basename, dirname, join, normalize } from 'node:path';
import type { Finding } from '../provider.ts';
import { MarkUnclearError } from '../errors.ts';
import { ClusterFolderError } from './errors.ts';
import { type Fence, STAGING } from './fence.ts';
import { type Account, isMissing, ownerOf } from './files.ts';
import { generationName, type Marks, markRun, readMarks, remedyFor, type RunMark } from './marks.ts';
import type { PostgresSandbox } from './settings.ts';

/** One data directory of a target. What it is stands in marks inside it, so it cannot get lost or be mistaken. */
export interface Generation extends Marks {
  readonly name: string;
  readonly dataFolder: string;
  readonly isCurrent: boolean;
}

/** A copy beside the target that a restore has finished; the one that `current` leads to is not asked. */
export const isWhole = ({ isCurrent, run }: Generation): boolean =>
  isCurrent || run?.state === 'closed' || run?.state === 'open';

/** A target's folder, with its generations as they are on the disk now. */
export interface ClusterFolder {
  readonly target: PostgresSandbox;
  readonly account: Account | undefined;
  readonly generations: readonly Generation[];
  readonly current?: Generation;
}

export async function readClusterFolder(target: PostgresSandbox): Promise<ClusterFolder> {
  const { settings } = target;
  const parent = join(settings.folder, 'generations');
  try {
    const link = await readlink(join(settings.folder, 'current')).catch(() => '');
    const isOurs = dirname(normalize(join(settings.folder, link))) === normalize(parent);
    const generations: Generation[] = [];
    for (const entry of await readdir(parent, { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== STAGING) {
        generations.push(await readGeneration(parent, entry.name, isOurs && entry.name === basename(link)));
      }
    }
    const current = generations.find(({ isCurrent }) => isCurrent);
    const account = await ownerOf(current?.dataFolder ?? parent);
    return { target, account, generations, ...(current === undefined ? {} : { current }) };
  } catch (error) {
    if (isMissing(error)) throw new ClusterFolderError(settings.folder, 'it holds no folder `generations`');
    throw error;
  }
}

async function readGeneration(parent: string, name: string, isCurrent: boolean): Promise<Generation> {
  const dataFolder = join(parent, name);
  return { name, dataFolder, isCurrent, ...(await readMarks(dataFolder, name)) };
}

/** All that a run has begun to restore, the newest first: a worker that was overtaken may leave one that never counts. */
export const copiesOf = ({ generations }: ClusterFolder, runId: string) =>
  generations.filter(({ run }) => run?.runId === runId).sort((left, right) => fenceIn(right) - fenceIn(left));

/** The one that counts: of the worker that came last. */
export const copyOf = (folder: ClusterFolder, runId: string): Generation | undefined => copiesOf(folder, runId)[0];

/** What `runId` replaced; after a crash in the middle of a swap that may still be the current generation. */
export const replacedBy = ({ generations }: ClusterFolder, runId: string): Generation | undefined =>
  generations.find((generation) => generation.replacedBy === runId);

/** Where no mark names the former database of `runId`, one that cannot be believed may have done so. @throws MarkUnclearError */
export function refuseUnclearFormer({ generations }: ClusterFolder, runId: string): void {
  const marks = generations.filter(({ isCurrent }) => !isCurrent).flatMap(({ unclear }) => unclear);
  const unclear = marks.find(({ kind }) => kind === 'replaced');
  if (unclear !== undefined) throw new MarkUnclearError(unclear.file, unclear.why, remedyFor(unclear, runId));
}

/** For plan and doctor: marks that nothing can be built on. */
export const markFindings = ({ generations }: ClusterFolder): readonly Finding[] =>
  generations.flatMap(({ unclear }) =>
    unclear.map((mark) => ({ what: `${mark.file} is no mark to rely on: ${mark.why}`, remedy: remedyFor(mark) })),
  );

const fenceIn = ({ name }: Generation) => Number(/\.(\d+)$/.exec(name)?.[1] ?? 0);

/** An empty data directory that carries the run's mark from its first moment on. */
export async function createGeneration(
  { target, account }: ClusterFolder,
  mark: RunMark,
  fence: Fence,
): Promise<string> {
  const dataFolder = join(target.settings.folder, 'generations', generationName(mark.runId, fence.fence));
  // Left empty by a crash between the next two lines; otherwise it would have a mark.
  await rmdir(dataFolder).catch(() => undefined);
  await mkdir(dataFolder, { mode: 0o700 });
  if (account !== undefined) await chown(dataFolder, account.uid, account.gid);
  await markRun(fence, dataFolder, mark, account);
  return dataFolder;
}

/** One rename of a link: at any instant `current` leads to the one or to the other. */
export const makeCurrent = (fence: Fence, { settings }: PostgresSandbox, name: string): Promise<void> =>
  fence.link(join(settings.folder, 'current'), join('generations', name));

/** Takes a stopped generation away as a whole. */
export async function deleteGeneration(fence: Fence, { dataFolder, isCurrent }: Generation): Promise<void> {
  if (isCurrent || !(await lstat(dataFolder)).isDirectory()) throw new ClusterFolderError(dataFolder, 'it is in use');
  await fence.remove(dataFolder);
}
