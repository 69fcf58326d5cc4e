import { expect, test } from 'vitest';
import { readBackupHistory } from '../../../../../engine/environments/sqlServer/chain/backupHistory.ts';
import { aBackup, lsnOf } from './aBackup.ts';
import type { Row } from './aBackup.ts';

function read(...rows: readonly unknown[]) {
  const reader = readBackupHistory();
  for (const row of rows) reader.add(row);
  return reader.databases();
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

test('rows that cannot be read › are named with their place and reason, all of them at once', () => {
  const bad = [
    aFull({ first_lsn: Number('4213000000010000001') }),
    aFull({ backup_finish_date: '2026-11-31T00:00:00' }),
    aFull({ backup_finish_date: '2026-11-19T00:00:00' }),
    aFull({ first_lsn: null }),
    { type: 'D' },
  ];
  expect(() => read(aFull(), ...bad)).toThrow(
    [
      'The backup history cannot be used: Row 2: first_lsn: Invalid input: expected string, received number',
      'Row 3: a date that does not exist: 2026-11-20T00:00:00, 2026-11-31T00:00:00, null',
      'Row 4: the backup finishes (2026-11-19T00:00:00) before it starts (2026-11-20T00:00:00)',
      'Row 5: first_lsn and last_lsn are needed',
      'Row 6: backup_set_uuid: Invalid input: expected string, received undefined',
    ].join('\n'),
  );
});

test('rows that are no backups › are refused', () => {
  for (const row of [null, 7, 'x', [], { ...aFull(), type: 'X' }, aFull({ time_zone: 57 }), aFull({ is_damaged: 1 })]) {
    expect(() => read(row)).toThrow('Row 1');
  }
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
  expect(() => read(aFull(), aFull({ last_lsn: '7' }))).toThrow('full stands for two different backups');
});
