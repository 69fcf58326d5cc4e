import { expect, test } from 'vitest';
import { aBackup, forkB, lsn } from './aBackup.ts';
import { aDay, chain, change, day, plan, refusal } from './aDay.ts';
import type { Row } from './aBackup.ts';

const hour = 3_600_000;
const secondary = { server_name: 'SQL2' };

/** In the wall time of a server that stands `hours` east of UTC. */
function east(row: Row, hours: number, server_name: string): Row {
  const move = (text: unknown) => new Date(Date.parse(`${String(text)}Z`) + hours * hour).toISOString().slice(0, 19);
  const [start, end] = [move(row['backup_start_date']), move(row['backup_finish_date'])];
  return { ...row, server_name, time_zone: hours * 4, backup_start_date: start, backup_finish_date: end };
}

/** The log backups are taken by a secondary that stands `hours` east of the primary. */
const aGroup = (hours: number) => aDay().map((row) => (row['type'] === 'L' ? east(row, hours, 'SQL2') : row));
const next = (server: string, hours: number) => east(aBackup('full2', 'D', '04:30', 151, 152), hours, server);
const stop = (rows: readonly Row[]) => plan(rows, '02:30').stopAt;

test('the wall time of the log › is refused where the next full backup comes from a third server: the secondary may have been the primary', () => {
  expect(stop([...aGroup(3), next('SQL1', 0)])).toBe(`${day}02:30:00.000`);
  expect(refusal([...aGroup(3), next('SQL3', 0)], '02:30').code).toBe('recovery-point-zone-unknown');
  // In one zone it does not matter which of them was.
  expect(stop([...aGroup(0), next('SQL3', 0)])).toBe(`${day}02:30:00.000`);
});

test('the wall time of the log › is refused where the zone of the primary or of the secondary is unknown', () => {
  const primary = change(aGroup(3), 'full', { time_zone: 127, backup_start_date: '2026-11-19T01:00:00' });
  const finished = change(primary, 'full', { backup_finish_date: '2026-11-19T01:01:00' });
  expect(refusal(finished, '02:30').code).toBe('recovery-point-zone-unknown');
  const undated = change(aGroup(3), 'log2', { time_zone: 127 });
  expect(plan(undated, '03:30').steps.map(({ stopAt }) => stopAt?.slice(11, 16) ?? '-')).toEqual([
    '-',
    '03:30',
    '-',
    '03:30',
    '03:30',
  ]);
});

test('the former primary › has to have taken a log backup before, and none afterwards, to have been followed', () => {
  const by = (...uuids: readonly string[]) =>
    aDay().map((row) => (uuids.includes(String(row['backup_set_uuid'])) ? { ...row, ...secondary } : row));
  const reserves = (rows: readonly Row[], time: string) => chain(rows, time).at(-1);
  // log1 came from the primary: SQL2 took over, and its log backups prove what they hold.
  expect(reserves(by('log2', 'log3', 'log4'), '01:30')).toBe('log2');
  expect(reserves(by('log2', 'log4'), '01:30')).toBe('log3');
  expect(reserves(by('log2', 'log4'), '03:30')).toBe('log4');
  expect(plan(by('log1', 'log2', 'log3', 'log4'), '03:30').warnings.map(({ code }) => code)).toEqual([
    'replica-may-lag',
  ]);
});

test('a moment while the primary’s log backup ran › may lie in that one, in the secondary’s and in the next', () => {
  const rows = change(aDay(), 'log2', secondary);
  const reserves = (time: string) => plan(rows, time).steps.map(({ isReserve }) => isReserve);
  expect(reserves('01:00:30')).toEqual([false, false, true, true]);
  expect(reserves('01:01:30')).toEqual([false, false, false, true]);
});

test('the next log backup behind a secondary’s › is the one that joins, and none that can only be restored as a whole', () => {
  const all = aDay().map((row) => (row['type'] === 'L' ? { ...row, ...secondary } : row));
  const bulk = change(all, 'log3', { has_bulk_logged_data: true });
  expect([chain(bulk, '01:55'), plan(bulk, '01:55').steps.at(-1)?.mayLag]).toEqual([['full', 'log1', 'log2'], true]);
  const beside = [aBackup('full2', 'D', '02:10', 131, 132), aBackup('idle', 'L', '02:05', 130, 130, secondary)];
  expect(chain([...all, ...beside], '01:55')).toEqual(['full', 'log1', 'log2', 'log3']);
  const gap = aBackup('later', 'L', '02:30', 134, 136, { is_copy_only: true });
  expect(chain([...all, gap], '01:55')).toEqual(['full', 'log1', 'log2', 'log3']);
});

test('a server that took the last log backup of a fork › did not take over when the former primary leads on to the next fork', () => {
  const bridge = { last_recovery_fork_guid: forkB, fork_point_lsn: lsn(150) };
  const rows = [...change(aDay(), 'log4', secondary), aBackup('bridge', 'L', '06:00', 140, 155, bridge)];
  const [hedged, known] = [plan(rows, '03:30'), plan(rows.slice(0, 5), '03:30')];
  expect([hedged, known].map(({ steps }) => steps.at(-1)?.mayLag)).toEqual([true, false]);
  expect(hedged.warnings.map(({ code }) => code)).toEqual(['replica-may-lag']);
});
