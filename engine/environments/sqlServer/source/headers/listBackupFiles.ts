import { z } from 'zod';
import { askIfAllowed } from '../../../../databases/sqlServer/askIfAllowed.ts';
import { shownText } from '../../../../shownText.ts';
import type { BackupDevice } from '../../chain/backupSet.ts';
import { placeDevice } from '../devices.ts';
import { BackupLocationUnreadableError, BackupPathRefusedError } from '../../errors.ts';
import { HostileNameError } from '../../../../databases/sqlServer/errors.ts';
import type { Connection } from '../../../../databases/sqlServer/connection.ts';
import { quoteText } from '../../../../databases/sqlServer/quote.ts';
import type { LocationSettings } from '../../settings.ts';
import { findFile, listFolder, listLevel } from '../../statements/files.ts';
import type { Skipped } from './backupHeader.ts';

export interface LocatedFile {
  readonly device: BackupDevice;
  /** Changes whenever the file does; undefined where the server does not tell. */
  readonly version: string | undefined;
  /** Last write, by the clock of the server that lists; as far as it tells. */
  readonly writtenAt?: string | undefined;
}

export interface Listing {
  readonly files: readonly LocatedFile[];
  readonly skipped: readonly Skipped[];
  /** Files whose names do not end as those of backups. */
  readonly others: number;
}

interface Entry {
  readonly path: string;
  readonly version?: string;
  readonly writtenAt?: string;
}

/**
 * The backups of a location, as the service account of the server sees them. `since`: older files are no base any more.
 * @throws BackupLocationUnreadableError for a folder that is not there for that account.
 */
export async function listBackupFiles(
  connection: Connection,
  settings: LocationSettings,
  since: string,
): Promise<Listing> {
  const { backupFolders, devices, extensions = USUAL } = settings;
  const ends = new RegExp(`\\.(${extensions.join('|')})$`, 'i');
  const files = new Map<string, LocatedFile>();
  const skipped: Skipped[] = [];
  let others = 0;
  const add = (device: BackupDevice, { version, writtenAt }: Omit<Entry, 'path'> = {}) => {
    const why = whyRefused(device, settings);
    if (why === undefined) files.set(device.name, { device, version, writtenAt });
    else skipped.push({ name: spelled(device.name), why });
  };
  for (const folder of backupFolders.filter((one) => !isAddress(one))) {
    for (const entry of await entriesBelow(connection, folder)) {
      if (!ends.test(entry.path)) others += 1;
      else if ((entry.writtenAt ?? since) >= since) add({ kind: 'disk', name: entry.path }, entry);
    }
  }
  for (const name of devices) add({ kind: isAddress(name) ? 'url' : 'disk', name });
  return { files: [...files.values()], skipped, others };
}

const USUAL = ['bak', 'trn', 'dif', 'diff', 'log'];

/** T-SQL lists no container behind one. */
export const isAddress = (place: string) => /^[a-z][a-z0-9]+:\/\//i.test(place);

function whyRefused(device: BackupDevice, settings: LocationSettings): string | undefined {
  try {
    quoteText(device.name);
    placeDevice(device, settings);
    return undefined;
  } catch (error) {
    if (error instanceof BackupPathRefusedError || error instanceof HostileNameError) return error.message;
    throw error;
  }
}

/** A DBA has to find the file again, so a line break in its name is shown as one. Behind ? and # an address holds its credential. */
const spelled = (name: string) =>
  shownText(
    JSON.stringify(name.replace(/[?#].*$/s, ''))
      .slice(1, -1)
      .replaceAll('\\\\', '\\'),
  );

const fileRow = z.object({ path: z.string(), size: z.string().nullable(), writtenAt: z.string().nullable() });
const levelRow = z.object({ subdirectory: z.string(), file: z.coerce.number() });
const existsRow = z.object({ isFolder: z.coerce.number().nullable() });

async function entriesBelow(connection: Connection, folder: string): Promise<readonly Entry[]> {
  const doing = `listing ${folder}`;
  const rows = await askIfAllowed(connection, listFolder(folder), fileRow, doing);
  const entries =
    rows?.map(({ path, size, writtenAt }): Entry => {
      if (size === null || writtenAt === null) return { path };
      return { path, version: `${size} ${writtenAt}`, writtenAt };
    }) ?? (await levelsBelow(connection, folder, doing, 0));
  if (entries.length > 0) return entries;
  // Both lists are empty for a folder that is not there, and for one that may not be read.
  const [found] = (await askIfAllowed(connection, findFile(folder), existsRow, doing)) ?? [];
  if (found?.isFolder !== 1) throw new BackupLocationUnreadableError(connection.title, folder);
  return [];
}

/** A junction may lead back up. */
const DEEPEST = 8;

async function levelsBelow(
  connection: Connection,
  folder: string,
  doing: string,
  depth: number,
): Promise<readonly Entry[]> {
  if (depth > DEEPEST) return [];
  const separator = /^([a-z]:|\\\\)/i.test(folder) ? '\\' : '/';
  const rows = await connection.ask(listLevel(folder), levelRow, { doing });
  const entries: Entry[] = [];
  for (const { subdirectory, file } of rows) {
    const path = `${folder.replace(/[\\/]+$/, '')}${separator}${subdirectory}`;
    if (file === 1) entries.push({ path });
    else entries.push(...(await levelsBelow(connection, path, doing, depth + 1)));
  }
  return entries;
}
