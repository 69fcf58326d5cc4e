import type { BackupDevice } from '../../chain/backupSet.ts';
import type { BackupHeader, FileHeaders, Skipped } from './backupHeader.ts';

/** BackupType of "RESTORE HEADERONLY" in the letters of msdb.dbo.backupset. */
const types: ReadonlyMap<number | null, string> = new Map([
  [1, 'D'],
  [2, 'L'],
  [4, 'F'],
  [5, 'I'],
  [6, 'G'],
  [7, 'P'],
  [8, 'Q'],
]);

/** A backup as the planner takes it from msdb: the columns of backupset, with the files of its media. */
export interface HistoryRow extends Omit<BackupHeader, 'time_zone' | 'backup_start_date'> {
  readonly type: string;
  readonly backup_start_date: string;
  readonly time_zone: number | null;
  readonly families: readonly MediaFamily[];
}

interface MediaFamily {
  readonly family_sequence_number: number;
  readonly mirror: number;
  readonly physical_device_name: string;
  readonly device_type: number;
}

interface Member {
  readonly sequence: number;
  readonly device: BackupDevice;
}

export interface HistoryRows {
  readonly rows: readonly HistoryRow[];
  readonly skipped: readonly Skipped[];
}

/** The backups of `databases` and their families among many files: stripes and copies that belong together become one row. */
export function historyRowsOf(files: readonly FileHeaders[], databases: readonly string[]): HistoryRows {
  const wanted = familiesNamed(files, databases);
  const sets = new Map<string, { readonly header: BackupHeader; readonly members: Member[] }>();
  const skipped: Skipped[] = [];
  for (const { device, headers } of files) {
    for (const header of headers) {
      const { media_set_id: mediaSet, family_sequence_number: sequence, backup_set_uuid: uuid } = header;
      if (mediaSet === null || sequence === null || uuid === null || !types.has(header.backup_type)) {
        const why = `backup ${String(header.position ?? 0)} in it is not complete, or a newer version of SQL Server wrote it`;
        skipped.push({ name: device.name, why });
        continue;
      }
      if (!wanted.has(header.family_guid)) continue;
      // A file that is overwritten keeps its media set: a copy from before holds other backups at the same positions.
      const key = [mediaSet, header.position, uuid].join(' ');
      const set = sets.get(key) ?? { header, members: [] };
      sets.set(key, set);
      set.members.push({ sequence, device });
    }
  }
  return { rows: [...sets.values()].map(({ header, members }) => rowOf(header, members)), skipped };
}

/** A database that was renamed has older backups under another name; its family stays. */
function familiesNamed(files: readonly FileHeaders[], databases: readonly string[]): ReadonlySet<string | null> {
  const names = new Set(databases.map((name) => name.toLowerCase()));
  const headers = files.flatMap((file) => file.headers);
  const named = headers.filter(({ database_name: name }) => names.has((name ?? '').toLowerCase()));
  return new Set(named.map(({ family_guid: family }) => family));
}

function rowOf(header: BackupHeader, members: readonly Member[]): HistoryRow {
  return {
    ...header,
    type: types.get(header.backup_type) ?? '',
    backup_start_date: header.backup_start_date ?? '',
    time_zone: toldOffset(header),
    families: familiesOf(members, header.family_count),
  };
}

const LOG = 2;

/**
 * Recorded from SQL Server 2022 (16.0.4236) at UTC-3: TimeZone is -12 for a log backup, and 0, 48, 64 or 120 for full and
 * differential ones, which have no LastValidRestoreTime either. Where that is NULL the offset is whatever lay there.
 */
function toldOffset({ backup_type: type, last_valid_restore_time: valid, time_zone: told }: BackupHeader) {
  const isTold = type === LOG && typeof valid === 'string' && /^-?\d+$/.test(told ?? '');
  const quarters = isTold ? Number(told) : NaN;
  return Math.abs(quarters) <= 56 ? quarters : null;
}

/**
 * "The labels written for different mirrors in a set are identical" (RESTORE LABELONLY): files with one sequence number are
 * copies of each other, whether BACKUP or somebody else made them. A folder that holds all stripes is taken before a mixture.
 */
function familiesOf(members: readonly Member[], count: number | null): readonly MediaFamily[] {
  const inFolder = Map.groupBy(members, ({ device }) => folderOf(device.name));
  const isWhole = ({ device }: Member) =>
    new Set(inFolder.get(folderOf(device.name))?.map(({ sequence }) => sequence)).size === count;
  const sorted = members.toSorted(
    (one, other) => Number(isWhole(other)) - Number(isWhole(one)) || (one.device.name < other.device.name ? -1 : 1),
  );
  return [...Map.groupBy(sorted, ({ sequence }) => sequence).values()].flatMap((copies) =>
    copies.map(({ sequence, device }, mirror) => ({
      family_sequence_number: sequence,
      mirror,
      physical_device_name: device.name,
      device_type: device.kind === 'url' ? 9 : 2,
    })),
  );
}

const folderOf = (path: string) => path.replace(/[^\\/]*$/, '').toLowerCase();
