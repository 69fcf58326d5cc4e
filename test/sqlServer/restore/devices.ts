import type { ErrorNumber } from '../sql/errorNumbers.ts';
import { sqlErrors } from '../sql/sqlError.ts';
import { findBackupFile, type BackupFile, type BackupSet } from '../state/backups.ts';
import type { Server } from '../state/model.ts';

/** What ends every failed RESTORE or BACKUP, and says nothing: it comes last. */
export const terminating = (what: string) => [3013, `${what} is terminating abnormally.`] as const;

type Fault = readonly [ErrorNumber, string];

export interface OpenedBackup {
  readonly files: readonly BackupFile[];
  readonly set: BackupSet;
}

/** Opens all stripes of one backup set. @throws SqlError 3201, 3203, 3241, 3132, 4038 */
export function openBackup(server: Server, paths: readonly string[], position: number, what: string): OpenedBackup {
  const files = openFiles(server, paths, what);
  const [first] = files;
  const fail = (...faults: readonly Fault[]) => sqlErrors(...faults, terminating(what));
  if (!first) throw fail([3201, 'Cannot open backup device. No device is named.']);
  const stranger = files.find(({ mediaSetUuid }) => mediaSetUuid !== first.mediaSetUuid);
  if (stranger)
    throw fail([3259, `The volume on device '${stranger.path}' is not part of a multiple family media set.`]);
  if (files.length < first.familyCount)
    throw fail([
      3132,
      `The media set has ${first.familyCount} media families but only ${files.length} are provided. All members must be provided.`,
    ]);
  const set = first.sets.find((each) => each.position === position);
  if (!set) throw fail([4038, `Cannot find file ID ${position} on device '${first.path}'.`]);
  return { files, set };
}

/** @throws SqlError 3201 for a file that is not there or not readable, 3203, 3241 */
export function openFiles(server: Server, paths: readonly string[], what: string): readonly BackupFile[] {
  return paths.map((path) => {
    const file = findBackupFile(server.share, path);
    const fail = (number: ErrorNumber, message: string) => sqlErrors([number, message], terminating(what));
    if (!file || file.fault?.kind === 'missing')
      throw fail(
        3201,
        `Cannot open backup device '${path}'. Operating system error 2(The system cannot find the file specified.).`,
      );
    switch (file.fault?.kind) {
      case 'denied':
        throw fail(3201, `Cannot open backup device '${path}'. Operating system error 5(Access is denied.).`);
      case 'in-use':
        throw fail(
          3201,
          `Cannot open backup device '${path}'. Operating system error 32(The process cannot access the file because it is being used by another process.).`,
        );
      case 'unreadable':
        throw fail(
          3203,
          `Read on "${path}" failed: 1117(The request could not be performed because of an I/O device error.)`,
        );
      case 'not-a-backup':
        throw fail(
          3241,
          `The media family on device '${path}' is incorrectly formed. SQL Server cannot process this media family.`,
        );
      case 'unfinished':
      case 'damaged':
      case undefined:
        return file;
    }
  });
}

/** The page on which a read of this set stumbles, if any. */
export function isDamaged({ files, set }: OpenedBackup): boolean {
  return (
    set.isDamaged ||
    files.some(({ fault }) => fault?.kind === 'damaged' && (fault.position ?? set.position) === set.position)
  );
}
