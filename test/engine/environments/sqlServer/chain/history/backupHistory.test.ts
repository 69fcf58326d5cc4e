import { expect, test } from 'vitest';
import { readBackupHistory } from '../../../../../../engine/environments/sqlServer/chain/history/backupHistory.ts';
import { aBackup, aFamily, lsn, lsnOf } from '../aBackup.ts';
import type { Row } from '../aBackup.ts';

function read(...rows: readonly unknown[]) {
  const reader = readBackupHistory();
  for (const row of rows) reader.add(row);
  return reader.databases();
}

function oddities(...rows: readonly unknown[]) {
  const reader = readBackupHistory();
  for (const row of rows) reader.add(row);
  return reader.oddRows().map(({ row, why }) => `${String(row)} ${why}`);
}

function aFull(more: Row = {}): Row {
  return aBackup('full', 'D', '00:00', 100, 110, more);
}

test('a row › keeps LSNs of 22 digits exactly', () => {
  const [set] = read(aFull())[0]?.sets ?? [];
  expect([set?.firstLsn, set?.lastLsn]).toEqual([lsnOf(100), lsnOf(110)]);
});

test('a row › without the columns that FOR JSON leaves out when they are NULL is complete', () => {
  const row = aFull();
  delete row['time_zone'];
  delete row['recovery_model'];
  delete row['software_major_version'];
  const [set] = read(row)[0]?.sets ?? [];
  expect([set?.zoneMinutes, set?.isSimpleRecovery, set?.softwareMajorVersion]).toEqual([null, false, null]);
});

test('rows that cannot be read › are left out and named with their place and reason, and the others count', () => {
  const bad = [
    aFull({ first_lsn: Number('4213000000010000001') }),
    aFull({ first_lsn: null }),
    { type: 'D' },
    { ...aFull(), family_guid: null },
    { ...aFull(), type: 'X' },
    aFull({ is_damaged: 1 }),
    aFull({ server_name: 7 }),
    aFull({ first_lsn: lsn(111) }),
  ];
  const lsns =
    'first_lsn and last_lsn are needed, as strings of 1 to 25 digits (as JSON numbers they lose digits), so that it is left out';
  expect(oddities(aFull(), ...bad)).toEqual([
    `2 ${lsns}`,
    `3 ${lsns}`,
    '4 backup_set_uuid is missing, so that it is left out',
    '5 family_guid is missing, so that it is left out',
    '6 type "X" is no kind of backup, so that it is left out',
    '7 is_damaged 1 is neither true nor false, so that it is left out',
    '8 server_name 7 is no text, so that it is left out',
    '9 last_lsn comes before first_lsn, so that it is left out',
  ]);
  expect(() => read(...bad)).toThrow(`The backup history cannot be used: Row 1: ${lsns}\nRow 2: ${lsns}\nRow 3`);
});

test('a row with an odd column › counts without it, and is named', () => {
  const times = { backup_start_date: '2026-11-20T00:00:00', backup_finish_date: '2026-11-19T00:00:00' };
  for (const [more, odd] of [
    [times, 'it ends before it starts ("2026-11-20T00:00:00" to "2026-11-19T00:00:00")'],
    [
      { backup_finish_date: '2026-11-31T00:00:00' },
      'its times cannot be ("2026-11-20T00:00:00" to "2026-11-31T00:00:00")',
    ],
    [
      { backup_start_date: '1900-01-01T00:00:00' },
      'its times cannot be ("1900-01-01T00:00:00" to "2026-11-20T00:01:00")',
    ],
    [{ backup_start_date: null }, 'its times cannot be (NULL to "2026-11-20T00:01:00")'],
    [
      { backup_finish_date: '9999-12-31T23:59:59' },
      'its times cannot be ("2026-11-20T00:00:00" to "9999-12-31T23:59:59")',
    ],
    [{ last_valid_restore_time: 'x' }, 'last_valid_restore_time "x" cannot be, and is not used'],
    [{ time_zone: 57 }, 'time_zone 57 is no offset, so that its zone counts as unknown'],
    [{ time_zone: -127 }, 'time_zone -127 is no offset, so that its zone counts as unknown'],
    [{ time_zone: '4' }, 'time_zone "4" is no offset, so that its zone counts as unknown'],
    [{ family_count: null }, 'media_family_count is NULL, so that nobody knows whether all of its files are listed'],
    [{ family_count: 65 }, 'media_family_count is 65, so that nobody knows whether all of its files are listed'],
    [
      { families: [aFamily('x', 1, 0, 42)] },
      'its device_type is NULL or unknown, so that nobody knows whether it is a file',
    ],
  ] as const) {
    const log = aBackup('log', 'L', '00:00', 110, 120, more);
    expect([oddities(log), read(log)[0]?.sets.length]).toEqual([[`1 ${odd}`], 1]);
  }
  // 127 is what msdb writes when the server did not know, and a size is only shown.
  expect(oddities(aFull({ time_zone: 127 }), aFull({ backup_size: -1, compressed_backup_size: 'x' }))).toEqual([]);
});

test('rows that are no backups › are refused', () => {
  for (const row of [null, 7, 'x', []]) expect(() => read(row)).toThrow('Row 1: the row is no object');
  expect(() => read()).toThrow('it holds no backup');
});

test('databases › are told apart by family and name, whatever the case of either', () => {
  const rows = [
    aFull(),
    aFull({ backup_set_uuid: 'b', database_name: 'AXDB', family_guid: '{f0f0f0f0-0000-4000-8000-000000000001}' }),
    aFull({ backup_set_uuid: 'c', database_name: 'MRDB' }),
    aFull({ backup_set_uuid: 'd', family_guid: 'other' }),
  ];
  expect(read(...rows).map(({ databaseName, sets }) => [databaseName, sets.map(({ uuid }) => uuid)])).toEqual([
    ['AxDB', ['full', 'b']],
    ['MRDB', ['c']],
    ['AxDB', ['d']],
  ]);
});

test('one uuid › cannot stand for two backups', () => {
  expect(read(aFull(), aFull({ backup_set_uuid: 'FULL' }))[0]?.sets).toHaveLength(1);
  const rows = [aFull(), aFull({ last_lsn: lsn(120) }), aFull({ backup_set_uuid: 'other' })];
  for (const ordered of [rows, rows.toReversed()]) {
    expect(read(...ordered)[0]?.sets.map(({ uuid }) => uuid)).toEqual(['other']);
  }
  expect(oddities(...rows)).toEqual(['2 its uuid stands for two different backups, and neither counts']);
});
