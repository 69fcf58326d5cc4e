import { expect, test } from 'vitest';
import { arrangeBackups } from '../../../../../engine/environments/sqlServer/chain/arrangement.ts';
import { findGaps } from '../../../../../engine/environments/sqlServer/chain/gaps.ts';
import { findRecoveryWindows } from '../../../../../engine/environments/sqlServer/chain/recoveryWindows.ts';
import { aBackup, aHistory, forkB, lsn } from './aBackup.ts';
import type { Row } from './aBackup.ts';

function windows(...rows: readonly Row[]): string[] {
  return findRecoveryWindows(arrangeBackups(aHistory(rows))).map(({ from, to }) =>
    [from, to].map((at) => new Date(at).toISOString().slice(11, 19)).join(' '),
  );
}

const full = aBackup('full', 'D', '00:00', 100, 110);
const log1 = aBackup('log1', 'L', '01:00', 100, 120);
const log2 = aBackup('log2', 'L', '02:00', 120, 130);

test('a recovery window › goes from the end of a full backup to the start of the last log backup', () => {
  expect(windows(full, log1, log2)).toEqual(['00:01:00 02:00:00']);
});

test('a recovery window › of a source that was restored goes on without a hole', () => {
  const bridge = { last_recovery_fork_guid: forkB, fork_point_lsn: lsn(115) };
  expect(windows(full, log1, aBackup('bridge', 'L', '03:00', 100, 118, bridge))).toEqual(['00:01:00 03:00:00']);
});

test('recovery windows › are joined where a later full backup bridges nothing, and apart where logs are missing', () => {
  const later = aBackup('later', 'D', '03:00', 141, 142);
  expect(windows(full, log1, log2, aBackup('log3', 'L', '04:00', 130, 150), later)).toEqual(['00:01:00 04:00:00']);
  expect(windows(full, log1, log2, aBackup('log3', 'L', '04:00', 140, 150), later)).toEqual([
    '00:01:00 02:00:00',
    '03:01:00 04:00:00',
  ]);
});

test('in the simple recovery model › each backup is a window of one moment, and each gap says why', () => {
  const simple = { recovery_model: 'SIMPLE' };
  const rows = [{ ...full, ...simple }, aBackup('next', 'D', '05:00', 200, 210, simple)];
  expect(windows(...rows)).toEqual(['00:01:00 00:01:00', '05:01:00 05:01:00']);
  const arrangement = arrangeBackups(aHistory(rows));
  expect(findGaps(arrangement, findRecoveryWindows(arrangement)).map(({ reason }) => reason)).toEqual([
    String.raw`the database was in the simple recovery model at full backup E:\backup\full.bak`,
  ]);
});

test('what two databases cover at once › is no window, and the gap says so where nothing else ends one', () => {
  const onB = { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB, server_name: 'SQL9' };
  const twin = [aBackup('twin', 'D', '01:10', 121, 122, onB), aBackup('logT', 'L', '01:50', 121, 128, onB)];
  const rows = [full, log1, log2, ...twin];
  expect(windows(...rows)).toEqual(['00:01:00 01:10:59', '01:50:00 02:00:00']);
  expect(windows(...rows.toReversed())).toEqual(windows(...rows));
  const reasons = (...all: readonly Row[]) => {
    const arrangement = arrangeBackups(aHistory(all));
    return findGaps(arrangement, findRecoveryWindows(arrangement)).map(({ reason }) => reason);
  };
  const later = aBackup('later', 'D', '09:00', 500, 510);
  expect(reasons(...rows, later)).toEqual([
    'two databases of this name and family were in use then',
    `no log backup follows log backup E:\\backup\\log2.trn, which ends at LSN ${lsn(130)}`,
  ]);
  // One of the two alone, from the moment at which the other one ends.
  const longer = aBackup('logU', 'L', '03:00', 128, 140, onB);
  expect(windows(full, log1, log2, ...twin, longer)).toEqual(['00:01:00 01:10:59', '02:00:00 03:00:00']);
  expect(reasons(full, log1, log2, ...twin, longer, later).at(-1)).toContain('logU.trn');
});

test('the end of a full backup within what two databases cover › is no window either', () => {
  const onB = { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB, server_name: 'SQL9' };
  const twin = [aBackup('twin', 'D', '01:10', 121, 122, onB), aBackup('logT', 'L', '01:50', 121, 128, onB)];
  const inside = aBackup('inside', 'D', '01:29', 124, 125);
  expect(windows(full, log1, log2, ...twin, inside)).toEqual(['00:01:00 01:10:59', '01:50:00 02:00:00']);
});
