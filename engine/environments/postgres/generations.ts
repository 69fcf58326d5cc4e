import { chown, lstat, mkdir, readdir, readlink, rename, rm, rmdir, symlink } from 'node:fs/promises';
import { basename, dirname, join, normalize } from 'node:path';
import { z } from 'zod';
import type { Environment } from '../../contracts.ts';
import { ClusterFolderError } from './errors.ts';
import { type Account, isMissing, ownerOf, readIfPresent, syncFolder, writeDurably } from './files.ts';
import { type SandboxSettings, sandboxSettings } from './settings.ts';

const runMark = z.object({
  runId: z.string(),
  at: z.string(),
  /** `restoring`: not whole yet; `closed`: only the service is admitted; `open`: the target's own logins are. */
  state: z.enum(['restoring', 'closed', 'open']),
});
export type RunMark = z.infer<typeof runMark>;

const RUN_MARK = 'rewind-run.json';
const REPLACED_MARK = 'rewind-replaced.json';

/** One data directory of a target. What it is stands in marks inside it, so it cannot get lost or be mistaken. */
export interface Generation {
  readonly name: string;
  readonly dataFolder: string;
  readonly isCurrent: boolean;
  /** The run that restored it; absent on a cluster that Rewind has not made. */
  readonly run?: RunMark;
  /** The run whose copy took its place. */
  readonly replacedBy?: string;
}

/** A target's folder, with its generations as they are on the disk now. */
export interface ClusterFolder {
  readonly target: Environment;
  readonly settings: SandboxSettings;
  readonly account: Account | undefined;
  readonly generations: readonly Generation[];
  readonly current?: Generation;
}

export async function readClusterFolder(target: Environment): Promise<ClusterFolder> {
  const settings = sandboxSettings.parse(target.settings);
  const parent = join(settings.folder, 'generations');
  try {
    const link = await readlink(join(settings.folder, 'current')).catch(() => '');
    const isOurs = dirname(normalize(join(settings.folder, link))) === normalize(parent);
    const generations: Generation[] = [];
    for (const entry of await readdir(parent, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        generations.push(await readGeneration(parent, entry.name, isOurs && entry.name === basename(link)));
      }
    }
    const current = generations.find(({ isCurrent }) => isCurrent);
    const account = await ownerOf(current?.dataFolder ?? parent);
    return { target, settings, account, generations, ...(current === undefined ? {} : { current }) };
  } catch (error) {
    if (isMissing(error)) throw new ClusterFolderError(settings.folder, 'it holds no folder `generations`');
    throw error;
  }
}

async function readGeneration(parent: string, name: string, isCurrent: boolean): Promise<Generation> {
  const dataFolder = join(parent, name);
  const run = await readIfPresent(join(dataFolder, RUN_MARK));
  const replaced = await readIfPresent(join(dataFolder, REPLACED_MARK));
  return {
    name,
    dataFolder,
    isCurrent,
    ...(run === undefined ? {} : { run: runMark.parse(JSON.parse(run)) }),
    ...(replaced === undefined
      ? {}
      : { replacedBy: z.object({ runId: z.string() }).parse(JSON.parse(replaced)).runId }),
  };
}

/** All that a run has begun to restore, the newest first: a worker that was overtaken may leave one that never counts. */
export const copiesOf = ({ generations }: ClusterFolder, runId: string) =>
  generations.filter(({ run }) => run?.runId === runId).sort((left, right) => fenceIn(right) - fenceIn(left));

/** The one that counts: of the worker that came last. */
export const copyOf = (folder: ClusterFolder, runId: string): Generation | undefined => copiesOf(folder, runId)[0];

/** What `runId` replaced; after a crash in the middle of a swap that may still be the current generation. */
export const replacedBy = ({ generations }: ClusterFolder, runId: string) =>
  generations.find((generation) => generation.replacedBy === runId);

/** `run-R-1042.7`: with the fence, so that a worker that wakes up late cannot write into its successor's copy. */
export const generationName = (runId: string, fence: number | '*') =>
  `run-${z
    .string()
    .regex(/^[\w-]+$/)
    .parse(runId)}.${String(fence)}`;

const fenceIn = ({ name }: Generation) => Number(/\.(\d+)$/.exec(name)?.[1] ?? 0);

/** An empty data directory that carries the run's mark from its first moment on. */
export async function createGeneration(
  { settings, account }: ClusterFolder,
  mark: RunMark,
  fence: number,
): Promise<string> {
  const dataFolder = join(settings.folder, 'generations', generationName(mark.runId, fence));
  // Left empty by a crash between the next two lines; otherwise it would have a mark.
  await rmdir(dataFolder).catch(() => undefined);
  await mkdir(dataFolder, { mode: 0o700 });
  if (account !== undefined) await chown(dataFolder, account.uid, account.gid);
  await markRun(dataFolder, mark, account);
  return dataFolder;
}

export async function markRun(dataFolder: string, mark: RunMark, account: Account | undefined): Promise<void> {
  await writeDurably(dataFolder, { [RUN_MARK]: `${JSON.stringify(mark)}\n` }, account);
}

export async function markReplaced(dataFolder: string, runId: string, account: Account | undefined): Promise<void> {
  await writeDurably(dataFolder, { [REPLACED_MARK]: `${JSON.stringify({ runId })}\n` }, account);
}

export async function unmarkReplaced(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, REPLACED_MARK), { force: true });
}

/** One rename of a link: at any instant `current` leads to the one or to the other. */
export async function makeCurrent(settings: SandboxSettings, name: string): Promise<void> {
  const fresh = join(settings.folder, 'current.new');
  await rm(fresh, { force: true });
  await symlink(join('generations', name), fresh);
  await rename(fresh, join(settings.folder, 'current'));
  await syncFolder(settings.folder);
}

/** Deletes a stopped generation; its marks go last, so that a half-deleted one is still recognised. */
export async function deleteGeneration({ dataFolder, isCurrent }: Generation): Promise<void> {
  if (isCurrent || !(await lstat(dataFolder)).isDirectory()) throw new ClusterFolderError(dataFolder, 'it is in use');
  const marks = [RUN_MARK, REPLACED_MARK];
  for (const name of await readdir(dataFolder)) {
    if (!marks.includes(name)) await rm(join(dataFolder, name), { recursive: true });
  }
  for (const mark of marks) await rm(join(dataFolder, mark), { force: true });
  await rmdir(dataFolder);
}
