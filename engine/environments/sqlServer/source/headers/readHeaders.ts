import { z } from 'zod';
import { TerminalError } from '../../../../errors.ts';
import type { BackupDevice } from '../../chain/backupSet.ts';
import { isServerError } from '../../../../databases/sqlServer/faults.ts';
import { FILES_AT_ONCE, type Connection } from '../../../../databases/sqlServer/connection.ts';
import { type HeaderShape, readBackupFile, readColumns } from '../../statements/backupHeaders.ts';
import { backupHeader } from './backupHeader.ts';
import type { FileReading, KeptHeaders, KeptReading } from './headerCache.ts';
import type { LocatedFile } from './listBackupFiles.ts';

/** Where the server does not say when a file was changed, its headers count for so long. */
const FRESH_MS = 600_000;

export type ReadFile = FileReading & { readonly device: BackupDevice };

/** Reads what is new or has changed, a few files at once; everything else is remembered. */
export async function readHeaders(
  connection: Connection,
  files: readonly LocatedFile[],
  kept: KeptHeaders,
  now: number,
): Promise<readonly ReadFile[]> {
  const limit = atMost(FILES_AT_ONCE);
  return Promise.all(
    files.map(async ({ device, version }) => {
      const known = kept.files.get(device.name);
      if (known !== undefined && isFresh(known, version, now)) return { device, ...(await known.reading) };
      const reading = limit(() => readFile(connection, device, kept));
      kept.files.set(device.name, { version, readAt: now, reading });
      const forget = () => {
        if (kept.files.get(device.name)?.reading === reading) kept.files.delete(device.name);
      };
      const found = await reading.catch((error: unknown) => {
        forget();
        throw error;
      });
      if ('failure' in found && !isInFile(found.failure)) forget();
      return { device, ...found };
    }),
  );
}

const isFresh = (known: KeptReading, version: string | undefined, now: number): boolean =>
  version === undefined ? now - known.readAt < FRESH_MS : known.version === version;

/** It stays so until the file is changed; a lock or a missing right may pass. */
const isInFile = (error: Error) => isServerError(error, 'backup-corrupt', 'not-a-backup');

async function readFile(
  connection: Connection,
  device: BackupDevice,
  kept: KeptHeaders,
  isAgain = false,
): Promise<FileReading> {
  const options = { doing: 'reading its header' };
  try {
    kept.shape ??= await readShape(connection, device);
    return { headers: await connection.ask(readBackupFile(device, kept.shape), backupHeader, options) };
  } catch (error) {
    if (isServerError(error, 'statement-refused') && error.number === OTHER_COLUMNS) {
      delete kept.shape;
      if (isAgain) throw error;
      return readFile(connection, device, kept, true);
    }
    if (error instanceof TerminalError && !isServerError(error, 'permission-missing')) return { failure: error };
    throw error;
  }
}

/** The server was upgraded since it told its columns. */
const OTHER_COLUMNS = 213;

async function readShape(connection: Connection, device: BackupDevice): Promise<HeaderShape> {
  const columns = async (what: 'LABELONLY' | 'HEADERONLY') => {
    const [row] = await connection.ask(readColumns(what, device), z.looseObject({}), { doing: 'reading its header' });
    return Object.keys(row ?? {});
  };
  return { label: await columns('LABELONLY'), header: await columns('HEADERONLY') };
}

function atMost(most: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running === most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
