import { expect, test } from 'vitest';
import { readBackupHistory } from '../../../../../../engine/environments/sqlServer/chain/history/backupHistory.ts';
import type { FileHeaders } from '../../../../../../engine/environments/sqlServer/source/headers/backupHeader.ts';
import { historyRowsOf } from '../../../../../../engine/environments/sqlServer/source/headers/historyRows.ts';
import { aFile, aHeader, anOldHeader } from './aHeader.ts';

const rowsOf = (...files: readonly FileHeaders[]) => historyRowsOf(files, ['AxDB', 'ManagementReporter']).rows;

/** As the planner sees them. */
function setsOf(...files: readonly FileHeaders[]) {
  const reader = readBackupHistory();
  for (const row of rowsOf(...files)) reader.add(row);
  return reader.databases().flatMap(({ sets }) => sets);
}

const stripe = (sequence: number) => aHeader({ family_count: 2, family_sequence_number: sequence });
const devicesOf = (...files: readonly FileHeaders[]) =>
  setsOf(...files).map(({ devices }) => devices.map(({ name }) => name));

test('a header › is read by the planner as the row of msdb that the same backup left', () => {
  const header = aHeader({
    first_lsn: '4213000000000000100001',
    last_lsn: '4213000000000000200001',
    has_bulk_logged_data: true,
    encryptor_thumbprint: '0x29E78C2A370C94D8B176476AE91147A2A1BC694D',
    position: 3,
  });
  expect(setsOf(aFile('\\\\nas01\\sql\\AxDB.trn', header))).toEqual([
    expect.objectContaining({
      uuid: '4956B312-803E-400F-A2A4-000000000003',
      type: 'log',
      databaseName: 'AxDB',
      familyGuid: 'a1b2c3d4-0000-4000-8000-000000000001',
      firstLsn: 4213000000000000100001n,
      lastLsn: 4213000000000000200001n,
      zoneMinutes: -180,
      hasBulkLoggedData: true,
      encryptorThumbprint: '0x29E78C2A370C94D8B176476AE91147A2A1BC694D',
      position: 3,
      sizeBytes: 40361n,
      devices: [{ kind: 'disk', name: '\\\\nas01\\sql\\AxDB.trn' }],
      defect: null,
    }),
  ]);
});

test('a header › gives each kind of backup the letter of msdb', () => {
  const headers = [1, 2, 4, 5, 6, 7, 8].map((type, at) => aHeader({ backup_type: type, position: at + 1 }));
  expect(rowsOf(aFile('D:\\a.bak', ...headers)).map(({ type }) => type)).toEqual(['D', 'L', 'F', 'I', 'G', 'P', 'Q']);
});

test('the offset of a header › is taken from a log backup of 2022 or later, and from nothing else', () => {
  const told = [
    aHeader({ position: 1 }),
    // Recorded: a full and a differential backup of the same server, in UTC-3, have no time, and rubbish for its zone.
    aHeader({ position: 2, backup_type: 1, last_valid_restore_time: null, time_zone: '48' }),
    aHeader({ position: 3, backup_type: 5, last_valid_restore_time: null, time_zone: '0' }),
    aHeader({ position: 4, last_valid_restore_time: null }),
    aHeader({ position: 5, time_zone: '127' }),
    aHeader({ position: 6, time_zone: null }),
    anOldHeader({ position: 7 }),
    anOldHeader({ position: 8, backup_type: 1, software_major_version: 15 }),
  ];
  expect(rowsOf(aFile('D:\\a.bak', ...told)).map(({ time_zone }) => time_zone)).toEqual([
    -12,
    ...[null, null, null, null, null, null, null],
  ]);
});

test('stripes › of one media set are one backup, in their order, wherever they lie', () => {
  expect(devicesOf(aFile('F:\\two.trn', stripe(2)), aFile('E:\\one.trn', stripe(1)))).toEqual([
    ['E:\\one.trn', 'F:\\two.trn'],
  ]);
});

test('stripes › that are not all there are a backup that the planner does not use', () => {
  const [set] = setsOf(aFile('F:\\two.trn', stripe(2)));
  expect(set?.defect).toEqual({ kind: 'media-incomplete', missing: [1], familyCount: 2 });
});

test('mirrors › are taken whole where a folder holds all stripes', () => {
  const whole = [aFile('G:\\b\\1.trn', stripe(1)), aFile('G:\\b\\2.trn', stripe(2))];
  expect(devicesOf(aFile('E:\\a\\1.trn', stripe(1)), ...whole)).toEqual([['G:\\b\\1.trn', 'G:\\b\\2.trn']]);
  expect(devicesOf(aFile('E:\\a\\1.trn', stripe(1)), aFile('E:\\a\\2.trn', stripe(2)), ...whole)).toEqual([
    ['E:\\a\\1.trn', 'E:\\a\\2.trn'],
  ]);
});

test('mirrors › complete each other where no folder holds all stripes: their labels are identical', () => {
  expect(devicesOf(aFile('E:\\a\\1.trn', stripe(1)), aFile('G:\\b\\2.trn', stripe(2)))).toEqual([
    ['E:\\a\\1.trn', 'G:\\b\\2.trn'],
  ]);
});

test('a file › may hold several backups, each at its position', () => {
  const file = aFile(
    'https://contoso.blob.core.windows.net/sql/AxDB.bak',
    aHeader({ position: 1, backup_type: 1, last_lsn: '39000000055200001' }),
    aHeader({ position: 2 }),
  );
  expect(setsOf(file).map(({ type, position, devices }) => [type, position, devices[0]?.kind])).toEqual([
    ['full', 1, 'url'],
    ['log', 2, 'url'],
  ]);
});

test('a file › that was overwritten is not taken together with a copy from before', () => {
  const later = aHeader({
    backup_set_uuid: '72483FB3-51D8-4F96-9A02-8583C4AAF561',
    first_lsn: '39000000115200001',
    last_lsn: '39000000198400001',
  });
  expect(devicesOf(aFile('E:\\now.trn', later), aFile('E:\\old\\now.trn', aHeader()))).toEqual([
    ['E:\\now.trn'],
    ['E:\\old\\now.trn'],
  ]);
});

test('a copy › of the same file counts once', () => {
  expect(devicesOf(aFile('E:\\b.trn', aHeader()), aFile('E:\\a.trn', aHeader()))).toEqual([['E:\\a.trn']]);
});

test('backups › of other databases on the same share are left out', () => {
  const file = aFile(
    'E:\\all.bak',
    aHeader({ position: 1, database_name: 'HR', family_guid: 'd0b3a3c1-0000-4000-8000-000000000009' }),
    aHeader({ position: 2, database_name: 'axdb' }),
    aHeader({ position: 3, database_name: 'ManagementReporter', family_guid: 'ff4290a0-2f46-44fd-bc58-1e1d73f0602f' }),
  );
  expect(historyRowsOf([file], ['AxDB', 'ManagementReporter'])).toMatchObject({
    rows: [{ database_name: 'axdb' }, { database_name: 'ManagementReporter' }],
    skipped: [],
  });
});

test('a backup › that is not complete, or newer than the server that reads it, is named and left out', () => {
  const nothing = Object.fromEntries(Object.keys(aHeader()).map((name) => [name, null]));
  const unfinished = {
    ...aHeader(),
    ...nothing,
    media_set_id: 'x',
    family_sequence_number: 1,
    position: 2,
  };
  expect(historyRowsOf([aFile('E:\\a.trn', aHeader(), unfinished)], ['AxDB'])).toMatchObject({
    rows: [{ position: 1 }],
    skipped: [{ name: 'E:\\a.trn', why: 'backup 2 in it is not complete, or a newer version of SQL Server wrote it' }],
  });
});

test('copy-only backups and recovery forks › come through as the planner needs them', () => {
  const [first, last] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  const bridge = aHeader({
    first_recovery_fork_guid: first,
    last_recovery_fork_guid: last,
    fork_point_lsn: '39000000100000001',
  });
  const copy = aHeader({ position: 2, backup_type: 1, is_copy_only: true });
  expect(setsOf(aFile('E:\\a.bak', bridge, copy))).toMatchObject([
    { firstFork: first, lastFork: last, forkPointLsn: 39000000100000001n },
    { type: 'full', isCopyOnly: true, forkPointLsn: null },
  ]);
});
