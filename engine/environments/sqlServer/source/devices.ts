import { BackupPathRefusedError } from '../errors.ts';
import type { BackupDevice } from '../chain/backupSet.ts';

/** Of the settings of a source. */
export interface Places {
  readonly backupFolders: readonly string[];
  readonly paths?: readonly { readonly from: string; readonly to: string }[];
  /** Named one by one. */
  readonly devices?: readonly string[];
}

/**
 * Where the target's server finds a backup: rewritten by the settings, and only below folders that they name.
 * A history comes from outside: a path in it must not lead the service account of the server anywhere else.
 * @throws BackupPathRefusedError
 */
export function placeDevice(
  { kind, name }: BackupDevice,
  { backupFolders, paths = [], devices = [] }: Places,
): BackupDevice {
  const rewrite = paths.find(({ from }) => startsWith(name, from));
  const place = rewrite === undefined ? name : `${rewrite.to}${name.slice(rewrite.from.length)}`;
  if (place.split(/[\\/]/).includes('..')) throw new BackupPathRefusedError(place, 'its path leads upwards (..)');
  // %2e%2e is read as .. behind a web server.
  if (kind === 'url' && /%2e|%2f|%5c|[?#@]/i.test(place))
    throw new BackupPathRefusedError(withoutQuery(place), 'its address is not plain');
  const isAllowed = devices.includes(place) || backupFolders.some((folder) => isBelow(place, folder));
  if (!isAllowed && backupFolders.length + devices.length > 0)
    throw new BackupPathRefusedError(place, 'it lies outside the backup folders');
  if (!isAllowed && kind === 'url') throw new BackupPathRefusedError(place, 'no address of backups is named');
  if (!isAllowed && /^[\\/]{2}/.test(place)) throw new BackupPathRefusedError(place, 'no network share is named');
  if (!isAllowed && !/^([a-z]:[\\/]|\/)/i.test(place))
    throw new BackupPathRefusedError(place, 'it is not an absolute path');
  return { kind, name: place };
}

/** Windows compares paths without case, and so does this: a folder that differs only by case is a folder of the same people. */
const startsWith = (text: string, beginning: string) => text.toLowerCase().startsWith(beginning.toLowerCase());

const isBelow = (place: string, folder: string) =>
  startsWith(withSlashes(place), `${withSlashes(folder).replace(/\/+$/, '')}/`);

const withSlashes = (path: string) => path.replaceAll('\\', '/');

/** A SAS may stand behind the question mark. */
const withoutQuery = (address: string) => address.replace(/[?#].*$/s, '');
