import { expect, test } from 'vitest';
import { aBackup } from './aBackup.ts';
import { aDay, chain, change, refusal } from './aDay.ts';

const uat = { server_name: 'UATSQL' };
/** Production's data files were copied at LSN 118, while what `log1` holds was written. */
const copies = [aBackup('uat1', 'L', '01:30', 118, 132, uat), aBackup('uat2', 'L', '03:10', 132, 146, uat)];

test('a full backup of an attached copy › is told by its server where its row says less than the log backups', () => {
  const own = aBackup('uat0', 'D', '01:45', 133, 134, { ...uat, database_guid: 'of the copy' });
  expect(refusal([...aDay(), ...copies, own], '02:45').code).toBe('recovery-path-ambiguous');
  // Of a server that took no log backup, nobody knows to which of the two it belongs.
  const elsewhere = { ...own, server_name: 'SQL3' };
  expect(chain([...aDay(), ...copies, elsewhere], '02:45')).toEqual(['full', 'log1', 'log2', 'log3']);
});

test('an empty log backup at the parting of two lines › proves nothing for the other line', () => {
  const even = [aBackup('uat1', 'L', '01:30', 120, 132, uat), aBackup('uat2', 'L', '03:10', 132, 146, uat)];
  const idle = aBackup('idle', 'L', '01:20', 120, 120, uat);
  expect(refusal([...aDay(), ...even, idle], '01:15').code).toBe('recovery-path-ambiguous');
});

test('log backups that begin at one LSN and end apart › are two lines, whichever ends first', () => {
  for (const end of [125, 130, 135]) {
    const parted = aBackup('uat1', 'L', '01:30', 120, end, uat);
    for (const rows of [
      [...aDay(), parted],
      [parted, ...aDay()],
    ]) {
      expect([chain(rows, '00:45'), chain(rows, '01:45'), refusal(rows, '01:15').code]).toEqual([
        ['full', 'log1'],
        ['full', 'log1', 'log2'],
        'recovery-path-ambiguous',
      ]);
    }
  }
});

test('log backups that lead onto a fork of two lines › are not used for a moment at which the former fork was still seen', () => {
  const fork = 'CCCCCCCC-0000-4000-8000-00000000000C';
  const bridge = { last_recovery_fork_guid: fork, fork_point_lsn: aDay()[2]?.['last_lsn'] };
  const rows = [
    ...aDay().slice(0, 3),
    aBackup('bridge', 'L', '04:00', 130, 138, bridge),
    aBackup('uat1', 'L', '04:30', 130, 145, { ...bridge, ...uat }),
  ];
  expect([chain(rows, '01:30'), chain(rows, '04:15')]).toEqual([
    ['full', 'log1', 'log2'],
    ['full', 'log1', 'log2', 'uat1'],
  ]);
  // The restore lies between the two: both may hold the moment.
  expect(refusal(rows, '03:30').code).toBe('recovery-path-ambiguous');
  expect(chain(change(rows, 'bridge', { is_damaged: true }), '03:30')).toEqual(['full', 'log1', 'log2', 'uat1']);
});
