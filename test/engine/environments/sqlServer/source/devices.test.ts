import { expect, test } from 'vitest';
import type { BackupDevice } from '../../../../../engine/environments/sqlServer/chain/backupSet.ts';
import { placeDevice } from '../../../../../engine/environments/sqlServer/source/devices.ts';
import { foldersOf, placeFiles, stemOf } from '../../../../../engine/environments/sqlServer/copy/placement.ts';
import { type SourceSettings, sourceSettings } from '../../../../../engine/environments/sqlServer/settings.ts';

const settings = (parts: object = {}): SourceSettings =>
  sourceSettings.parse({ from: 'history-file', file: 'h.json', ...parts });
const disk = (name: string): BackupDevice => ({ kind: 'disk', name });

test('a backup device › lies where the settings say that the target’s server finds it', () => {
  const moved = settings({
    paths: [{ from: 'S:\\Backup\\', to: '\\\\nas\\prod\\' }],
    backupFolders: ['\\\\nas\\prod'],
  });
  expect(placeDevice(disk('s:\\backup\\AxDB\\FULL.bak'), moved)).toEqual(disk('\\\\nas\\prod\\AxDB\\FULL.bak'));
  expect(placeDevice(disk('S:\\Backup\\FULL.bak'), settings())).toEqual(disk('S:\\Backup\\FULL.bak'));
  expect(placeDevice(disk('/backup/FULL.bak'), settings())).toEqual(disk('/backup/FULL.bak'));
  const url = { kind: 'url', name: 'https://contoso.blob.core.windows.net/backup/1.bak' } as const;
  expect(placeDevice(url, settings({ backupFolders: ['https://contoso.blob.core.windows.net/backup'] }))).toEqual(url);
});

test('a backup device › is refused wherever a history must not lead the server', () => {
  const below = settings({ backupFolders: ['/backup/prod', 'https://contoso.blob.core.windows.net/backup'] });
  for (const name of [
    '/backup/prod/../secret.bak',
    '/backup/production/x.bak',
    '/backup/prod',
    'C:\\x.bak',
    '\\\\evil\\share\\x.bak',
  ]) {
    expect(() => placeDevice(disk(name), below)).toThrow(/is not read/);
  }
  for (const name of [
    '\\\\evil\\share\\x.bak',
    '//evil/share/x.bak',
    'x.bak',
    '..\\x.bak',
    '\\\\?\\C:\\x.bak',
    'C:x.bak',
  ]) {
    expect(() => placeDevice(disk(name), settings())).toThrow(/is not read/);
  }
  for (const name of [
    'https://contoso.blob.core.windows.net.evil.example/backup/x.bak',
    'https://contoso.blob.core.windows.net/backup/%2e%2e/x.bak',
    'https://contoso.blob.core.windows.net/backup/../x.bak',
    'https://contoso.blob.core.windows.net/backup@evil.example/x.bak',
  ]) {
    expect(() => placeDevice({ kind: 'url', name }, below)).toThrow(/is not read/);
  }
});

test('a refused address › is named without the signature behind its question mark', () => {
  const name = 'https://contoso.blob.core.windows.net/backup/x.bak?sig=secret';
  expect(() => placeDevice({ kind: 'url', name }, settings())).toThrow(/x\.bak is not read/);
});

test('files of a copy › lie beside the target’s own, with names that neither run nor worker shares', () => {
  const own = [
    { logicalName: 'a', physicalName: 'D:\\Data\\AxDB.mdf', type: 'ROWS', sizeBytes: 1 },
    { logicalName: 'b', physicalName: 'L:\\Log\\AxDB.ldf', type: 'LOG', sizeBytes: 1 },
  ];
  const folders = foldersOf(own, {}, { dataFolder: 'C:\\Default', logFolder: null });
  const files = [
    { LogicalName: 'AXDBBuild_Data', Type: 'D', Size: 1, FileId: 1 },
    { LogicalName: 'AXDBBuild_Log', Type: 'L', Size: 1, FileId: 2 },
    { LogicalName: "x'] TO N'", Type: 'D', Size: 1, FileId: 3 },
    { LogicalName: 'Documents', Type: 'S', Size: 1, FileId: 4 },
  ] as const;
  expect(placeFiles(files, folders, stemOf("Ax'DB", 'R-1', 3)).map(({ physicalName }) => physicalName)).toEqual([
    'D:\\Data\\Ax_DB_af7e40e1__R-1_3_1.mdf',
    'L:\\Log\\Ax_DB_af7e40e1__R-1_3_2.ldf',
    'D:\\Data\\Ax_DB_af7e40e1__R-1_3_3.ndf',
    'D:\\Data\\Ax_DB_af7e40e1__R-1_3_4',
  ]);
  expect(stemOf('AxDB_uat', 'R-1', 3)).toBe('AxDB_uat__R-1_3');
  expect(stemOf('AxDB ä', 'R-1', 3)).not.toBe(stemOf('AxDB ö', 'R-1', 3));
  expect(foldersOf([], { dataFolder: '/data' }, { dataFolder: null, logFolder: null })).toEqual({
    data: '/data/',
    log: '/data/',
  });
});

test('a backup device › that the settings name is read where it is, and nothing beside it', () => {
  const named = { backupFolders: [], devices: ['https://contoso.blob.core.windows.net/sql/AxDB.bak'] };
  const url = (name: string): BackupDevice => ({ kind: 'url', name });
  expect(placeDevice(url(named.devices[0] ?? ''), named).name).toBe(named.devices[0]);
  for (const name of ['https://contoso.blob.core.windows.net/sql/other.bak', `${named.devices[0] ?? ''}?sig=secret`])
    expect(() => placeDevice(url(name), named)).toThrow(/is not read/);
  expect(() => placeDevice(disk('C:\\x.bak'), named)).toThrow(/outside the backup folders/);
});
