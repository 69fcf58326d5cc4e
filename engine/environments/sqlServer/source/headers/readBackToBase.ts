import { isSameName } from '../../names.ts';
import type { Connection } from '../../../../databases/sqlServer/connection.ts';
import type { BackupHeader } from './backupHeader.ts';
import type { KeptHeaders } from './headerCache.ts';
import type { LocatedFile } from './listBackupFiles.ts';
import { type ReadFile, readHeaders } from './readHeaders.ts';

const DAY_MS = 86_400_000;
/** The longest retention, and a day for the clocks of two servers. */
const RETENTION_MS = 31 * DAY_MS;
const SLICE_MS = 7 * DAY_MS;

/**
 * Reads the files of the last weeks, then older ones week by week until both databases have a full backup from before the
 * retention: everything older is in it. Where the server tells no times, it reads all.
 */
export async function readBackToBase(
  connection: Connection,
  files: readonly LocatedFile[],
  databases: readonly string[],
  kept: KeptHeaders,
  now: number,
): Promise<readonly ReadFile[]> {
  forgetOthers(kept, files);
  const edge = new Date(now - RETENTION_MS).toISOString().slice(0, 19);
  const slices = Map.groupBy(files, ({ writtenAt }) => sliceOf(writtenAt, now));
  const read: ReadFile[] = [];
  let isEnough = false;
  for (const slice of [...slices.keys()].toSorted((one, other) => one - other)) {
    read.push(...(await readHeaders(connection, slices.get(slice) ?? [], kept, now)));
    // One week more than that: the stripes of a backup need not fall into the same week.
    if (isEnough) break;
    const headers = read.flatMap((one) => ('headers' in one ? one.headers : []));
    const hasBase = (name: string) => headers.some((header) => isBaseOf(header, name, edge));
    isEnough = databases.every(hasBase);
  }
  return read;
}

function forgetOthers(kept: KeptHeaders, files: readonly LocatedFile[]): void {
  const present = new Set(files.map(({ device }) => device.name));
  for (const name of kept.files.keys()) if (!present.has(name)) kept.files.delete(name);
}

function sliceOf(writtenAt: string | undefined, now: number): number {
  const age = writtenAt === undefined ? 0 : now - Date.parse(`${writtenAt.slice(0, 23)}Z`);
  return age <= RETENTION_MS ? 0 : Math.ceil((age - RETENTION_MS) / SLICE_MS);
}

const FULL = 1;

/** Differentials of the retention may rest on an older full backup than a copy-only one. */
const isBaseOf = (header: BackupHeader, database: string, edge: string): boolean =>
  header.backup_type === FULL &&
  isSameName(header.database_name ?? '', database) &&
  header.is_copy_only !== true &&
  header.is_damaged !== true &&
  header.is_snapshot !== true &&
  (header.backup_finish_date ?? edge) < edge;
