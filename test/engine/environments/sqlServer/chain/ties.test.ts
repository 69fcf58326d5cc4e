import { expect, test } from 'vitest';
import { aBackup } from './aBackup.ts';
import { aDay, chain, plan } from './aDay.ts';

test('of two full backups that ended in the same second › the one that holds more is used', () => {
  const rows = [...aDay(), aBackup('a', 'D', '02:30', 132, 135), aBackup('b', 'D', '02:30', 132, 133)];
  expect(chain(rows, '03:00')).toEqual(['a', 'log3']);
});

test('of two differentials that ended in the same second › the one that holds more is used', () => {
  const based = { differential_base_guid: 'full' };
  const rows = [...aDay(), aBackup('a', 'I', '02:30', 112, 135, based), aBackup('b', 'I', '02:30', 112, 133, based)];
  expect(chain(rows, '03:00')).toEqual(['full', 'a', 'log3']);
});

test('of two differentials › the one that ended last is used, also where its LSNs came first', () => {
  const based = { differential_base_guid: 'full' };
  const rows = [...aDay(), aBackup('a', 'I', '02:30', 112, 135, based), aBackup('b', 'I', '02:40', 112, 133, based)];
  expect(chain(rows, '03:00')).toEqual(['full', 'b', 'log3']);
});

test('of a full backup and a later differential of an older one › the full backup is used', () => {
  const differential = aBackup('diff', 'I', '02:40', 112, 135, { differential_base_guid: 'full' });
  expect(chain([...aDay(), aBackup('newer', 'D', '02:30', 132, 134), differential], '03:00')).toEqual([
    'newer',
    'log3',
  ]);
});

test('of backups that ended at the moment › a base is used, not the log backup that ran beside it', () => {
  for (const [from, to] of [
    [100, 120],
    [90, 105],
  ] as const) {
    const rows = [...aDay().slice(0, 1), aBackup('beside', 'L', '00:00', from, to)];
    expect(chain(rows, '00:01')).toEqual(['full']);
  }
});

test('of a full backup and its differential that ended at the moment › both are restored', () => {
  const differential = aBackup('diff', 'I', '00:00', 105, 112, { differential_base_guid: 'full' });
  expect(chain([...aDay().slice(0, 1), differential], '00:01')).toEqual(['full', 'diff']);
});

test('of log backups that reach the moment › the one that goes least far beyond it is the last', () => {
  const rows = [...aDay(), aBackup('copy', 'L', '01:30', 120, 125, { is_copy_only: true })];
  expect(chain(rows, '01:20')).toEqual(['full', 'log1', 'copy']);
  expect(chain(rows, '01:40')).toEqual(['full', 'log1', 'log2']);
});

test('the last log backup › is a reserve until the one before it has certainly ended', () => {
  const isReserve = (time: string) => plan(aDay(), time).steps.at(-1)?.isReserve;
  expect(['02:01', '02:01:00.001'].map(isReserve)).toEqual([true, false]);
  // Behind a full backup nothing is in doubt.
  expect(isReserve('00:01')).toBe(false);
});
