import { readBackupHistory } from '../../../../../engine/environments/sqlServer/chain/history/backupHistory.ts';
import type { DatabaseHistory } from '../../../../../engine/environments/sqlServer/chain/backupSet.ts';

/** A row as the export writes it. */
export type Row = Record<string, unknown>;

export const familyGuid = 'F0F0F0F0-0000-4000-8000-000000000001';
export const forkA = 'AAAAAAAA-0000-4000-8000-00000000000A';
export const forkB = 'BBBBBBBB-0000-4000-8000-00000000000B';

/** 2026-11-20 in UTC: `at('18:30')`, `at('18:30:05.003')`. */
export function at(time: string): number {
  return Date.parse(`2026-11-20T${time.length === 5 ? `${time}:00` : time}Z`);
}

/**
 * A row of a healthy history in UTC. `from`/`to` are LSNs; the backup takes a minute unless told otherwise.
 * The name of the backup is its uuid and its file.
 */
export function aBackup(uuid: string, type: string, start: string, from: number, to: number, more: Row = {}): Row {
  const started = `2026-11-20T${start.length === 5 ? `${start}:00` : start}`;
  return {
    backup_set_uuid: uuid,
    type,
    database_name: 'AxDB',
    server_name: 'SQL1',
    family_guid: familyGuid,
    first_lsn: lsn(from),
    last_lsn: lsn(to),
    first_recovery_fork_guid: forkA,
    last_recovery_fork_guid: forkA,
    backup_start_date: started,
    backup_finish_date: new Date(Date.parse(`${started}Z`) + 60_000).toISOString().slice(0, 19),
    time_zone: 0,
    recovery_model: 'FULL',
    software_major_version: 16,
    family_count: 1,
    families: [aFamily(`E:\\backup\\${uuid}.${type === 'L' ? 'trn' : 'bak'}`)],
    ...more,
  };
}

export function aFamily(name: string, sequence = 1, mirror = 0, deviceType = 2): Row {
  return { family_sequence_number: sequence, mirror, physical_device_name: name, device_type: deviceType };
}

/** LSNs of 22 digits, as a busy server has them: beyond what a JavaScript number can hold. */
export function lsn(value: number): string {
  return `4213${String(value).padStart(13, '0')}00001`;
}

export function lsnOf(value: number): bigint {
  return BigInt(lsn(value));
}

export function aHistory(rows: readonly Row[]): DatabaseHistory {
  const [only, ...others] = histories(rows);
  if (only === undefined || others.length > 0) throw new Error('one database expected');
  return only;
}

export function histories(rows: readonly Row[]): readonly DatabaseHistory[] {
  const reader = readBackupHistory();
  for (const row of rows) reader.add(row);
  return reader.databases();
}
