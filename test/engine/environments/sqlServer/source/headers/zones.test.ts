import { expect, test } from 'vitest';
import { historyRowsOf } from '../../../../../../engine/environments/sqlServer/source/headers/historyRows.ts';
import { skippedNote, zoneNotes } from '../../../../../../engine/environments/sqlServer/source/headers/notes.ts';
import { dateRows, quarterHoursOf } from '../../../../../../engine/environments/sqlServer/source/headers/zones.ts';
import { aFile, aHeader } from './aHeader.ts';

test('the offset of a zone › is that of the wall time, in quarter hours, and unknown where that comes twice or never', () => {
  expect(quarterHoursOf('2026-07-01T12:00:00', 'Europe/Berlin')).toBe(8);
  expect(quarterHoursOf('2026-01-01T12:00:00', 'Europe/Berlin')).toBe(4);
  expect(quarterHoursOf('2026-01-01T12:00:00', 'Asia/Kathmandu')).toBe(23);
  expect(quarterHoursOf('2026-01-01T12:00:00', 'America/Sao_Paulo')).toBe(-12);
  expect(quarterHoursOf('2026-01-01T12:00:00', '+05:30')).toBe(22);
  expect(quarterHoursOf('2026-10-25T02:30:00', 'Europe/Berlin')).toBeUndefined();
  expect(quarterHoursOf('2026-03-29T02:30:00', 'Europe/Berlin')).toBeUndefined();
  expect(quarterHoursOf('2026-01-01T12:00:00', 'W. Europe Standard Time')).toBeUndefined();
});

const fullAt = (position: number, time: string) =>
  aHeader({ position, backup_type: 1, last_valid_restore_time: null, time_zone: '48', backup_start_date: time });
const logAt = (position: number, time: string, zone: string | null = '-12') =>
  aHeader({
    position,
    backup_start_date: time,
    ...(zone === null ? { last_valid_restore_time: null } : { time_zone: zone }),
  });
const dated = (headers: readonly ReturnType<typeof aHeader>[], zone?: string) => {
  const dating = dateRows(historyRowsOf([aFile('E:\\a.bak', ...headers)], ['AxDB']).rows, zone);
  return { ...dating, offsets: dating.rows.map(({ time_zone }) => time_zone) };
};

test('a backup whose header tells no offset › has that of the declared zone, and somebody is told when no header confirms it', () => {
  const untold = [fullAt(1, '2026-04-19T22:00:00'), logAt(3, '2026-04-20T22:00:00', null)];
  const dating = dated(untold, 'America/Sao_Paulo');
  expect(dating).toMatchObject({ offsets: [-12, -12], declared: 2, undated: 0 });
  const confirmed = dated([...untold, logAt(2, '2026-04-20T21:00:00')], 'America/Sao_Paulo');
  expect(confirmed).toMatchObject({ offsets: [-12, -12, -12], declared: 0, undated: 0 });
  expect(zoneNotes(dating, 'America/Sao_Paulo')).toEqual([
    'The zone of production’s clock is declared, not measured, for 2 backups: America/Sao_Paulo',
  ]);
});

test('a declared zone › is not used when a header tells another offset', () => {
  const dating = dated([fullAt(1, '2026-04-19T22:00:00'), logAt(2, '2026-04-20T21:00:00')], 'Europe/Berlin');
  expect(dating).toMatchObject({ offsets: [null, -12], declared: 0, undated: 1 });
  expect(zoneNotes(dating, 'Europe/Berlin')).toEqual([
    'Production’s clock is not that of Europe/Berlin: the header of E:\\a.bak tells another offset',
    'Nothing tells the zone of production’s clock for one backup: declare `serverTimeZone`',
  ]);
});

test('a full backup › has the offset of the log backups before and after it, where they agree', () => {
  const between = (before: string, after: string, zone = '-12') =>
    dated([logAt(1, before), fullAt(2, '2026-04-20T02:00:00'), logAt(3, after, zone)]).offsets[1];
  expect(between('2026-04-20T01:45:00', '2026-04-20T02:15:00')).toBe(-12);
  expect(between('2026-04-20T01:45:00', '2026-04-20T02:15:00', '-8')).toBeNull();
  expect(between('2026-04-12T01:45:00', '2026-04-20T02:15:00')).toBeNull();
  expect(dated([fullAt(1, '2026-04-20T02:00:00'), logAt(2, '2026-04-20T02:15:00')]).offsets[0]).toBeNull();
});

test('a full backup › of one server says nothing by the log backups of another', () => {
  const other = (header: ReturnType<typeof aHeader>) => ({ ...header, server_name: 'PROD-SQL2' });
  const headers = [
    logAt(1, '2026-04-20T01:45:00'),
    other(fullAt(2, '2026-04-20T02:00:00')),
    logAt(3, '2026-04-20T02:15:00'),
  ];
  expect(dated(headers).offsets).toEqual([-12, null, -12]);
});

test('what does not count › is counted, and the first of it named', () => {
  const files = Array.from({ length: 7 }, (_, at) => ({ name: `${String(at)}.trn`, why: 'is damaged' }));
  expect(skippedNote([])).toEqual([]);
  expect(skippedNote(files.slice(0, 1))).toEqual(['One backup file does not count. 0.trn: is damaged']);
  expect(skippedNote(files)[0]).toMatch(
    /^7 backup files do not count\. 0\.trn: is damaged; .*4\.trn: is damaged; and 2 more$/,
  );
});
