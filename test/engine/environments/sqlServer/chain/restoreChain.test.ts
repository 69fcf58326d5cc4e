import { expect, test } from 'vitest';
import { planRestoreChain } from '../../../../../engine/environments/sqlServer/chain/restoreChain.ts';
import { aBackup, aFamily, aHistory, at, forkA, forkB, lsn } from './aBackup.ts';
import type { Row } from './aBackup.ts';
import { aDay, chain, change, day, plan, refusal, without } from './aDay.ts';

test('R1 a chain › begins with the newest full backup that ended by the moment', () => {
  const rows = [...aDay(), aBackup('noon', 'D', '02:30', 132, 134)];
  expect(chain(rows, '03:00')).toEqual(['noon', 'log3']);
  expect(chain(rows, '02:31')).toEqual(['noon', 'log3']);
  expect(chain(rows, '02:30:59')).toEqual(['full', 'log1', 'log2', 'log3']);
});

test('R1 a chain › falls back to an older full backup and says so when the newest leads nowhere', () => {
  const rows = [...aDay(), aBackup('lost', 'D', '02:30', 900, 910)];
  const planned = plan(rows, '02:45');
  expect(planned.steps.map(({ backup }) => backup.uuid)).toEqual(['full', 'log1', 'log2', 'log3']);
  expect(planned.warnings).toEqual([
    {
      code: 'older-full-backup',
      message: String.raw`The newer full backup E:\backup\lost.bak is not used: no unbroken chain leads from it to the moment`,
    },
  ]);
});

test('R1 a full backup › that is damaged, a snapshot or incomplete is never used', () => {
  for (const [flaw, code] of [
    [{ is_damaged: true }, 'backup-damaged'],
    [{ is_snapshot: true }, 'backup-not-restorable'],
    [{ families: [] }, 'backup-media-incomplete'],
    [{ type: 'P' }, 'backup-not-restorable'],
  ] as const) {
    expect(refusal(change(aDay(), 'full', flaw), '02:00').code).toBe(code);
  }
});

test('R2 a differential › is used when its base is the full backup, by guid and not by time', () => {
  const differential = aBackup('diff', 'I', '02:10', 112, 134, { differential_base_guid: 'FULL' });
  expect(chain([...aDay(), differential], '02:30')).toEqual(['full', 'diff', 'log3']);
  expect(chain([...aDay(), { ...differential, differential_base_guid: 'other' }], '02:30')).toHaveLength(4);
  expect(chain([...aDay(), { ...differential, differential_base_guid: null }], '02:30')).toHaveLength(4);
  expect(chain(change([...aDay(), differential], 'full', { is_copy_only: true }), '02:30')).toHaveLength(4);
});

test('R2 a differential › gives way to an older one, or to none, when its log backups are gone', () => {
  const first = aBackup('diff1', 'I', '01:10', 112, 122, { differential_base_guid: 'full' });
  const second = aBackup('diff2', 'I', '02:10', 112, 900, { differential_base_guid: 'full' });
  expect(chain([...aDay(), first, second], '02:30')).toEqual(['full', 'diff1', 'log2', 'log3']);
  expect(chain([...aDay(), second], '02:30')).toEqual(['full', 'log1', 'log2', 'log3']);
});

test('R3 log backups › are joined by LSN: copy-only and older ones change nothing', () => {
  const rows = [
    aBackup('old', 'L', '00:00:30', 90, 100),
    ...aDay(),
    aBackup('copy', 'L', '01:30', 120, 125, { is_copy_only: true }),
    aBackup('copyFull', 'D', '01:40', 126, 127, { is_copy_only: true, database_backup_lsn: lsn(1) }),
  ];
  expect(chain(rows, '01:35')).toEqual(['full', 'log1', 'log2']);
  expect(chain(rows, '01:20')).toEqual(['full', 'log1', 'copy']);
  expect(chain(rows, '01:45')).toEqual(['copyFull', 'log2']);
});

test('R3 a missing log backup › is named by its LSNs, its neighbours and both reachable sides', () => {
  const rows = [...without(aDay(), 'log2'), aBackup('later', 'D', '03:30', 141, 143)];
  const refused = refusal(rows, '02:30');
  expect(refused.code).toBe('restore-chain-gap');
  expect(refused.message).toBe(
    `AxDB cannot be restored as of ${day}02:30:00.000Z: between ${day}01:00:00.000Z and ${day}03:31:00.000Z a log backup is missing ` +
      String.raw`between log backup E:\backup\log1.trn and log backup E:\backup\log3.trn: nothing holds LSN ` +
      `${lsn(120)} to ${lsn(130)}`,
  );
  expect(refused.nearest).toEqual([`${day}01:00:00.000Z`, `${day}03:31:00.000Z`]);
  expect(refused.remedy).toContain(`${day}01:00:00.000Z, ${day}03:31:00.000Z`);
});

test('R3 an empty log backup › is not restored, but proves that nothing happened until it started', () => {
  const rows = [...without(aDay(), 'log4'), aBackup('empty', 'L', '04:00', 140, 140)];
  expect(chain(rows, '03:59')).toEqual(['full', 'log1', 'log2', 'log3']);
  expect(refusal(rows, '04:01').code).toBe('recovery-point-too-late');
  const early = [...without(aDay(), 'log4'), aBackup('empty', 'L', '04:00', 139, 139)];
  expect(refusal(early, '03:59').code).toBe('recovery-point-too-late');
});

test('R4 coverage › ends where the last log backup started, unless the server says that it reaches further', () => {
  expect(chain(aDay(), '04:00')).toEqual(['full', 'log1', 'log2', 'log3', 'log4']);
  expect(refusal(aDay(), '04:00:00.001').code).toBe('recovery-point-too-late');
  expect(refusal(aDay(), '04:00:00.001').nearest).toEqual([`${day}04:00:00.000Z`]);
  const rows = change(aDay(), 'log4', { last_valid_restore_time: `${day}04:00:40` });
  expect(chain(rows, '04:00:40')).toHaveLength(5);
  expect(refusal(rows, '04:00:40.001').code).toBe('recovery-point-too-late');
});

test('R4 a moment while a log backup ran › keeps the next one in reserve', () => {
  const planned = plan(aDay(), '02:00:30');
  expect(planned.steps.map(({ backup, isReserve }) => [backup.uuid, isReserve])).toEqual([
    ['full', false],
    ['log1', false],
    ['log2', false],
    ['log3', true],
  ]);
  expect(plan(aDay(), '02:30').steps.some(({ isReserve }) => isReserve)).toBe(false);
});

test('R4 a moment before everything › is too early', () => {
  const refused = refusal(aDay(), '00:00:59.999');
  expect(refused.code).toBe('recovery-point-too-early');
  expect(refused.nearest).toEqual([`${day}00:01:00.000Z`]);
  expect(refusal(without(aDay(), 'full'), '02:00').code).toBe('full-backup-missing');
});

test('R4 a full backup alone › is reachable at its end, without STOPAT', () => {
  const planned = plan(aDay().slice(0, 1), '00:01');
  expect([planned.steps.length, planned.stopAt, planned.effectivePoint]).toEqual([1, null, at('00:01')]);
  expect(refusal(aDay().slice(0, 1), '00:02').nearest).toEqual([`${day}00:01:00.000Z`]);
});

/** At 03:30 the source is restored to LSN 135; what was written from 02:30 on is lost to it. */
function aRestoredDay(): Row[] {
  const onB = { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB };
  return [
    ...without(aDay(), 'log4'),
    aBackup('bridge', 'L', '04:00', 130, 137, { last_recovery_fork_guid: forkB, fork_point_lsn: lsn(135) }),
    aBackup('logB', 'L', '05:00', 137, 150, onB),
  ];
}

test('R5 a restored source › keeps its former past reachable, and its new one by the log backup that leads over', () => {
  expect(chain(aRestoredDay(), '02:45')).toEqual(['full', 'log1', 'log2', 'log3']);
  expect(chain(aRestoredDay(), '04:30')).toEqual(['full', 'log1', 'log2', 'bridge', 'logB']);
});

test('R5 a moment around the restore of the source › is warned of', () => {
  expect(plan(aRestoredDay(), '03:30').warnings.map(({ code }) => code)).toEqual(['recovery-path-changed']);
  expect(plan(aRestoredDay(), '02:45').warnings).toEqual([]);
  expect(plan(aRestoredDay(), '04:30').warnings).toEqual([]);
  // Whoever begins after the restore cannot miss it, though the first log backup reaches back before it.
  const after = aBackup('after', 'D', '03:40', 135, 136, {
    first_recovery_fork_guid: forkB,
    last_recovery_fork_guid: forkB,
  });
  const rows = without([...aRestoredDay(), after], 'full');
  expect([chain(rows, '03:50'), plan(rows, '03:50').warnings]).toEqual([['after', 'bridge'], []]);
});

test('R5 a hole in the former path › is not filled with the new one', () => {
  expect(plan(without(aRestoredDay(), 'log3'), '02:30').warnings.map(({ code }) => code)).toEqual([
    'recovery-path-changed',
  ]);
  const seen = aBackup('seen', 'D', '02:50', 136, 137);
  expect(refusal(without([...aRestoredDay(), seen], 'log3'), '02:30').code).toBe('restore-chain-gap');
});

test('R5 log backups of a path that nothing leads to › are not joined, however well their LSNs fit', () => {
  const rows = change(aDay(), 'log2', { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB });
  const refused = refusal(rows.slice(0, 3), '01:30');
  expect(refused.code).toBe('recovery-path-unknown');
  expect(refused.message).toContain(forkB.toLowerCase());
});

test('R5 two databases of one name that were in use at once › are not guessed between', () => {
  const onB = { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB, server_name: 'SQL9' };
  const rows = [...aDay(), aBackup('twin', 'D', '01:10', 121, 122, onB), aBackup('logT', 'L', '03:10', 121, 131, onB)];
  const refused = refusal(rows, '02:30');
  expect(refused.code).toBe('recovery-path-ambiguous');
  expect(refused.nearest).toEqual([`${day}01:10:59.999Z`, `${day}03:10:00.001Z`]);
  expect(refused.message).toContain(String.raw`on SQL1 (log backup E:\backup\log3.trn)`);
  expect(refused.message).toContain(String.raw`fork ${forkB.toLowerCase()} on SQL9 (log backup E:\backup\logT.trn)`);
  expect(chain(rows, '01:05')).toEqual(['full', 'log1', 'log2']);
});

test('R6 a moment in a bulk-logged log backup › is refused with its two ends', () => {
  const rows = change(aDay(), 'log2', { has_bulk_logged_data: true });
  const refused = refusal(rows, '01:30');
  expect(refused.code).toBe('recovery-point-in-bulk-logged-backup');
  expect(refused.nearest).toEqual([`${day}01:00:00.000Z`, `${day}02:01:00.000Z`]);
  expect(chain(rows, '02:01')).toEqual(['full', 'log1', 'log2', 'log3']);
  expect(chain(rows, '01:00')).toEqual(['full', 'log1']);
});

test('R7 the simple recovery model › leads to the end of the last backup and says so', () => {
  const simple = { recovery_model: 'SIMPLE' };
  const rows = [
    aBackup('full', 'D', '00:00', 100, 110, simple),
    aBackup('diff', 'I', '02:00', 120, 130, { ...simple, differential_base_guid: 'full' }),
  ];
  const planned = plan(rows, '09:00');
  expect(planned.steps.map(({ backup, stopAt }) => [backup.uuid, stopAt])).toEqual([
    ['full', null],
    ['diff', null],
  ]);
  expect([planned.stopAt, planned.effectivePoint]).toEqual([null, at('02:01')]);
  expect(planned.warnings.map(({ code }) => code)).toEqual(['earlier-than-asked']);
  expect(chain(rows, '01:59')).toEqual(['full']);
});

test('R7 log backups › are not joined to a backup from the simple recovery model', () => {
  const rows = change(aDay(), 'full', { recovery_model: 'SIMPLE' });
  expect(refusal(rows, '03:30').code).toBe('restore-chain-gap');
});

test('R8 stripes and mirrors › are taken in order from the first complete mirror', () => {
  const families = [aFamily('b', 2, 1), aFamily('a', 1, 1), aFamily('a0', 1, 0), aFamily('https://x/c', 3, 1, 9)];
  const rows = change(aDay(), 'full', { family_count: 3, families });
  expect(plan(rows, '01:00').steps[0]?.backup.devices).toEqual([
    { kind: 'disk', name: 'a' },
    { kind: 'disk', name: 'b' },
    { kind: 'url', name: 'https://x/c' },
  ]);
  const refused = refusal(change(rows, 'full', { families: families.slice(1) }), '01:00');
  expect(refused.code).toBe('backup-media-incomplete');
  expect(refused.message).toContain('file 2 of its 3 is missing');
});

test('R8 a virtual device or a tape › is not restorable', () => {
  const rows = change(aDay(), 'log2', { families: [aFamily('{VSS}', 1, 0, 7)] });
  const refused = refusal(rows, '01:30');
  expect(refused.code).toBe('backup-not-restorable');
  expect(refused.message).toContain('{VSS} is a virtual device');
});

test('R9 versions › are warned of when mixed, and refused when newer than the target server', () => {
  const rows = change(aDay(), 'log2', { software_major_version: 17 });
  expect(plan(rows, '02:00').warnings).toEqual([
    { code: 'mixed-versions', message: 'The backups come from SQL Server versions 16 and 17' },
  ]);
  expect(refusal(rows, '02:00', { softwareMajorVersion: 16 }).code).toBe('backup-from-newer-server');
  expect(plan(rows, '02:00', { softwareMajorVersion: 17 }).needs.softwareMajorVersion).toBe(17);
});

test('R10 encrypted backups › name the certificate, and are refused where it is absent', () => {
  const rows = change(aDay(), 'log1', { encryptor_thumbprint: '0xABCD' });
  expect(plan(rows, '01:00').needs.certificateThumbprints).toEqual(['0xABCD']);
  expect(refusal(rows, '01:00', { certificateThumbprints: [] }).code).toBe('backup-certificate-missing');
  expect(plan(rows, '01:00', { certificateThumbprints: ['0xabcd'] }).steps).toHaveLength(2);
});

test('R11 replicas of an availability group › make one chain, and a backup that two of them list is one', () => {
  const rows = change(change(aDay(), 'log2', { server_name: 'SQL2' }), 'full', {
    is_copy_only: true,
    server_name: 'SQL3',
  });
  expect(chain([...rows.slice(2), ...rows], '03:30')).toEqual(['full', 'log1', 'log2', 'log3', 'log4']);
});

test('R11 a backup with several histories › is read from wherever its media is complete', () => {
  const rows = [...change(aDay(), 'log1', { families: [] }), ...aDay().slice(1, 2)];
  expect(chain(rows, '01:00')).toEqual(['full', 'log1']);
});

test('a tail-log backup › with incomplete metadata is used with a warning', () => {
  const rows = change(aDay(), 'log4', { has_incomplete_metadata: true });
  expect(plan(rows, '03:30').warnings.map(({ code }) => code)).toEqual(['incomplete-metadata']);
});

test('the order of the rows › changes nothing', () => {
  expect(chain(aRestoredDay().toReversed(), '04:30')).toEqual(chain(aRestoredDay(), '04:30'));
});

test('R5 a history that begins behind a restore of the source › starts with a log backup that reaches back before it', () => {
  const bridge = { last_recovery_fork_guid: forkB, fork_point_lsn: lsn(95) };
  const onB = { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB };
  const rows = [aBackup('full', 'D', '00:00', 100, 110, onB), aBackup('bridge', 'L', '01:00', 90, 120, bridge)];
  expect([chain(rows, '00:30'), plan(rows, '00:30').warnings]).toEqual([['full', 'bridge'], []]);
  // Whoever takes no log backup crosses nothing either, wherever its differential was taken.
  const differential = aBackup('diff', 'I', '00:10', 105, 112, {
    differential_base_guid: 'full',
    time_zone: 127,
    ...onB,
  });
  const onA = { first_recovery_fork_guid: forkA, last_recovery_fork_guid: forkA };
  const planned = planRestoreChain(aHistory([{ ...rows[0], ...onA }, differential]), { at: at('14:11') });
  expect([planned.steps.length, planned.warnings.map(({ code }) => code)]).toEqual([2, ['time-zone-unknown']]);
});
