import { expect, test } from 'vitest';
import { aBackup, forkB, lsn } from './aBackup.ts';
import { aDay, chain, change, day, refusal, without } from './aDay.ts';
import type { Row } from './aBackup.ts';

const onB = { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB };

test('of two equally short ways › the one that leads further is taken', () => {
  const copyOnly = { is_copy_only: true };
  const rows = [
    ...without(aDay(), 'log3', 'log4'),
    aBackup('copy', 'L', '01:30', 120, 125, copyOnly),
    aBackup('wide', 'L', '03:00', 122, 140, copyOnly),
  ];
  expect(chain(rows, '02:30')).toEqual(['full', 'log1', 'log2', 'wide']);
});

test('a log backup › is not joined to what already stands at its end, or stands before its beginning', () => {
  const idle = aBackup('a full', 'D', '03:30', 148, 150);
  expect(chain([...aDay(), idle], '03:45')).toEqual(['full', 'log1', 'log2', 'log3', 'log4']);
  expect(chain([...aDay(), aBackup('log5', 'L', '05:00', 150, 160), idle], '04:30')).toEqual(['a full', 'log5']);
  const short = change(without(aDay(), 'log2', 'log3', 'log4'), 'full', { first_lsn: lsn(90), last_lsn: lsn(99) });
  expect(refusal(short, '00:30').code).toBe('restore-chain-gap');
});

test('an empty log backup › proves nothing for what stands elsewhere', () => {
  const empty = aBackup('empty', 'L', '04:00', 140, 140);
  expect(refusal([...without(aDay(), 'log3', 'log4'), empty], '03:00').code).toBe('restore-chain-gap');
  expect(refusal([...aDay().slice(0, 4), { ...empty, ...onB }], '03:30').code).toBe('recovery-point-too-late');
  // Whatever its name: it proves something of what reached its LSN.
  for (const uuid of ['a', 'z'])
    expect(chain([...aDay().slice(0, 4), { ...empty, backup_set_uuid: uuid }], '03:30')).toEqual([
      'full',
      'log1',
      'log2',
      'log3',
    ]);
});

test('what begins on the present fork › crosses nothing, however long the former one was seen', () => {
  const rows = [
    ...without(aDay(), 'log4').map((row) =>
      row['backup_set_uuid'] === 'log3' ? { ...row, last_valid_restore_time: `${day}03:50:00` } : row,
    ),
    aBackup('fullB', 'D', '03:40', 135, 136, onB),
    aBackup('logB', 'L', '04:00', 135, 150, onB),
    aBackup('emptyB', 'L', '05:00', 150, 150, onB),
  ];
  expect(chain(without(rows, 'full'), '03:45')).toEqual(['fullB', 'logB']);
  expect(chain(without(rows, 'full'), '04:30')).toEqual(['fullB', 'logB']);
});

/** Restored to LSN 135 when the former fork had been backed up to LSN 136. */
function aLateRestore(from: number): Row[] {
  return [
    ...change(aDay().slice(0, 4), 'log3', { last_lsn: lsn(136) }),
    aBackup('bridge', 'L', '04:00', from, 140, { last_recovery_fork_guid: forkB, fork_point_lsn: lsn(135) }),
  ];
}

test('a log backup that leads onto another fork › is joined to the best of what stands between its beginning and the fork point', () => {
  expect(chain(aLateRestore(130), '03:30')).toEqual(['full', 'log1', 'log2', 'bridge']);
  expect(chain(aLateRestore(120), '03:30')).toEqual(['full', 'log1', 'bridge']);
  const newer = aBackup('newer', 'D', '01:30', 124, 125);
  expect(chain([...aLateRestore(120), newer], '03:30')).toEqual(['newer', 'bridge']);
  const exact = change(aLateRestore(130), 'bridge', { fork_point_lsn: lsn(130) });
  expect(chain(exact, '03:30')).toEqual(['full', 'log1', 'log2', 'bridge']);
});
