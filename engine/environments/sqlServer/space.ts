import { z } from 'zod';
import type { SourceFile } from './backupFiles.ts';
import type { Line } from './line.ts';
import { NoSpaceError } from './faults.ts';
import type { Folders } from './placement.ts';
import { readVolumes } from './statements/files.ts';

const volumeRow = z.object({ volume: z.string(), totalBytes: z.coerce.number(), freeBytes: z.coerce.number() });
export type Volume = z.infer<typeof volumeRow>;

/** Volumes that hold the files of a database; none where the server does not tell. */
export const listVolumes = (line: Line, database: string): Promise<readonly Volume[]> =>
  line.ask(readVolumes(database), volumeRow, { doing: 'measuring free space' }).catch(() => []);

/** Sanitization and synchronization write: log and data grow beyond what was restored. */
const GROWTH = 1.1;

/** @throws NoSpaceError naming the volume. Volumes that are not known are not judged. */
export function proveSpace(
  files: readonly SourceFile[],
  folders: Folders,
  volumes: readonly Volume[],
  server: string,
): void {
  const needed = new Map<Volume, number>();
  for (const { Type, Size } of files) {
    const volume = volumeOf(Type === 'L' ? folders.log : folders.data, volumes);
    if (volume !== undefined) needed.set(volume, (needed.get(volume) ?? 0) + Size);
  }
  for (const [volume, bytes] of needed) {
    if (bytes * GROWTH <= volume.freeBytes) continue;
    const doing = `planning: ${gigabytes(bytes * GROWTH)} GB are needed, ${gigabytes(volume.freeBytes)} GB are free,`;
    throw new NoSpaceError({ number: 3257, state: 0, server, doing, objects: [volume.volume] });
  }
}

function volumeOf(folder: string, volumes: readonly Volume[]): Volume | undefined {
  const path = folder.toLowerCase();
  return volumes
    .filter(({ volume }) => path.startsWith(volume.toLowerCase()))
    .toSorted((a, b) => b.volume.length - a.volume.length)[0];
}

const gigabytes = (bytes: number) => (bytes / 1_073_741_824).toFixed(1);
