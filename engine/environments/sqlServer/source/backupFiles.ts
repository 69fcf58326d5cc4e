import { z } from 'zod';
import type { DatabaseRole } from '../../../contracts.ts';
import { askIfAllowed } from '../../../databases/sqlServer/askIfAllowed.ts';
import { describeBackup } from '../chain/backupSet.ts';
import type { RestoreStep } from '../chain/restoreChain.ts';
import { placeDevice } from './devices.ts';
import { BackupMismatchError } from '../errors.ts';
import { serverError } from '../../../databases/sqlServer/faults.ts';
import type { Connection } from '../../../databases/sqlServer/connection.ts';
import type { SourceSettings } from '../settings.ts';
import { readFileList, readHeader, verifyBackup } from '../statements/backupMedia.ts';
import { findFile } from '../statements/files.ts';
import type { Media } from '../statements/restore.ts';

/** One backup of the chain as the target's server sees it. */
export interface BackupFile {
  readonly step: RestoreStep;
  readonly media: Media;
  readonly title: string;
}

export const backupFilesOf = (steps: readonly RestoreStep[], settings: SourceSettings): BackupFile[] =>
  steps.map((step) => {
    const devices = step.backup.devices.map((device) => placeDevice(device, settings));
    const blob = devices.find(({ kind }) => kind === 'url');
    if (blob !== undefined && step.backup.position !== 1)
      throw new BackupMismatchError(blob.name, `its backup ${String(step.backup.position)}`, 'a URL, which holds one');
    return {
      step,
      media: { devices, position: step.backup.position },
      title: describeBackup({ ...step.backup, devices }),
    };
  });

const existsRow = z.object({ isFile: z.union([z.boolean(), z.number()]).nullable() });

/**
 * Every file of the chain is there for the service account of the server, which is who reads it.
 * @throws ServerRefusal naming the first that is not.
 */
export async function proveFilesExist(connection: Connection, files: readonly BackupFile[]): Promise<void> {
  for (const { media } of files) {
    for (const { kind, name } of media.devices) {
      if (kind !== 'disk') continue;
      const doing = 'looking for the backups of the chain';
      // Before SQL Server 2017, or without VIEW SERVER STATE, nobody can tell: reading the header will.
      const [found] = (await askIfAllowed(connection, findFile(name), existsRow, doing, { isSlow: true })) ?? [];
      if (found === undefined || found.isFile === null) continue;
      if (!Number(found.isFile)) {
        throw serverError('backup-unreadable', {
          number: 3201,
          state: 0,
          server: connection.title,
          doing,
          objects: [{ kind: 'device', name }],
          osError: 2,
        });
      }
    }
  }
}

const headerRow = z.looseObject({
  BackupSetGUID: z.string(),
  DatabaseName: z.string().nullable(),
  FamilyGUID: z.string(),
  Position: z.coerce.number(),
  Collation: z.string().nullish(),
});

/**
 * The header of a backup, as far as anything of it is used.
 * @throws BackupMismatchError when a file holds something else than the history says, whatever its name.
 */
export async function proveHeader(
  connection: Connection,
  { step, media }: BackupFile,
  signal?: AbortSignal,
): Promise<{ readonly collation: string | undefined }> {
  const device = media.devices[0]?.name ?? '';
  const doing = `reading the header of ${device}`;
  const headers = await connection.ask(readHeader(media), headerRow, {
    doing,
    isSlow: true,
    ...(signal ? { signal } : {}),
  });
  const header = headers.find(({ Position }) => Position === media.position);
  const { uuid, familyGuid } = step.backup;
  if (header === undefined)
    throw new BackupMismatchError(device, uuid, `nothing at position ${String(media.position)}`);
  if (header.BackupSetGUID.toLowerCase() !== uuid.toLowerCase()) {
    throw new BackupMismatchError(device, uuid, `${header.BackupSetGUID} of ${header.DatabaseName ?? 'a database'}`);
  }
  if (header.FamilyGUID.toLowerCase() !== familyGuid)
    throw new BackupMismatchError(device, familyGuid, header.FamilyGUID);
  return { collation: header.Collation ?? undefined };
}

const fileRow = z.looseObject({
  LogicalName: z.string(),
  Type: z.enum(['D', 'L', 'F', 'S']),
  Size: z.coerce.number(),
  FileId: z.coerce.number(),
  /** Of the certificate that protects the key of an encrypted database; on every file of it. */
  TDEThumbprint: z
    .instanceof(Buffer)
    .nullish()
    .transform((bytes) => (bytes ? `0x${bytes.toString('hex').toUpperCase()}` : undefined)),
});

/** A file of the source's database. `Size` is what it will take on the disk: allocated bytes, not those of the backup. */
export type SourceFile = z.infer<typeof fileRow>;

export const listSourceFiles = (
  connection: Connection,
  { media }: BackupFile,
  signal?: AbortSignal,
): Promise<readonly SourceFile[]> =>
  connection.ask(readFileList(media), fileRow, {
    doing: `reading the file list of ${media.devices[0]?.name ?? ''}`,
    isSlow: true,
    ...(signal ? { signal } : {}),
  });

export const verifyFile = (connection: Connection, { media }: BackupFile, signal: AbortSignal): Promise<number> =>
  connection.send(verifyBackup(media), { doing: `verifying ${media.devices[0]?.name ?? ''}`, signal });

export const chainLine = (role: DatabaseRole, database: string, { title, step }: BackupFile): string => {
  const bytes = step.backup.sizeBytes;
  const size = bytes === null ? '' : `, ${String(Math.max(1, Math.round(Number(bytes) / 1_048_576)))} MB`;
  const stop = step.stopAt === null ? '' : `, STOPAT ${step.stopAt}${step.isReserve ? ' (in reserve)' : ''}`;
  return `${database} (${role === 'application' ? 'application' : 'Financial Reporting'}): ${title}${size}${stop}`;
};
