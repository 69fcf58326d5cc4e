import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SourceFile } from '../source/backupFiles.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import { readFiles } from '../statements/files.ts';
import type { Move } from '../statements/restore.ts';

const filesRow = z.object({
  logicalName: z.string(),
  physicalName: z.string(),
  type: z.string(),
  sizeBytes: z.coerce.number(),
});

export type DatabaseFile = z.infer<typeof filesRow>;

export const listFiles = (connection: Connection, database: string): Promise<readonly DatabaseFile[]> =>
  connection.ask(readFiles(database), filesRow, { doing: `listing the files of ${database}` });

/** Each with its separator at the end, as volumes have theirs. */
export interface Folders {
  readonly data: string;
  readonly log: string;
}

/** Where the target's own files lie, unless the settings say otherwise. */
export function foldersOf(
  files: readonly DatabaseFile[],
  { dataFolder, logFolder }: { readonly dataFolder?: string; readonly logFolder?: string },
  server: { readonly dataFolder: string | null; readonly logFolder: string | null },
): Folders {
  const folderOf = (type: string) => {
    const path = files.find((file) => file.type === type)?.physicalName;
    return path === undefined ? undefined : path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  };
  const data = dataFolder ?? folderOf('ROWS') ?? server.dataFolder ?? '';
  const log = logFolder ?? folderOf('LOG') ?? server.logFolder ?? data;
  return { data: withSeparator(data), log: withSeparator(log) };
}

/**
 * A place for every file, with a name that no other run and no other worker uses: a renamed database keeps the names of
 * its files, so names made from the database alone collide at the second refresh (1834).
 */
export function placeFiles(
  files: readonly Pick<SourceFile, 'LogicalName' | 'Type' | 'FileId'>[],
  folders: Folders,
  stem: string,
): readonly Move[] {
  return files.map(({ LogicalName: logicalName, Type: type, FileId: id }) => ({
    logicalName,
    physicalName: `${type === 'L' ? folders.log : folders.data}${stem}_${String(id)}${extensionOf(type, id)}`,
  }));
}

/** Letters that every file system takes; what makes it unique is the run and the fence, and of two names that come out alike a hash. */
export function stemOf(target: string, runId: string, fence: number): string {
  const plain = target.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
  const stem = plain === target ? plain : `${plain}_${createHash('sha256').update(target).digest('hex').slice(0, 8)}`;
  return `${stem}__${runId}_${String(fence)}`;
}

function extensionOf(type: SourceFile['Type'], id: number): string {
  if (type === 'L') return '.ldf';
  // FILESTREAM and memory-optimized containers and full-text catalogues are folders.
  if (type !== 'D') return '';
  return id === 1 ? '.mdf' : '.ndf';
}

function withSeparator(folder: string): string {
  if (/[\\/]$/.test(folder)) return folder;
  return `${folder}${folder.includes('\\') || /^[a-z]:/i.test(folder) ? '\\' : '/'}`;
}
