import { expect, test } from 'vitest';
import { aBackup } from './aBackup.ts';
import { aDay, chain, change, day, plan, refusal } from './aDay.ts';
import type { Row } from './aBackup.ts';

const secondary = { server_name: 'SQL2' };
const full = ['full', 'log1', 'log2', 'log3', 'log4'];

/** Six log backups; the clock was a day ahead while the third was taken. */
function aJump(): Row[] {
  const rows = [...aDay(), aBackup('log5', 'L', '05:00', 150, 160), aBackup('log6', 'L', '06:00', 160, 170)];
  return change(rows, 'log3', { backup_start_date: '2026-11-21T03:00:00', backup_finish_date: '2026-11-21T03:01:00' });
}

const stops = (rows: readonly Row[], time: string) =>
  plan(rows, time).steps.map(({ backup, stopAt }) => `${backup.uuid} ${stopAt?.slice(11, 16) ?? '-'}`);

test('a log backup that starts up to five minutes before its predecessor › was taken by another clock, not by a wrong one', () => {
  const starting = (start: string) => change(aDay(), 'log3', { ...secondary, backup_start_date: `${day}${start}` });
  expect(stops(starting('01:55:00'), '03:30')).toEqual([
    'full -',
    'log1 03:30',
    'log2 03:30',
    'log3 03:30',
    'log4 03:30',
  ]);
  expect(stops(starting('01:54:59'), '03:30')).toEqual(['full -', 'log1 03:30', 'log2 -', 'log3 -', 'log4 03:30']);
});

test('a log backup without a zone › makes no clock wrong', () => {
  const close = change(aDay(), 'log3', { ...secondary, backup_start_date: `${day}01:57:00` });
  expect(stops(change(close, 'log4', { time_zone: 127 }), '01:30')).toEqual(['full -', 'log1 01:30', 'log2 01:30']);
});

test('a full backup between log backups of which one is doubted › is used all the same', () => {
  const before = aBackup('before', 'D', '02:30', 132, 134);
  expect(stops([...aJump(), before], '04:30')).toEqual(['before -', 'log3 -', 'log4 -', 'log5 04:30']);
});

test('log backups that nothing speaks against › keep their times: the first of all, and two that start in one second', () => {
  const first = aBackup('old', 'L', '00:00', 90, 100);
  expect(stops([...aJump(), first], '00:30')).toEqual(['full -', 'log1 00:30']);
  const beside = aBackup('log5b', 'L', '05:00', 160, 162);
  const later = change([...aJump(), beside], 'log6', { first_lsn: beside['last_lsn'] });
  expect(stops(later, '05:30')).toEqual([
    'full -',
    'log1 05:30',
    'log2 05:30',
    'log3 -',
    'log4 -',
    'log5 05:30',
    'log5b 05:30',
    'log6 05:30',
  ]);
});

test('a full backup › is of another database when it is dated more than three hours after its content', () => {
  const dated = (start: string) => [
    ...aDay(),
    aBackup('odd', 'D', start, 124, 126),
    aBackup('log5', 'L', '09:00', 150, 160),
  ];
  expect(chain(dated('05:00'), '06:00')).toEqual(['odd', 'log2', 'log3', 'log4', 'log5']);
  expect(chain(dated('05:00:01'), '06:00')).toEqual([...full, 'log5']);
});

test('a full backup › has ended with the next log backup when it is dated more than three hours before its content', () => {
  const ended = (time: string) => {
    const dates = { backup_start_date: '2026-11-19T22:00:00', backup_finish_date: `2026-11-19T${time}` };
    return [...aDay(), aBackup('odd', 'D', '00:00', 132, 134, dates)];
  };
  expect(chain(ended('23:00:00'), '00:00')).toEqual(['odd', 'log3']);
  expect(refusal(ended('22:59:59'), '00:00').code).toBe('recovery-point-too-early');
});

test('a full backup of an idle database › was taken before or after the log backup that ends where it ends', () => {
  const next = aBackup('log5', 'L', '13:00', 150, 160);
  for (const uuid of ['a full', 'the full'])
    expect(chain([...aDay(), aBackup(uuid, 'D', '12:00', 145, 150), next], '12:30')).toEqual([uuid, 'log5']);
  const atNoon = { backup_start_date: `${day}12:00:00`, backup_finish_date: `${day}12:01:00` };
  const idle = [...change(aDay(), 'log4', atNoon), next];
  for (const uuid of ['early', 'so early'])
    expect(chain([...idle, aBackup(uuid, 'D', '06:00', 145, 150)], '07:00')).toEqual([uuid, 'log5']);
});
