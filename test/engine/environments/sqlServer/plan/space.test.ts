import { expect, test } from 'vitest';
import { foldersOf } from '../../../../../engine/environments/sqlServer/copy/placement.ts';
import { planSpace, type SpaceRequest } from '../../../../../engine/environments/sqlServer/plan/space.ts';

const GB = 1_073_741_824;
const DATA = { data: 'D:\\Data\\', log: 'L:\\Log\\' };

const aFile = (Type: 'D' | 'L' | 'S', gigabytes: number) => ({
  LogicalName: `${Type}${String(gigabytes)}`,
  Type,
  Size: gigabytes * GB,
  FileId: 1,
  TDEThumbprint: undefined,
});

const aVolume = (volume: string, freeGigabytes: number) => ({
  volume,
  totalBytes: 2000 * GB,
  freeBytes: freeGigabytes * GB,
});

const aRequest = (changes: Partial<SpaceRequest> = {}): SpaceRequest => ({
  server: 'sql02:1433',
  copies: [
    { files: [aFile('D', 300), aFile('L', 40)], folders: DATA },
    { files: [aFile('D', 100), aFile('L', 10)], folders: DATA },
  ],
  hasIntegrityCheck: true,
  volumes: [aVolume('D:\\', 500), aVolume('L:\\', 60)],
  current: [{ path: 'D:\\Data\\AxDB_UAT.mdf', sizeBytes: 280 * GB }],
  previous: [],
  left: [],
  ...changes,
});

const aPrevious = (runId: string, gigabytes: number, path = `D:\\Data\\${runId}.mdf`) => ({
  runId,
  names: [`AxDB_UAT__previous_${runId}`],
  files: [{ path, sizeBytes: gigabytes * GB }],
});

test('space › is counted per volume: both copies, their growth, the integrity check of the larger; beside what lies there', () => {
  const { checks, retires } = planSpace(aRequest({ previous: [aPrevious('R-1010', 270)] }));
  expect(checks.map(({ title, outcome, detail }) => [title, outcome, detail])).toEqual([
    [
      'Space on D:\\',
      'passed',
      '446 GB needed, 500 GB free: copies 400 GB, growth 40 GB, integrity check 6 GB; beside the target 280 GB, former databases 270 GB',
    ],
    ['Space on L:\\', 'passed', '55 GB needed, 60 GB free: copies 50 GB, growth 5 GB'],
  ]);
  expect(retires).toEqual([]);
});

test('space › for the integrity check is not asked for where the policy has none', () => {
  const { checks } = planSpace(aRequest({ hasIntegrityCheck: false }));
  expect(checks[0]?.detail).toContain('440 GB needed, 500 GB free: copies 400 GB, growth 40 GB;');
});

test('space › on a mount point is that of the mount point, not of the drive around it', () => {
  const folders = { data: 'D:\\Mount\\Uat\\', log: 'D:\\Mount\\Uat\\' };
  const { checks } = planSpace(
    aRequest({
      copies: [{ files: [aFile('D', 10)], folders }],
      volumes: [aVolume('D:\\', 1), aVolume('D:\\Mount\\Uat\\', 20)],
    }),
  );
  expect(checks.map(({ title }) => title)).toEqual(['Space on D:\\Mount\\Uat\\']);
});

test('space › that nobody can tell is said, and refuses nothing', () => {
  const folders = { data: 'E:\\New\\', log: 'L:\\Log\\' };
  const { checks } = planSpace(aRequest({ copies: [{ files: [aFile('D', 9000), aFile('L', 1)], folders }] }));
  expect(checks.map(({ title, outcome, detail }) => [title, outcome, detail])).toEqual([
    ['Space on L:\\', 'passed', '1.1 GB needed, 60 GB free: copies 1 GB, growth 102.4 MB'],
    ['Space for the copies', 'warning', 'Not known for E:\\New\\'],
  ]);
});

test('space › that is short is made by former databases of earlier runs, the oldest first and no more than needed', () => {
  const previous = [aPrevious('R-1010', 100), aPrevious('R-1020', 200), aPrevious('R-1030', 300)];
  const { retires, checks } = planSpace(aRequest({ volumes: [aVolume('D:\\', 200), aVolume('L:\\', 60)], previous }));
  expect(retires).toEqual([
    { runId: 'R-1010', names: ['AxDB_UAT__previous_R-1010'], sizeBytes: 100 * GB },
    { runId: 'R-1020', names: ['AxDB_UAT__previous_R-1020'], sizeBytes: 200 * GB },
  ]);
  expect(checks.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
});

test('space › is not made by former databases that lie on another volume', () => {
  const previous = [aPrevious('R-1010', 900, 'X:\\Data\\old.mdf')];
  expect(() =>
    planSpace(aRequest({ volumes: [aVolume('D:\\', 200), aVolume('L:\\', 60), aVolume('X:\\', 1)], previous })),
  ).toThrow(/Volume D:\\ has too little free space .*446 GB are needed, 200 GB are free/);
});

test('space › that copies of failed runs take up on the volume is counted as free: they go first, all of them', () => {
  const left = [aPrevious('R-1031', 100, 'D:\\Data\\R-1031.mdf'), aPrevious('R-1032', 200, 'D:\\Data\\R-1032.mdf')];
  const { retires, copies, checks } = planSpace(
    aRequest({ volumes: [aVolume('D:\\', 150), aVolume('L:\\', 60)], left, previous: [aPrevious('R-1010', 100)] }),
  );
  expect([retires, copies.map(({ runId, sizeBytes }) => [runId, sizeBytes / GB])]).toEqual([
    [],
    [
      ['R-1031', 100],
      ['R-1032', 200],
    ],
  ]);
  expect(checks[0]?.detail).toContain('446 GB needed, 150 GB free, 300 GB dropped first');
  const elsewhere = [aPrevious('R-1031', 900, 'X:\\Data\\R-1031.mdf')];
  expect(() => planSpace(aRequest({ volumes: [aVolume('D:\\', 150), aVolume('L:\\', 60)], left: elsewhere }))).toThrow(
    /446 GB are needed, 150 GB are free/,
  );
});

test('space › that is short even without them refuses, and names what was counted in', () => {
  const previous = [aPrevious('R-1010', 100)];
  expect(() => planSpace(aRequest({ volumes: [aVolume('D:\\', 200), aVolume('L:\\', 60)], previous }))).toThrow(
    /446 GB are needed, 300 GB are free even without AxDB_UAT__previous_R-1010/,
  );
});

test('space › is made by the run with the smallest number first, in whatever order the server lists what it left', () => {
  const previous = [aPrevious('R-10001', 300), aPrevious('R-9999', 300)];
  const { retires } = planSpace(aRequest({ volumes: [aVolume('D:\\', 200), aVolume('L:\\', 60)], previous }));
  expect(retires.map(({ runId }) => runId)).toEqual(['R-9999']);
});

test('space › on a mount point is found by a folder without its separator too', () => {
  const folders = foldersOf([], { dataFolder: 'D:\\Mount' }, { dataFolder: null, logFolder: null });
  const { checks } = planSpace(
    aRequest({
      copies: [{ files: [aFile('D', 10)], folders }],
      volumes: [aVolume('D:\\', 1), aVolume('D:\\Mount\\', 20)],
    }),
  );
  expect(checks.map(({ title }) => title)).toEqual(['Space on D:\\Mount\\']);
});
