import { expect, test } from 'vitest';
import { arrangeBackups } from '../../../../../engine/environments/sqlServer/chain/arrangement.ts';
import { RestoreChainRefusal } from '../../../../../engine/environments/sqlServer/chain/errors.ts';
import { findGaps } from '../../../../../engine/environments/sqlServer/chain/gaps.ts';
import { findRecoveryWindows } from '../../../../../engine/environments/sqlServer/chain/recoveryWindows.ts';
import { planRestoreChain } from '../../../../../engine/environments/sqlServer/chain/restoreChain.ts';
import { aBackup, aHistory } from './aBackup.ts';
import type { Row } from './aBackup.ts';

const summer = 8;
const winter = 4;

/** A row in the wall time of Berlin on 25 October 2026, when 03:00 became 02:00. */
function onSunday(
  uuid: string,
  type: string,
  times: readonly [string, string],
  lsns: readonly [number, number],
  zone: number,
): Row {
  const date = (time: string) => `2026-10-25T${time}:00`;
  return aBackup(uuid, type, '00:00', ...lsns, {
    backup_start_date: date(times[0]),
    backup_finish_date: date(times[1]),
    time_zone: zone,
  });
}

function autumn(): Row[] {
  return [
    onSunday('full', 'D', ['00:00', '00:05'], [100, 110], summer),
    onSunday('log1', 'L', ['02:15', '02:16'], [100, 120], summer),
    onSunday('log2', 'L', ['02:45', '02:46'], [120, 130], summer),
    onSunday('log3', 'L', ['02:15', '02:16'], [130, 140], winter),
    onSunday('log4', 'L', ['02:45', '02:46'], [140, 150], winter),
    onSunday('log5', 'L', ['03:15', '03:16'], [150, 160], winter),
  ];
}

function plan(rows: readonly Row[], instant: string) {
  const planned = planRestoreChain(aHistory(rows), { at: Date.parse(instant) });
  return planned.steps.map(({ backup, stopAt }) => `${backup.uuid} ${stopAt?.slice(11, 19) ?? '-'}`);
}

test('STOPAT › is the wall time of the server that wrote the log, by the offset of that backup', () => {
  expect(plan(autumn(), '2026-10-25T00:30:00Z')).toEqual(['full -', 'log1 02:30:00', 'log2 02:30:00']);
});

test('the repeated hour › names its second half only to the log backups that hold nothing of its first', () => {
  expect(plan(autumn(), '2026-10-25T01:30:00Z')).toEqual([
    'full -',
    'log1 03:30:00',
    'log2 03:30:00',
    'log3 -',
    'log4 02:30:00',
  ]);
});

test('a moment in the log backup over which the clock was put back › is refused with its two sides', () => {
  const refused = () => plan(autumn(), '2026-10-25T01:10:00Z');
  expect(refused).toThrow(RestoreChainRefusal);
  expect(refused).toThrow('clock was changed');
  const arrangement = arrangeBackups(aHistory(autumn()));
  const windows = findRecoveryWindows(arrangement);
  const minutes = windows.map(({ from, to }) => [from, to].map((at) => new Date(at).toISOString().slice(11, 16)));
  expect(minutes).toEqual([
    ['22:05', '00:45'],
    ['01:16', '02:15'],
  ]);
  expect(findGaps(arrangement, windows).map(({ reason }) => reason)).toEqual([
    String.raw`the server's clock was changed within log backup E:\backup\log3.trn, so that a wall time names no moment in it`,
  ]);
});

test('a full backup that ran through the end of summer time › is not used before it can have ended', () => {
  const rows = [
    onSunday('full', 'D', ['01:30', '02:10'], [100, 110], summer),
    onSunday('log1', 'L', ['02:30', '02:31'], [100, 120], winter),
    onSunday('log2', 'L', ['04:00', '04:01'], [120, 130], winter),
  ];
  expect(findRecoveryWindows(arrangeBackups(aHistory(rows))).map(({ from }) => new Date(from).toISOString())).toEqual([
    '2026-10-25T01:10:00.000Z',
    '2026-10-25T01:31:00.000Z',
  ]);
});

test('a backup that ends before it starts by the clock › ran through the end of summer time', () => {
  const rows = [onSunday('full', 'D', ['02:50', '02:05'], [100, 110], summer)];
  expect(findRecoveryWindows(arrangeBackups(aHistory(rows)))).toEqual([
    { from: Date.parse('2026-10-25T01:05:00Z'), to: Date.parse('2026-10-25T01:05:00Z'), lastBackup: 0 },
  ]);
});

test('a log backup without a time zone › carries the chain on, but no moment lies in it', () => {
  const rows = autumn()
    .slice(0, 2)
    .concat(
      { ...onSunday('log2', 'L', ['02:30', '02:31'], [120, 130], summer), time_zone: 127 },
      onSunday('log3', 'L', ['02:45', '02:46'], [130, 140], summer),
      onSunday('log4', 'L', ['02:55', '02:56'], [140, 150], summer),
    );
  expect(() => plan(rows, '2026-10-25T00:20:00Z')).toThrow('the time zone of log backup');
  expect(plan(rows, '2026-10-25T00:50:00Z')).toEqual([
    'full -',
    'log1 02:50:00',
    'log2 -',
    'log3 02:50:00',
    'log4 02:50:00',
  ]);
});

test('a full backup without a time zone › is used when it has ended wherever on earth the server was', () => {
  const rows = [{ ...onSunday('full', 'D', ['00:00', '01:00'], [100, 110], 0), time_zone: 127 }];
  expect(findRecoveryWindows(arrangeBackups(aHistory(rows))).map(({ from }) => new Date(from).toISOString())).toEqual([
    '2026-10-25T15:00:00.000Z',
  ]);
});

test('STOPAT of a chain › is the one of its last log backup, with its zone', () => {
  const planned = planRestoreChain(aHistory(autumn()), { at: Date.parse('2026-10-25T02:00:00Z') });
  expect([planned.stopAt, planned.stopAtZoneMinutes]).toEqual(['2026-10-25T03:00:00.000', 60]);
});
