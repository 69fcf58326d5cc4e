import { posix, win32 } from 'node:path';

/** Names that Windows takes for a device, in whatever local folder and with whatever extension. */
const reserved = /^(nul|con|prn|aux|com\d|lpt\d)\s*(\.[^.]*)*$/;
/** Most names need no closer look. */
const mayBeDevice = /\b(nul|con|prn|aux|com\d|lpt\d)\b|device|dev[\\/]/i;
/** No slash, no doubled or dotted separator behind the beginning. */
const isPlain = /^(\\\\)?[^\\/?.]([^\\/?]|\\[^\\.])*$/;
const isPosix = (name: string) => name.startsWith('/') && !name.startsWith('//');

/**
 * Whether what is written there is gone: `NUL` in every spelling that Windows takes for it, `/dev/null` on Linux.
 * Products that only want the log truncated back it up to there.
 */
export function isNowhere(name: string): boolean {
  if (!mayBeDevice.test(name)) return false;
  const raw = name.trim().toLowerCase().replaceAll('\\', '/');
  const path = posix.normalize(raw);
  if (/^([a-z]:)?\/dev\/(null|zero|full)$/.test(path)) return true;
  // "/backup/nul.trn" is a file on Linux.
  if (isPosix(name.trim())) return false;
  if (/(^|\/)device\/null$/.test(path)) return true;
  const last = posix.basename(path).replace(/^[a-z]:/, '');
  const bare = last.replace(/:.*$/, '').replace(/[\s.]+$/, '');
  // On a share only the bare name is refused by everybody.
  const isShare = raw.startsWith('//') && !/^\/\/[.?]\/(?!unc\/)/.test(raw);
  return isShare ? bare === 'nul' : reserved.test(bare);
}

/**
 * Two backups with the same key went to the same file. A share or an address is the same for everybody, a local path only on
 * one host, whose instances share its disks.
 */
export function fileKey(name: string, serverName: string): string {
  if (/^[a-z0-9]+:\/\//i.test(name)) return name;
  const host = serverName.split('\\')[0]?.toLowerCase() ?? '';
  if (isPosix(name)) return `${host} ${posix.normalize(name)}`;
  const lower = name.toLowerCase();
  const plain = isPlain.test(lower)
    ? lower
    : win32
        .normalize(lower)
        .replace(/^\\\\\?\\unc\\/, '\\\\')
        .replace(/^\\\\[?.]\\/, '');
  return plain.startsWith('\\\\') ? plain : `${host} ${plain}`;
}
