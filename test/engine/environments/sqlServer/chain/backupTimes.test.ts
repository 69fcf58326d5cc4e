import { expect, test } from 'vitest';
import { compareEnds } from '../../../../../engine/environments/sqlServer/chain/lsnOrder.ts';
import { timeBackups } from '../../../../../engine/environments/sqlServer/chain/timing.ts';
import { aBackup, aHistory, lsn } from './aBackup.ts';
import { aDay, chain, change, plan, refusal } from './aDay.ts';
import type { Row } from './aBackup.ts';

const summer = 8;
const winter = 4;
const secondary = { server_name: 'SQL2' };

/** Berlin on 25 October 2026, when 03:00 became 02:00: what the server wrote down, `02:45` to `02:46`. */
function onSunday(uuid: string, type: string, [start, end]: readonly [string, string], zone: number, more: Row = {}) {
  const from = Number(uuid.replace(/\D/g, '')) * 10 + 100;
  return aBackup(uuid, type, '00:00', from, from + 10, {
    backup_start_date: `2026-10-25T${start}:00`,
    backup_finish_date: `2026-10-25T${end}:00`,
    time_zone: zone,
    ...more,
  });
}

/** Until when, in UTC, a backup may have run; until when a log backup is sure to reach; from when it is whole. */
function timesOf(uuid: string, ...rows: readonly Row[]) {
  const [, times] =
    [...timeBackups(aHistory(rows).sets.toSorted(compareEnds))].find(([set]) => set.uuid === uuid) ?? [];
  const clock = (at = NaN) => (Number.isFinite(at) ? new Date(at).toISOString().slice(11, 16) : '-');
  return [times?.finishedAt, times?.coveredUntil, times?.wholeUntil].map(clock).join(' ');
}

test('a backup that starts and ends in the same minute › ran through no change of the clock', () => {
  expect(timesOf('full1', onSunday('full1', 'D', ['01:30', '01:30'], summer))).toBe('23:30 - -');
  const later = onSunday('full2', 'D', ['04:00', '04:05'], winter);
  expect(timesOf('full1', onSunday('full1', 'D', ['02:30', '02:30'], summer), later)).toBe('01:30 - -');
});

test('the end of a backup before the clock was put back › is doubted by the hour, and once', () => {
  const later = onSunday('full2', 'D', ['04:00', '04:05'], winter);
  expect(timesOf('full1', onSunday('full1', 'D', ['01:30', '02:10'], summer), later)).toBe('01:10 - -');
  expect(timesOf('full1', onSunday('full1', 'D', ['02:50', '02:05'], summer), later)).toBe('01:05 - -');
});

test('the end of a log backup › is doubted no further than to the start of the next', () => {
  const log = onSunday('log1', 'L', ['02:45', '02:46'], summer, { has_bulk_logged_data: true });
  expect(timesOf('log1', log, onSunday('log2', 'L', ['02:15', '02:16'], winter))).toBe('01:15 00:45 01:15');
  expect(timesOf('log1', log, onSunday('log2', 'L', ['03:15', '03:16'], winter))).toBe('01:46 00:45 01:46');
  const full = onSunday('full2', 'D', ['02:05', '02:10'], winter);
  expect(timesOf('log1', log, full, onSunday('log3', 'L', ['02:15', '02:16'], winter))).toBe('01:15 00:45 01:15');
});

test('a backup that had ended an hour before the last one of the old time › is not doubted', () => {
  const rows = [onSunday('log2', 'L', ['02:45', '02:46'], summer), onSunday('log3', 'L', ['03:15', '03:16'], winter)];
  expect(timesOf('full1', onSunday('full1', 'D', ['01:00', '01:45'], summer), ...rows)).toBe('23:45 - -');
  expect(timesOf('full1', onSunday('full1', 'D', ['01:00', '01:46'], summer), ...rows)).toBe('00:46 - -');
});

test('the clock that is put forward › makes no end later, but nothing in the log backup before it is sure', () => {
  const spring = [
    onSunday('log1', 'L', ['01:55', '01:56'], winter, { last_valid_restore_time: '2026-10-25T01:56:00' }),
  ];
  expect(timesOf('log1', ...spring)).toBe('00:56 00:56 -');
  expect(timesOf('log1', ...spring, onSunday('log2', 'L', ['03:15', '03:16'], summer))).toBe('00:56 00:55 -');
});

test('servers that are further apart than summer time › are in different places: no end is doubted', () => {
  const full = onSunday('full1', 'D', ['02:30', '02:40'], summer);
  const from = (server: string, zone: number) =>
    onSunday('full2', 'D', ['02:50', '02:55'], zone, { server_name: server });
  expect(timesOf('full1', full, from('SQL2', 0))).toBe('00:40 - -');
  expect(timesOf('full1', full, from('SQL2', winter))).toBe('01:40 - -');
  // The same server was moved by two hours.
  expect(timesOf('full1', full, from('SQL1', 0))).toBe('02:40 - -');
});

test('a backup without a zone before the first log backup › may hide a change: that log backup tells its content only as a whole', () => {
  const log = onSunday('log3', 'L', ['04:00', '04:01'], winter);
  const full = onSunday('full1', 'D', ['03:00', '03:05'], winter);
  expect(timesOf('log3', full, log)).toBe('03:01 03:00 -');
  expect(timesOf('log3', full, onSunday('full2', 'D', ['03:30', '03:35'], 127), log)).toBe('03:01 03:00 03:01');
});

test('a log backup without a zone › ended before the next of its fork started, which its LSNs tell', () => {
  const undated = onSunday('log2', 'L', ['02:30', '02:31'], 127);
  const at130 = (start: string, from: number) =>
    onSunday('log9', 'L', [start, start], summer, { first_lsn: lsn(from), last_lsn: lsn(130) });
  const next = [
    onSunday('log4', 'L', ['02:55', '02:56'], summer),
    onSunday('log3', 'L', ['02:45', '02:46'], summer),
    onSunday('log1', 'L', ['02:15', '02:16'], summer),
  ];
  const endOf = (...rows: readonly Row[]) =>
    [rows, rows.toReversed()].map((ordered) => timesOf('log2', undated, ...ordered).slice(0, 5));
  expect(endOf(...next)).toEqual(['00:45', '00:45']);
  // Another one without a zone says nothing.
  const beside = onSunday('log3', 'L', ['02:40', '02:41'], 127);
  expect(endOf(...next.filter((row) => row['backup_set_uuid'] !== 'log3'), beside)).toEqual(['00:55', '00:55']);
  // Of the same LSN, one that is empty is later; one that is not may have come first.
  expect(endOf(...next, at130('02:40', 125))).toEqual(['00:45', '00:45']);
  expect(endOf(...next, at130('02:42', 130))).toEqual(['00:42', '00:42']);
  const twins = [at130('02:40', 125), { ...at130('02:42', 130), backup_set_uuid: 'log8' }];
  expect(endOf(...next, ...twins)).toEqual(['00:42', '00:42']);
});

test('a backup without a zone › began no later than it can have anywhere on earth, and is nobody else’s for that', () => {
  const undated = change(aDay(), 'full', { time_zone: 127 });
  const late = aBackup('log5', 'L', '15:00', 150, 160);
  expect(chain([...undated, late], '14:05')).toEqual(['full', 'log1', 'log2', 'log3', 'log4', 'log5']);
});

test('data backups in two zones before the first log backup › hide a change from it; between log backups they do not', () => {
  const log = onSunday('log3', 'L', ['03:15', '03:16'], winter);
  const before = onSunday('full1', 'D', ['01:30', '01:31'], summer);
  const after = onSunday('full2', 'D', ['02:30', '02:31'], winter);
  expect(timesOf('log3', after, log)).toBe('02:16 02:15 -');
  expect(timesOf('log3', before, after, log)).toBe('02:16 02:15 02:16');
  const first = onSunday('log1', 'L', ['01:15', '01:16'], winter);
  const elsewhere = onSunday('full2', 'D', ['11:30', '11:31'], 40, { server_name: 'SQL2', is_copy_only: true });
  expect(timesOf('log3', first, elsewhere, log)).toBe('02:16 02:15 -');
});

test('no backup runs longer than a week › the end of one that began earlier is not doubted', () => {
  const began = (time: string) =>
    onSunday('full1', 'D', ['02:40', '02:40'], summer, { backup_start_date: `2026-10-18T${time}` });
  const rows = [onSunday('log2', 'L', ['02:45', '02:46'], summer), onSunday('log3', 'L', ['03:15', '03:16'], winter)];
  expect(timesOf('full1', began('02:45:00'), ...rows)).toBe('01:40 - -');
  expect(timesOf('full1', began('02:44:59'), ...rows)).toBe('00:40 - -');
});

test('behind a log backup whose wall time names no moment › a change may hide: the next one is told as a whole', () => {
  const hourAhead = (text: string) => ({
    ...secondary,
    time_zone: 4,
    backup_start_date: text,
    backup_finish_date: text,
  });
  const rows = change(aDay(), 'log2', hourAhead('2026-11-20T03:00:00'));
  const stops = plan(rows, '03:30').steps.map(({ backup, stopAt }) => `${backup.uuid} ${stopAt?.slice(11, 16) ?? '-'}`);
  expect(stops).toEqual(['full -', 'log1 03:30', 'log2 -', 'log3 -', 'log4 03:30']);
  expect(refusal(rows, '01:30').code).toBe('recovery-point-zone-unknown');
  expect(refusal(rows, '02:30').code).toBe('recovery-point-in-clock-change');
});

test('the clock changes once, though a full backup that began before it ended long after', () => {
  const long = onSunday('full9', 'D', ['02:30', '04:30'], summer);
  const valid = { last_valid_restore_time: '2026-10-25T03:20:00' };
  const rows = [
    onSunday('log1', 'L', ['02:15', '02:16'], summer),
    onSunday('log2', 'L', ['03:15', '03:16'], winter, valid),
    onSunday('log3', 'L', ['04:15', '04:16'], winter),
  ];
  expect(timesOf('log2', ...rows, long)).toBe('02:16 02:20 02:16');
  expect(timesOf('log3', ...rows, long)).toBe('03:16 03:15 -');
});

test('a log backup that a wrong clock stamped › says nothing of when the clock was put back', () => {
  const rows = [
    onSunday('full0', 'D', ['00:30', '00:31'], summer, { first_lsn: lsn(100) }),
    onSunday('log1', 'L', ['01:15', '01:16'], summer),
    onSunday('log2', 'L', ['02:15', '02:16'], summer),
    onSunday('log3', 'L', ['03:15', '03:16'], winter, { backup_start_date: '2026-10-24T03:15:00' }),
    onSunday('log4', 'L', ['04:15', '04:16'], winter),
  ];
  expect(timesOf('log1', ...rows)).toBe('00:15 23:15 -');
  expect(timesOf('log4', ...rows)).toBe('03:16 03:15 03:16');
});
