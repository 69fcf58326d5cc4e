import { expect, test } from 'vitest';
import { aBackup } from './aBackup.ts';
import { aDay, change, day, refusal, without } from './aDay.ts';

test('a refusal › of a damaged log backup names it', () => {
  const refused = refusal(change(aDay(), 'log3', { is_damaged: true }), '02:30');
  expect(refused.code).toBe('backup-damaged');
  expect(refused.message).toContain(String.raw`log backup E:\backup\log3.trn cannot be used`);
  expect(refused.nearest).toEqual([`${day}02:00:00.000Z`]);
});

test('a refusal › behind a full backup alone is too late, whatever its recovery model can do', () => {
  expect(refusal(aDay().slice(0, 1), '00:02').code).toBe('recovery-point-too-late');
});

test('a refusal › at the very end of a bulk-logged log backup looks further: that end can be restored', () => {
  const rows = without(change(aDay(), 'log2', { has_bulk_logged_data: true }), 'log3');
  expect(refusal(rows, '02:00:59.999').code).toBe('recovery-point-in-bulk-logged-backup');
  expect(refusal(rows, '02:01').code).toBe('restore-chain-gap');
});

test('a refusal › follows the log backups, not a full backup of elsewhere that ended with them', () => {
  const rows = [...without(aDay(), 'log3'), aBackup('lost', 'D', '01:59', 900, 910)];
  const refused = refusal(rows, '02:30');
  expect(refused.code).toBe('restore-chain-gap');
  expect(refused.message).toContain(
    String.raw`between log backup E:\backup\log2.trn and log backup E:\backup\log4.trn`,
  );
});

test('a refusal › before every usable full backup names the newest one that would have done', () => {
  const rows = [
    aBackup('old', 'D', '00:00', 90, 95, { is_damaged: true }),
    aBackup('bad', 'D', '00:10', 96, 97, { is_damaged: true }),
    aBackup('good', 'D', '03:30', 141, 143),
  ];
  expect(refusal(rows, '00:00:59.999').code).toBe('recovery-point-too-early');
  expect(refusal(rows, '00:01').message).toContain(String.raw`full backup E:\backup\old.bak cannot be used`);
  const refused = refusal(rows, '00:11');
  expect([refused.code, refused.nearest]).toEqual(['backup-damaged', [`${day}03:31:00.000Z`]]);
  expect(refused.message).toContain(String.raw`full backup E:\backup\bad.bak cannot be used`);
});

test('a refusal › in a gap also names the full backup that would have closed it', () => {
  const also = 'cannot be used either: it was found damaged when it was taken';
  const inGap = (start: string, type = 'D') => {
    const bad = aBackup('bad', type, start, 133, 134, { is_damaged: true });
    return refusal([...without(aDay(), 'log3'), bad], '02:45').message;
  };
  expect(inGap('02:30')).toContain(also);
  expect(inGap('02:44')).toContain(also);
  // Ended when the log backups before the gap do, or after the moment: no help either way.
  expect(inGap('01:59')).not.toContain(also);
  expect(inGap('02:45')).not.toContain(also);
  expect(inGap('02:30', 'P')).not.toContain('either');
});

test('a refusal › between the windows names the end of the one and the beginning of the other', () => {
  const rows = [
    ...without(aDay(), 'log2'),
    aBackup('later', 'D', '03:30', 141, 143),
    aBackup('last', 'D', '09:00', 200, 210),
  ];
  expect(refusal(rows, '02:00').nearest).toEqual([`${day}01:00:00.000Z`, `${day}03:31:00.000Z`]);
  expect(refusal(rows, '05:00').nearest).toEqual([`${day}04:00:00.000Z`, `${day}09:01:00.000Z`]);
  expect(refusal(rows, '10:00').nearest).toEqual([`${day}09:01:00.000Z`]);
});

test('a refusal › of a history without a whole full backup names the newest there is, even a later one', () => {
  const damaged = { is_damaged: true };
  const rows = change([...aDay(), aBackup('bad', 'D', '03:30', 141, 143, damaged)], 'full', damaged);
  expect(refusal(rows, '00:00:30').message).toContain(String.raw`full backup E:\backup\bad.bak cannot be used`);
  expect(refusal(rows, '02:00').message).toContain(String.raw`full backup E:\backup\full.bak cannot be used`);
  expect(refusal(change(aDay(), 'full', { type: 'F' }), '00:00:30').code).toBe('backup-not-restorable');
  // A differential that cannot be used is no full backup.
  const differential = aBackup('diff', 'I', '00:10', 110, 112, damaged);
  expect(refusal([...without(aDay(), 'full'), differential], '02:00').code).toBe('full-backup-missing');
});
