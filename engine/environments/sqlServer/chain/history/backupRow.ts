import type { BackupDefect, BackupSet } from '../backupSet.ts';
import { listMirrors } from './media.ts';
import type { Media, MediaFamily } from './media.ts';
import { parseServerTime } from '../serverTime.ts';

/** A row as far as it can be used. */
export interface ReadRow {
  readonly set: BackupSet;
  /** Further complete mirrors, should the file of the first be written over. */
  readonly otherMirrors: readonly Media[];
  /** Null when the row does not say: the set then claims the first place. */
  readonly position: number | null;
  /** What about the row is odd, and what follows from it. */
  readonly odd: string | null;
}

/** Names and GUIDs repeat on every row: one string of each keeps a long history small. */
export interface Interner {
  readonly intern: (text: string) => string;
  /** Lower case, without braces; empty where there is none. */
  readonly guidOf: (value: unknown) => string;
}

export function createInterner(): Interner {
  const texts = new Map<string, string>();
  const guids = new Map<unknown, string>();
  const intern = (text: string) => {
    const same = texts.get(text);
    if (same === undefined) texts.set(text, text);
    return same ?? text;
  };
  const guidOf = (value: unknown) => {
    const known = guids.get(value);
    if (known !== undefined) return known;
    const guid = textOf(value).toLowerCase().replace(/[{}]/g, '');
    guids.set(value, guid);
    return guid;
  };
  return { intern, guidOf };
}

type Fields = Readonly<Record<string, unknown>>;

const types: ReadonlyMap<unknown, BackupSet['type']> = new Map([
  ['D', 'full'],
  ['I', 'differential'],
  ['L', 'log'],
  ['F', 'file-or-partial'],
  ['G', 'file-or-partial'],
  ['P', 'file-or-partial'],
  ['Q', 'file-or-partial'],
]);
const flags = ['is_copy_only', 'is_damaged', 'is_snapshot', 'has_bulk_logged_data', 'has_incomplete_metadata'];
const texts = ['server_name', 'recovery_model', 'encryptor_thumbprint', 'database_guid'];
const mostFamilies = 64;
const quarterHour = 15;
const furthestQuarters = 56;
const zoneUnknown = 127;
const hourMs = 60 * 60_000;
/** No SQL Server was older, and none of their clocks is right beyond. */
const earliestDate = Date.UTC(1990, 0, 1);
const latestDate = Date.UTC(2100, 0, 1);

/**
 * Reads one row of msdb.dbo.backupset, exported as docs/plan-from-history.md says; columns that are not needed are ignored.
 * By hand and not by a schema: a history has a hundred thousand of them.
 * @returns why the row cannot be used at all, as text.
 */
export function readBackupRow(row: unknown, { intern, guidOf }: Interner): ReadRow | string {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'the row is no object';
  // Every member is checked where it is read.
  const fields = row as Fields;
  const problem = findProblem(fields);
  if (problem !== undefined) return problem;
  const type = types.get(fields['type']) ?? 'file-or-partial';
  const firstLsn = readDigits(fields['first_lsn'], 25);
  const lastLsn = readDigits(fields['last_lsn'], 25);
  if (type !== 'file-or-partial') {
    if (firstLsn === null || lastLsn === null)
      return 'first_lsn and last_lsn are needed, as strings of 1 to 25 digits (as JSON numbers they lose digits)';
    if (lastLsn < firstLsn) return 'last_lsn comes before first_lsn';
  }
  const times = readTimes(fields);
  const zone = readZone(fields['time_zone']);
  const media = readMedia(fields);
  const [chosen, ...others] = media.mirrors;
  const firstFork = guidOf(fields['first_recovery_fork_guid']);
  const lastFork = guidOf(fields['last_recovery_fork_guid']);
  const forkPoint = firstFork === lastFork ? null : readDigits(fields['fork_point_lsn'], 25);
  const base = guidOf(fields['differential_base_guid']);
  const size = readDigits(fields['compressed_backup_size'], 20) ?? readDigits(fields['backup_size'], 20);
  const position = integerOf(fields['position']);
  const set: BackupSet = {
    uuid: textOf(fields['backup_set_uuid']),
    type,
    databaseName: intern(textOf(fields['database_name'])),
    serverName: intern(textOf(fields['server_name'])),
    databaseGuid: guidOf(fields['database_guid']),
    familyGuid: guidOf(fields['family_guid']),
    firstLsn: firstLsn ?? 0n,
    lastLsn: lastLsn ?? 0n,
    forkPointLsn: forkPoint,
    firstFork,
    lastFork,
    firstPath: firstFork,
    lastPath: lastFork,
    pathPointLsn: forkPoint,
    differentialBaseGuid: type === 'differential' && base !== '' ? base : null,
    startedLocal: times.started,
    finishedLocal: times.finished,
    doubt: times.doubt,
    lastValidRestoreLocal: times.doubt === null ? times.valid : null,
    zoneMinutes: times.doubt === null ? zone.minutes : null,
    isCopyOnly: fields['is_copy_only'] === true,
    isSimpleRecovery: fields['recovery_model'] === 'SIMPLE',
    hasBulkLoggedData: fields['has_bulk_logged_data'] === true,
    hasIncompleteMetadata: fields['has_incomplete_metadata'] === true,
    softwareMajorVersion: integerOf(fields['software_major_version']),
    encryptorThumbprint: isAbsent(fields['encryptor_thumbprint'])
      ? null
      : intern(textOf(fields['encryptor_thumbprint'])),
    position: position ?? 1,
    sizeBytes: size,
    devices: chosen.devices,
    defect: findDefect(fields, type, chosen),
  };
  const odds = [times.doubt, times.odd, zone.odd, media.odd].filter((odd) => odd !== null);
  return { set, otherMirrors: others.filter(({ defect }) => defect === null), position, odd: odds.join('; ') || null };
}

/** What nothing can be read without, and what is not what the column holds. */
function findProblem(fields: Fields): string | undefined {
  for (const name of ['backup_set_uuid', 'family_guid']) {
    if (textOf(fields[name]) === '') return `${name} is missing`;
  }
  if (!types.has(fields['type'])) return `type ${show(fields['type'])} is no kind of backup`;
  for (const name of flags) {
    const value = fields[name];
    if (!isAbsent(value) && typeof value !== 'boolean') return `${name} ${show(value)} is neither true nor false`;
  }
  for (const name of texts) {
    if (!isAbsent(fields[name]) && typeof fields[name] !== 'string') return `${name} ${show(fields[name])} is no text`;
  }
  return undefined;
}

interface Times {
  readonly started: number;
  readonly finished: number;
  readonly valid: number | null;
  readonly doubt: string | null;
  readonly odd: string | null;
}

function readTimes(fields: Fields): Times {
  const started = readTime(fields['backup_start_date']);
  const finished = readTime(fields['backup_finish_date']);
  const written = `${show(fields['backup_start_date'])} to ${show(fields['backup_finish_date'])}`;
  if (started === undefined || finished === undefined) return doubtful(`its times cannot be (${written})`);
  // Less than an hour back is the end of summer time; anything more is no clock of one server.
  if (finished < started - hourMs) return doubtful(`it ends before it starts (${written})`);
  const validText = fields['last_valid_restore_time'];
  const valid = isAbsent(validText) ? null : readTime(validText);
  const odd = valid === undefined ? `last_valid_restore_time ${show(validText)} cannot be, and is not used` : null;
  return { started, finished, valid: valid ?? null, doubt: null, odd };
}

const doubtful = (doubt: string): Times => ({ started: -Infinity, finished: Infinity, valid: null, doubt, odd: null });

function readTime(value: unknown): number | undefined {
  const time = typeof value === 'string' ? parseServerTime(value) : undefined;
  return time !== undefined && time >= earliestDate && time < latestDate ? time : undefined;
}

function readZone(value: unknown): { readonly minutes: number | null; readonly odd: string | null } {
  if (isAbsent(value) || value === zoneUnknown) return { minutes: null, odd: null };
  const quarters = integerOf(value);
  if (quarters !== null && Math.abs(quarters) <= furthestQuarters)
    return { minutes: quarters * quarterHour, odd: null };
  return { minutes: null, odd: `time_zone ${show(value)} is no offset, so that its zone counts as unknown` };
}

interface ReadMedia {
  readonly mirrors: readonly [Media, ...Media[]];
  readonly odd: string | null;
}

function readMedia(fields: Fields): ReadMedia {
  const families = Array.isArray(fields['families']) ? fields['families'].flatMap(readFamily) : [];
  const count = integerOf(fields['family_count']);
  if (count === null || count < 1 || count > mostFamilies) {
    const odd = `media_family_count is ${show(fields['family_count'])}, so that nobody knows whether all of its files are listed`;
    const { devices } = listMirrors(families, families.length)[0];
    return { mirrors: [{ devices, defect: { kind: 'family-count' } }], odd };
  }
  const mirrors = listMirrors(families, count);
  const { defect } = mirrors[0];
  const isUnknown = defect?.kind === 'device' && defect.trouble === 'unknown';
  return {
    mirrors,
    odd: isUnknown ? 'its device_type is NULL or unknown, so that nobody knows whether it is a file' : null,
  };
}

function readFamily(value: unknown): readonly MediaFamily[] {
  if (typeof value !== 'object' || value === null) return [];
  // Every member is checked where it is read.
  const fields = value as Fields;
  const sequence = integerOf(fields['family_sequence_number']);
  if (sequence === null) return [];
  return [
    {
      family_sequence_number: sequence,
      mirror: integerOf(fields['mirror']),
      physical_device_name: textOf(fields['physical_device_name']),
      device_type: integerOf(fields['device_type']),
    },
  ];
}

function findDefect(fields: Fields, type: BackupSet['type'], media: Media): BackupDefect | null {
  if (type === 'file-or-partial') return { kind: 'file-or-partial' };
  if (fields['is_damaged'] === true) return { kind: 'damaged' };
  if (fields['is_snapshot'] === true) return { kind: 'snapshot' };
  return media.defect;
}

function readDigits(value: unknown, most: number): bigint | null {
  if (typeof value !== 'string' || value.length === 0 || value.length > most) return null;
  for (let place = 0; place < value.length; place += 1) {
    const code = value.charCodeAt(place);
    if (code < 0x30 || code > 0x39) return null;
  }
  return BigInt(value);
}

const integerOf = (value: unknown): number | null => (Number.isInteger(value) ? Number(value) : null);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isAbsent = (value: unknown): boolean => value === null || value === undefined;

const show = (value: unknown): string => (isAbsent(value) ? 'NULL' : JSON.stringify(value).slice(0, 40));
