import { toDateText } from '../sql/dates.ts';
import type { BackupFile } from './backups.ts';
import type { Server } from './model.ts';
import { volumeOf } from './disks.ts';

export interface FileEntry {
  readonly path: string;
  readonly parent: string;
  readonly name: string;
  /** 0 for what lies in the folder itself. */
  readonly level: number;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  /** Wall time of the server. */
  readonly writtenAt: string;
}

/** What lies below a folder, folders before what is in them, as the service account sees it. */
export function entriesBelow(server: Server, folder: string): readonly FileEntry[] {
  const root = `${folder.replace(/[\\/]+$/, '')}${separatorOf(folder)}`;
  const entries = new Map<string, FileEntry>();
  for (const { path, sizeBytes, writtenAt } of filesOf(server)) {
    if (!path.toLowerCase().startsWith(root.toLowerCase())) continue;
    const steps = path.slice(root.length).split(/[\\/]/);
    let parent = root.slice(0, -1);
    for (const [level, name] of steps.entries()) {
      const isFolder = level < steps.length - 1;
      const own = `${parent}${separatorOf(folder)}${name}`;
      const facts = isFolder ? { sizeBytes: 0, writtenAt: toDateText(0) } : { sizeBytes, writtenAt };
      if (!entries.has(own)) entries.set(own, { path: own, parent, name, level, isFolder, ...facts });
      parent = own;
    }
  }
  return [...entries.values()];
}

export const isFolder = (server: Server, path: string): boolean =>
  volumeOf(server, `${path}\\`)?.mountPoint.length === path.length + 1 || entriesBelow(server, path).length > 0;

function* filesOf(server: Server): Generator<{ path: string; sizeBytes: number; writtenAt: string }> {
  for (const file of server.share.files.values()) {
    if (file.fault?.kind === 'missing') continue;
    const sizeBytes = file.sets.reduce((sum, set) => sum + set.sizeBytes, 0);
    yield { path: file.path, sizeBytes, writtenAt: toDateText(writtenAt(file) + server.zone * 900_000) };
  }
  for (const path of server.strayFiles) yield { path, sizeBytes: 1, writtenAt: toDateText(0) };
}

const writtenAt = ({ touchedAt, sets }: BackupFile): number =>
  touchedAt ?? sets.reduce((latest, set) => Math.max(latest, set.finishedAt), 0);

const separatorOf = (path: string) => (path.includes('\\') ? '\\' : '/');
