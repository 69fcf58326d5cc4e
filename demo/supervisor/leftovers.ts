import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { endGroup } from './processGroup.ts';
import { identify } from './processIdentity.ts';

const recordSchema = z.object({ name: z.string(), pid: z.int().positive(), identity: z.string() });
const listSchema = z.object({ owner: recordSchema, processes: z.array(recordSchema) });

/** A process as it stands in `processes.json`: `identity` makes sure that a reused pid is never mistaken for it. */
export type ProcessRecord = z.infer<typeof recordSchema>;

/** Written before anything else is done with a new process, so that a killed supervisor leaves no unknown child. */
export function writeProcessList(folder: string, processes: readonly ProcessRecord[]): void {
  mkdirSync(folder, { recursive: true });
  const owner = { name: 'supervisor', pid: process.pid, identity: identify(process.pid) ?? '' };
  const file = join(folder, 'processes.json');
  writeFileSync(`${file}.new`, `${JSON.stringify({ owner, processes }, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** Two demos in one folder would end each other's processes. */
export class FolderInUseError extends Error {
  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${String(pid)}. Stop that one first, or take another: --folder FOLDER`);
  }
}

/**
 * Ends what an earlier supervisor of `folder` left behind, last started first: only processes whose pid and start time both match.
 * @returns the names of those that were ended
 */
export async function reapLeftovers(folder: string): Promise<string[]> {
  const list = readProcessList(folder);
  if (list === undefined) return [];
  if (list.owner.pid !== process.pid && isRunning(list.owner)) {
    throw new FolderInUseError(folder, list.owner.pid);
  }
  const alive = list.processes.filter(isRunning).toReversed();
  for (const { pid } of alive) await endGroup(pid, 'SIGTERM', 3_000);
  writeProcessList(folder, []);
  return alive.map(({ name }) => name);
}

function isRunning({ pid, identity }: ProcessRecord): boolean {
  return identify(pid) === identity;
}

function readProcessList(folder: string): z.infer<typeof listSchema> | undefined {
  try {
    return listSchema.parse(JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8')));
  } catch {
    return undefined; // none, or torn: then nothing in it can be trusted
  }
}
