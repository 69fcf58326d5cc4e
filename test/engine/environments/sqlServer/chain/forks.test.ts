import { expect, test } from 'vitest';
import { aBackup, forkA, forkB, lsn } from './aBackup.ts';
import { aDay, chain, change, day, refusal, without } from './aDay.ts';
import type { Row } from './aBackup.ts';

/** At 03:30 the source is restored to LSN 135: it goes on as fork `present`, and what it wrote from 02:30 on is in `log3` alone. */
function aRestore(former: string, present: string): Row[] {
  const onFormer = { first_recovery_fork_guid: former, last_recovery_fork_guid: former };
  const bridge = { first_recovery_fork_guid: former, last_recovery_fork_guid: present, fork_point_lsn: lsn(135) };
  return [
    ...without(aDay(), 'log4').map((row) => ({ ...row, ...onFormer })),
    aBackup('bridge', 'L', '04:00', 130, 137, bridge),
  ];
}

const byFormer = ['full', 'log1', 'log2', 'log3'];
const byPresent = ['full', 'log1', 'log2', 'bridge'];

test('which of two forks came first › is told by the clock and not by their names', () => {
  for (const [former, present] of [
    [forkA, forkB],
    [forkB, forkA],
  ] as const) {
    const rows = aRestore(former, present);
    expect([chain(rows, '02:45'), chain(rows, '03:30')]).toEqual([byFormer, byPresent]);
  }
});

test('a backup whose time is unknown or wrong › says nothing of when its fork began', () => {
  const onB = { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB };
  const undated = aBackup('undated', 'D', '03:40', 136, 137, { ...onB, time_zone: 127 });
  const wrong = aBackup('wrong', 'L', '05:00', 137, 140, { ...onB, backup_start_date: '2026-11-19T05:00:00' });
  const after = [aBackup('logB', 'L', '06:00', 140, 150, onB), aBackup('logC', 'L', '07:00', 150, 160, onB)];
  for (const more of [[undated], [wrong, ...after], [undated, wrong, ...after]])
    expect(chain([...aRestore(forkA, forkB), ...more], '02:45')).toEqual(byFormer);
});

test('a log backup that leads onto another fork › is used from the first moment at which the former one was not seen', () => {
  const rows = aRestore(forkA, forkB);
  expect([chain(rows, '03:00'), chain(rows, '03:00:00.001')]).toEqual([byFormer, byPresent]);
  const seen = aBackup('log3', 'L', '03:00', 130, 140, { last_valid_restore_time: `${day}03:20:00` });
  const longer = [...without(rows, 'log3'), seen];
  expect([chain(longer, '03:20'), chain(longer, '03:20:00.001')]).toEqual([byFormer, byPresent]);
});

test('a log backup that leads onto another fork › joins what stands at the fork point, and nothing that stands behind it', () => {
  const rows = aRestore(forkA, forkB);
  const exact = change(rows, 'bridge', { first_lsn: lsn(130), fork_point_lsn: lsn(130) });
  expect(chain(exact, '04:00')).toEqual(byPresent);
  for (const behind of [136, 135]) {
    const full = aBackup('behind', 'D', '03:10', behind, behind);
    expect(chain([...rows, full], '04:00')).toEqual(behind > 135 ? byPresent : ['behind', 'bridge']);
  }
  expect(refusal(change(rows, 'bridge', { fork_point_lsn: null }), '04:00').code).toBe('recovery-point-too-late');
});
