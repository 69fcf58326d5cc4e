import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox } from '../../contracts.ts';
import { FencedError } from '../errors.ts';
import { isMissing } from './files.ts';
import { sandboxSettings } from './settings.ts';

/**
 * Refuses a fence smaller than the greatest one this target has seen, and keeps a greater one.
 * The greatest is the greatest file name in `fence/`: two workers that come at once cannot lower it, as they could by
 * overwriting one file.
 * @throws FencedError
 */
export async function checkFence(target: Sandbox, fence: number): Promise<void> {
  const folder = join(sandboxSettings.parse(target.settings).folder, 'fence');
  const seen = await readFences(folder);
  const greatest = Math.max(0, ...seen);
  if (fence < greatest) throw new FencedError(target.name, fence, greatest);
  if (fence === greatest) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, String(fence)), '');
  await Promise.all(seen.map((older) => rm(join(folder, String(older)), { force: true })));
}

async function readFences(folder: string): Promise<readonly number[]> {
  try {
    return (await readdir(folder)).map(Number).filter((fence) => Number.isSafeInteger(fence));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
