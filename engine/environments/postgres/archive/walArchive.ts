import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runMarkedIn } from '../marks.ts';
import { latestCommit } from './walSegment.ts';

const backupFile = z.object({
  stoppedAt: z.iso.datetime(),
  startWal: z.string().regex(/^[0-9A-F]{24}$/),
  stopWal: z.string().regex(/^[0-9A-F]{24}$/),
  sizeBytes: z.number(),
  systemIdentifier: z.string(),
  /** The folder in `archiveFolder` that its WAL goes to, of a cluster that begins its WAL anew when it is switched. */
  archive: z
    .string()
    .regex(/^[\w-][\w.-]*$/)
    .optional(),
});

export interface BaseBackup extends z.infer<typeof backupFile> {
  readonly stamp: string;
  readonly dataFolder: string;
  /** The run that had restored the cluster when it was backed up. */
  readonly runId?: string;
}

/** Whole base backups, oldest first; folders without a readable `backup.json` are still being written, or broken. */
export async function readBaseBackups(backupsFolder: string): Promise<readonly BaseBackup[]> {
  const backups: BaseBackup[] = [];
  for (const stamp of await readdir(backupsFolder)) {
    const text = await readFile(join(backupsFolder, stamp, 'backup.json'), 'utf8').catch(() => '{}');
    const parsed = backupFile.safeParse(parseJson(text));
    if (!parsed.success) continue;
    const dataFolder = join(backupsFolder, stamp, 'data');
    const runId = await runMarkedIn(dataFolder);
    backups.push({ ...parsed.data, stamp, dataFolder, ...(runId === undefined ? {} : { runId }) });
  }
  return backups.toSorted((a, b) => Date.parse(a.stoppedAt) - Date.parse(b.stoppedAt));
}

/** WAL that follows a base backup without a hole, on the backup's own timeline. */
export interface WalRun {
  readonly segments: readonly string[];
  /** The first segment that is not there although later ones are. */
  readonly missing?: string;
  /** The next run of segments after the hole. */
  readonly beyond: readonly string[];
}

export interface WalArchive {
  readonly folder: string;
  readonly segmentBytes: number;
  runFrom(startWal: string): WalRun;
  /** Time of the latest commit in `segments[index]`, microseconds since 1970. */
  commitIn(segments: readonly string[], index: number): Promise<bigint | undefined>;
}

/** Lists the archive once; what the segments hold is kept in `cache` (they never change). */
export async function openWalArchive(archiveFolder: string, cache: Map<string, bigint | null>): Promise<WalArchive> {
  const names = (await readdir(archiveFolder)).filter((name) => /^[0-9A-F]{24}$/.test(name)).sort();
  const present = new Set(names);
  const segmentBytes = names[0] === undefined ? 0 : (await stat(join(archiveFolder, names[0]))).size;
  const follow = (first: string): string[] => {
    const run: string[] = [];
    for (let name = first; present.has(name); name = nextSegment(name, segmentBytes)) run.push(name);
    return run;
  };
  return {
    folder: archiveFolder,
    segmentBytes,
    runFrom(startWal) {
      const segments = follow(startWal);
      const last = segments.at(-1);
      const missing = last === undefined ? startWal : nextSegment(last, segmentBytes);
      const after = names.find((name) => name > missing && name.slice(0, 8) === missing.slice(0, 8));
      return after === undefined ? { segments, beyond: [] } : { segments, missing, beyond: follow(after) };
    },
    async commitIn(segments, index) {
      const [name, next] = [segments[index], segments[index + 1]];
      if (name === undefined) return undefined;
      const key = `${archiveFolder}/${name}/${next === undefined ? 'last' : 'followed'}`;
      const known = cache.get(key);
      if (known !== undefined) return known ?? undefined;
      const read = (segment: string) => readFile(join(archiveFolder, segment));
      const commit = latestCommit(await read(name), next === undefined ? undefined : await read(next));
      cache.set(key, commit ?? null);
      return commit;
    },
  };
}

/** Names are timeline, then the upper and lower part of the segment's number: 4 GB of WAL per upper step. */
function nextSegment(name: string, segmentBytes: number): string {
  const perUpper = 2 ** 32 / segmentBytes;
  const number = Number.parseInt(name.slice(8, 16), 16) * perUpper + Number.parseInt(name.slice(16), 16) + 1;
  const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, '0');
  return name.slice(0, 8) + hex(Math.floor(number / perUpper)) + hex(number % perUpper);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
