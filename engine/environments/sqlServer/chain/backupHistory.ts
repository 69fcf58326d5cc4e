import { z } from 'zod';
import type { BackupDefect, BackupSet, DatabaseHistory } from './backupSet.ts';
import { BackupHistoryUnusableError } from './errors.ts';
import { chooseMedia } from './media.ts';
import type { Media } from './media.ts';
import { parseServerTime } from './serverTime.ts';

const lsn = z.string().regex(/^\d{1,25}$/, 'an LSN is a string of 1 to 25 digits (as a JSON number it loses digits)');
const guid = z.string().min(1, 'a GUID is a string').max(64);
const size = z.string().regex(/^\d{1,20}$/, 'a size is a string of digits');
const serverTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?$/, 'a time is yyyy-mm-ddThh:mm:ss');
const flag = z.boolean().nullable().default(false);
const integer = z.int().nullable().default(null);

/** Names and meanings are those of msdb.dbo.backupset and backupmediafamily; columns that are not read are ignored. */
const backupRow = z.object({
  backup_set_uuid: guid,
  type: z.enum(['D', 'I', 'L', 'F', 'G', 'P', 'Q']),
  database_name: z.string().min(1),
  server_name: z.string().nullable().default(null),
  family_guid: guid,
  first_lsn: lsn.nullable().default(null),
  last_lsn: lsn.nullable().default(null),
  fork_point_lsn: lsn.nullable().default(null),
  first_recovery_fork_guid: guid.nullable().default(null),
  last_recovery_fork_guid: guid.nullable().default(null),
  differential_base_guid: guid.nullable().default(null),
  backup_start_date: serverTime,
  backup_finish_date: serverTime,
  last_valid_restore_time: serverTime.nullable().default(null),
  // Quarter hours; 127: the server did not know.
  time_zone: z
    .union([z.int().min(-56).max(56), z.literal(127)])
    .nullable()
    .default(null),
  is_copy_only: flag,
  is_damaged: flag,
  is_snapshot: flag,
  has_bulk_logged_data: flag,
  has_incomplete_metadata: flag,
  recovery_model: z.string().nullable().default(null),
  software_major_version: integer,
  encryptor_thumbprint: z.string().nullable().default(null),
  position: integer,
  backup_size: size.nullable().default(null),
  compressed_backup_size: size.nullable().default(null),
  family_count: z.int().min(1).max(64),
  families: z.array(
    z.object({
      family_sequence_number: z.int(),
      mirror: z.int().nullable().default(0),
      physical_device_name: z.string().nullable().default(null),
      device_type: z.int().nullable().default(null),
    }),
  ),
});
type BackupRow = z.infer<typeof backupRow>;

const types = {
  D: 'full',
  I: 'differential',
  L: 'log',
  F: 'file-or-partial',
  G: 'file-or-partial',
  P: 'file-or-partial',
  Q: 'file-or-partial',
} as const satisfies Record<BackupRow['type'], BackupSet['type']>;

const quarterHour = 15;
const zoneUnknown = 127;
const mostProblems = 5;

export interface BackupHistoryReader<Row = unknown> {
  /** Takes the next row as it came from JSON or from msdb. */
  add(row: Row): void;
  /**
   * One history per database name and family, in the order of first appearance.
   * @throws BackupHistoryUnusableError naming the first rows that cannot be read, and why.
   */
  databases(): readonly DatabaseHistory[];
}

/**
 * Collects exported rows, from one server or from several replicas: a backup that appears twice is one backup.
 * With `skip`, a row that cannot be used is handed to it and the others count.
 */
export function readBackupHistory<Row = unknown>(skip?: (row: Row, problem: string) => void): BackupHistoryReader<Row> {
  const problems: string[] = [];
  const byUuid = new Map<string, BackupSet>();
  const intern = createInterner();
  let rows = 0;

  const complain = (row: Row, problem: string) => {
    if (skip) return skip(row, problem);
    if (problems.length < mostProblems) problems.push(`Row ${String(rows)}: ${problem}`);
  };

  return {
    add(row) {
      rows += 1;
      const parsed = backupRow.safeParse(row);
      if (!parsed.success) return complain(row, describeIssue(parsed.error));
      const set = toBackupSet(parsed.data, intern);
      if (typeof set === 'string') return complain(row, set);
      const key = set.uuid.toLowerCase();
      const known = byUuid.get(key);
      if (known !== undefined && !isSameBackup(known, set)) {
        return complain(row, `backup_set_uuid ${set.uuid} stands for two different backups`);
      }
      // A restore writes the history of what it read into its own msdb, with its own paths: any complete media will do.
      if (known === undefined || (known.defect !== null && set.defect === null)) byUuid.set(key, set);
    },

    databases() {
      if (problems.length > 0) throw new BackupHistoryUnusableError(problems.join('\n'));
      if (rows === 0) throw new BackupHistoryUnusableError('it holds no backup');
      const groups = Map.groupBy(byUuid.values(), (set) => `${set.familyGuid}\n${set.databaseName.toLowerCase()}`);
      return [...groups.values()].flatMap((sets) => {
        const [first] = sets;
        return first === undefined ? [] : [{ databaseName: first.databaseName, familyGuid: first.familyGuid, sets }];
      });
    },
  };
}

/** The backup, or what is wrong with the row. */
function toBackupSet(row: BackupRow, intern: (text: string) => string): BackupSet | string {
  const startedLocal = parseServerTime(row.backup_start_date);
  const finishedLocal = parseServerTime(row.backup_finish_date);
  const validText = row.last_valid_restore_time;
  const lastValidRestoreLocal = validText === null ? null : parseServerTime(validText);
  if (startedLocal === undefined || finishedLocal === undefined || lastValidRestoreLocal === undefined) {
    return `a date that does not exist: ${row.backup_start_date}, ${row.backup_finish_date}, ${validText ?? 'null'}`;
  }
  // Less than an hour back is the end of summer time; anything more is no clock of one server.
  if (finishedLocal < startedLocal - 60 * 60_000) {
    return `the backup finishes (${row.backup_finish_date}) before it starts (${row.backup_start_date})`;
  }
  const type = types[row.type];
  const { first_lsn: firstLsn, last_lsn: lastLsn } = row;
  if (type !== 'file-or-partial' && (firstLsn === null || lastLsn === null)) {
    return 'first_lsn and last_lsn are needed';
  }
  const media = chooseMedia(row.families, row.family_count);
  const firstFork = intern(normalizeGuid(row.first_recovery_fork_guid));
  const lastFork = intern(normalizeGuid(row.last_recovery_fork_guid));
  const set: BackupSet = {
    uuid: row.backup_set_uuid,
    type,
    databaseName: intern(row.database_name),
    serverName: intern(row.server_name ?? ''),
    familyGuid: intern(normalizeGuid(row.family_guid)),
    firstLsn: BigInt(firstLsn ?? 0),
    lastLsn: BigInt(lastLsn ?? 0),
    forkPointLsn: row.fork_point_lsn === null || firstFork === lastFork ? null : BigInt(row.fork_point_lsn),
    firstFork,
    lastFork,
    differentialBaseGuid:
      type === 'differential' && row.differential_base_guid !== null
        ? intern(normalizeGuid(row.differential_base_guid))
        : null,
    startedLocal,
    finishedLocal,
    lastValidRestoreLocal,
    zoneMinutes: row.time_zone === null || row.time_zone === zoneUnknown ? null : row.time_zone * quarterHour,
    isCopyOnly: row.is_copy_only ?? false,
    isSimpleRecovery: row.recovery_model === 'SIMPLE',
    hasBulkLoggedData: row.has_bulk_logged_data ?? false,
    hasIncompleteMetadata: row.has_incomplete_metadata ?? false,
    softwareMajorVersion: row.software_major_version,
    encryptorThumbprint: row.encryptor_thumbprint === null ? null : intern(row.encryptor_thumbprint),
    position: row.position ?? 1,
    sizeBytes: readSize(row),
    devices: media.devices,
    defect: findDefect(row, type, media),
  };
  return set;
}

function findDefect(row: BackupRow, type: BackupSet['type'], media: Media): BackupDefect | null {
  if (type === 'file-or-partial') return { kind: 'file-or-partial' };
  if (row.is_damaged === true) return { kind: 'damaged' };
  if (row.is_snapshot === true) return { kind: 'snapshot' };
  return media.defect;
}

/** What has to be read: the compressed size where there is one. */
function readSize(row: BackupRow): bigint | null {
  const text = row.compressed_backup_size ?? row.backup_size;
  return text === null ? null : BigInt(text);
}

function isSameBackup(left: BackupSet, right: BackupSet): boolean {
  return (
    left.type === right.type &&
    left.familyGuid === right.familyGuid &&
    left.firstLsn === right.firstLsn &&
    left.lastLsn === right.lastLsn
  );
}

function normalizeGuid(text: string | null): string {
  return (text ?? '').toLowerCase().replace(/[{}]/g, '');
}

function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'not a backup set';
  const place = issue.path.length === 0 ? 'the row' : issue.path.join('.');
  return `${place}: ${issue.message}`;
}

/** Names and GUIDs repeat on every row: one string of each keeps a long history small. */
function createInterner(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const same = known.get(text);
    if (same !== undefined) return same;
    known.set(text, text);
    return text;
  };
}
