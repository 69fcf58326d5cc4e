import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { escapeLiteral } from 'pg';
import { FencedError } from '../errors.ts';
import { type Account, isMissing, syncFolder, writeWhole } from './files.ts';
import type { PostgresSandbox } from './settings.ts';

/**
 * What a worker may do to a target's folder, as long as nobody has taken it over. Everything is prepared in a folder that
 * carries the fence, compared, and put in place by one rename. Whoever takes over makes the fence known first and removes
 * those folders then, so a rename that was held up finds nothing to put in place.
 */
export interface Fence {
  readonly fence: number;
  /** @throws FencedError when another worker has the target by now. */
  check(): Promise<void>;
  /** Replaces files of one folder, each in one step. @throws FencedError */
  write(folder: string, files: Readonly<Record<string, string>>, account: Account | undefined): Promise<void>;
  /** Makes `path` a link to `to`, in one step. @throws FencedError */
  link(path: string, to: string): Promise<void>;
  /** Takes a file or a folder away, in one step; nothing where it is gone already. @throws FencedError */
  remove(path: string): Promise<void>;
  /** A statement that fails on a server of the target once that was taken over. */
  readonly statement: string;
}

/** Folder beside what is put in place, on the same file system; in it one folder per worker, called by its fence. */
export const STAGING = '.rewind-staging';

/** SQLSTATE of our own. */
const FENCED = 'RWF01';

export function fenceOf(
  {
    name,
    settings,
  }: Pick<PostgresSandbox, 'name'> & { readonly settings: Pick<PostgresSandbox['settings'], 'folder'> },
  fence: number,
): Fence {
  const known = join(settings.folder, 'fence');
  const generations = join(settings.folder, 'generations');
  const stagings = [settings.folder, generations].map((folder) => join(folder, STAGING));
  const stagingFor = async (path: string): Promise<string> => {
    const own = join(path.startsWith(join(generations, '/')) ? generations : settings.folder, STAGING, String(fence));
    await mkdir(own, { recursive: true });
    return own;
  };

  /**
   * The greatest fence is the greatest file name: two workers that come at once cannot lower it, as they could by
   * overwriting one file.
   */
  const check = async (): Promise<void> => {
    const seen = await numbersIn(known);
    const greatest = Math.max(0, ...seen);
    if (fence < greatest) throw new FencedError(name, fence, greatest);
    if (fence === greatest) return;
    await mkdir(known, { recursive: true });
    await writeFile(join(known, String(fence)), '');
    await Promise.all(seen.map((older) => rm(join(known, String(older)), { force: true })));
    for (const staging of stagings) {
      const left = (await numbersIn(staging)).filter((older) => older < fence);
      await Promise.all(left.map((older) => rm(join(staging, String(older)), { recursive: true, force: true })));
    }
  };

  /** Compares behind what was prepared and in front of the rename; a folder that was removed in between is a takeover. */
  const inPlace = async (work: () => Promise<void>): Promise<void> => {
    await check();
    try {
      await work();
    } catch (error) {
      if (isMissing(error)) await check();
      throw error;
    }
  };

  return {
    fence,
    check,
    async write(folder, files, account) {
      const own = await stagingFor(join(folder, '/'));
      const names = Object.keys(files);
      await inPlace(async () => {
        await allEnded(names.map((file) => writeWhole(join(own, file), files[file] ?? '', account)));
        await check();
        await allEnded(names.map((file) => rename(join(own, file), join(folder, file))));
      });
      await syncFolder(folder);
    },
    async link(path, to) {
      const fresh = join(await stagingFor(path), basename(path));
      await rm(fresh, { force: true });
      await inPlace(async () => {
        await symlink(to, fresh);
        await check();
        await rename(fresh, path);
      });
      await syncFolder(settings.folder);
    },
    async remove(path) {
      const aside = join(await stagingFor(path), `${basename(path)}.removed`);
      await rm(aside, { recursive: true, force: true });
      await check();
      try {
        await rename(path, aside);
      } catch (error) {
        if (!isMissing(error)) throw error;
        // Nothing there, or nowhere to put it because the target was taken over.
        return check();
      }
      await rm(aside, { recursive: true, force: true });
    },
    statement: `DO $rewind$ BEGIN IF EXISTS (SELECT FROM pg_ls_dir(${escapeLiteral(known)}, true, false) AS seen(fence) WHERE fence ~ '^[0-9]+$' AND fence::numeric > ${String(fence)}) THEN RAISE EXCEPTION SQLSTATE '${FENCED}'; END IF; END $rewind$`,
  };
}

/** Whoever tries again must not meet one that is still being written. */
async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(works)) if (outcome.status === 'rejected') throw outcome.reason;
}

async function numbersIn(folder: string): Promise<readonly number[]> {
  try {
    return (await readdir(folder)).map(Number).filter((number) => Number.isSafeInteger(number));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
