import { expect, test } from 'vitest';
import { aBackup, histories } from '../aBackup.ts';
import { aDay, change } from '../aDay.ts';
import type { Row } from '../aBackup.ts';

const named = (rows: readonly Row[]) =>
  histories(rows).map(({ databaseName, formerNames, sets }) => [databaseName, formerNames, sets.length]);

const old = { database_name: 'AxDB_OLD' };

test('a database that was renamed while another replica took over › is one, though its log backups join only one way', () => {
  for (const last of ['log1', 'log2', 'log3']) {
    const isLater = (row: Row) => String(row['backup_set_uuid']).replace('full', 'log0') > last;
    const rows = aDay().map((row) => ({ ...row, ...(isLater(row) ? { server_name: 'SQL2' } : old) }));
    expect(named(rows)).toEqual([['AxDB', ['AxDB_OLD'], 5]]);
    expect(named(rows.toReversed())).toEqual([['AxDB', ['AxDB_OLD'], 5]]);
  }
});

test('the present name › is the one of the newest backup, by the instant and not by wall time or uuid', () => {
  const dated = (time: string, zone: number) => ({
    backup_start_date: `2026-10-25T${time}:00`,
    backup_finish_date: `2026-10-25T${time}:30`,
    time_zone: zone,
  });
  // 00:45 and 01:15 in UTC: the clock was put back in between.
  const rows = [
    aBackup('z', 'D', '00:00', 100, 110, { ...old, ...dated('02:45', 8) }),
    aBackup('a', 'D', '00:00', 110, 120, dated('02:15', 4)),
  ];
  for (const ordered of [rows, rows.toReversed()]) expect(named(ordered)).toEqual([['AxDB', ['AxDB_OLD'], 2]]);
});

test('two backups of one moment › give the same name in whatever order they are read', () => {
  const rows = change(aDay(), 'log4', { ...old, backup_start_date: aDay()[3]?.['backup_start_date'] });
  expect(named(rows)).toEqual(named(rows.toReversed()));
});
