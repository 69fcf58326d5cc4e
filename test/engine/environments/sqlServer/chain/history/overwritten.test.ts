import { expect, test } from 'vitest';
import { aBackup, aFamily, forkB, histories } from '../aBackup.ts';
import type { Row } from '../aBackup.ts';

const inOneFile = { families: [aFamily('\\\\nas\\sql\\all.bak')], position: 1 };
const aFull = (uuid: string, start: string, from: number, more: Row = {}) =>
  aBackup(uuid, 'D', start, from, from + 10, { ...inOneFile, ...more });
const anotherFamily = { family_guid: 'another', database_name: 'MR' };

/** Of backups that went to one place of one file, those that count as written over, in whatever order they are read. */
function gone(...rows: readonly Row[]): string[] {
  const [one, other] = [rows, rows.toReversed()].map((ordered) => {
    const sets = histories(ordered).flatMap((history) => history.sets);
    return sets.flatMap(({ uuid, defect }) => (defect?.kind === 'overwritten' ? [uuid] : [])).toSorted();
  });
  expect(one).toEqual(other);
  return one ?? [];
}

test('of one server and fork › the LSN tells what came last, also where the clock was put back', () => {
  expect(gone(aFull('a', '05:00', 100), aFull('b', '01:00', 200))).toEqual(['a']);
  // Of an idle database only the clock can.
  expect(gone(aFull('a', '01:00', 100), aFull('b', '05:00', 100))).toEqual(['a']);
});

test('of two families, forks or servers › the clock tells what came last, whatever their LSNs are', () => {
  const onB = { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB };
  for (const more of [anotherFamily, onB, { server_name: 'SQL2', is_copy_only: true }])
    expect(gone(aFull('a', '05:00', 100), aFull('b', '01:00', 200, more))).toEqual(['b']);
  // 01:00 in UTC, and 02:00.
  const east = { ...anotherFamily, time_zone: 16 };
  expect(gone(aFull('a', '05:00', 200, east), aFull('b', '02:00', 100))).toEqual(['a']);
  expect(gone(aFull('a', '05:00', 200, east), aFull('b', '00:59', 100))).toEqual(['b']);
  expect(gone(aFull('a', '05:00', 200, east), aFull('b', '01:00', 100))).toEqual([]);
});

test('where nobody knows which came last › neither is relied upon', () => {
  const undated = { ...anotherFamily, time_zone: 127 };
  // One server: an hour at the end of summer time.
  expect(gone(aFull('a', '01:00', 200, undated), aFull('b', '01:59:59', 100))).toEqual(['a', 'b']);
  expect(gone(aFull('a', '01:00', 200, undated), aFull('b', '02:00', 100))).toEqual(['a']);
  // Two servers: as far apart as two places on earth.
  const elsewhere = { ...undated, server_name: 'SQL2' };
  const dayLater = (time: string) => ({
    backup_start_date: `2026-11-21T${time}`,
    backup_finish_date: '2026-11-22T00:00:00',
  });
  expect(gone(aFull('a', '01:00', 200, elsewhere), aFull('b', '01:00', 100, dayLater('04:59:59')))).toEqual(['a', 'b']);
  expect(gone(aFull('a', '01:00', 200, elsewhere), aFull('b', '01:00', 100, dayLater('05:00:00')))).toEqual(['a']);
  expect(
    gone(aFull('a', '01:00', 200, { ...anotherFamily, backup_finish_date: null }), aFull('b', '09:00', 100)),
  ).toEqual(['a', 'b']);
});

test('a backup that cannot be used anyway › keeps its own reason', () => {
  const [history] = histories([aFull('a', '01:00', 100, { is_damaged: true }), aFull('b', '02:00', 200)]);
  expect(history?.sets.map(({ defect }) => defect?.kind)).toEqual(['damaged', undefined]);
});

test('a backup on two mirrors › is gone when both of its files were written over, and in the other one until then', () => {
  const mirrored = { family_count: 1, families: [aFamily('E:\\1.bak', 1, 0), aFamily('E:\\2.bak', 1, 1)] };
  const over = (uuid: string, file: string) => aFull(uuid, '05:00', 500, { families: [aFamily(file)] });
  const a = aFull('a', '01:00', 100, mirrored);
  const devicesOf = (...rows: readonly Row[]) =>
    histories(rows)[0]
      ?.sets.find(({ uuid }) => uuid === 'a')
      ?.devices.map(({ name }) => name);
  expect([gone(a, over('b', 'E:\\1.bak')), devicesOf(a, over('b', 'E:\\1.bak'))]).toEqual([[], ['E:\\2.bak']]);
  expect(devicesOf(a, over('b', 'E:\\2.bak'))).toEqual(['E:\\1.bak']);
  expect(gone(a, over('b', 'E:\\1.bak'), over('c', 'E:\\2.bak'))).toEqual(['a']);
});
