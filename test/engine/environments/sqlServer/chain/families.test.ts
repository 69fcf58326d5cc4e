import { expect, test } from 'vitest';
import { planRestoreChain } from '../../../../../engine/environments/sqlServer/chain/restoreChain.ts';
import { aBackup, aFamily, aHistory, at, forkB, histories, lsn } from './aBackup.ts';
import type { Row } from './aBackup.ts';
import { aDay, chain, change, day, plan, refusal, without } from './aDay.ts';

const onNul = (name: string) => ({ families: [aFamily(name)] });

test('media that is none › ends the chain before it, and the reason names it', () => {
  for (const name of ['NUL', 'nul:', '\\\\.\\NUL', '/dev/null']) {
    const refused = refusal(change(aDay(), 'log2', onNul(name)), '03:30');
    expect([refused.code, refused.nearest]).toEqual(['backup-not-restorable', [`${day}01:00:00.000Z`]]);
    expect(refused.message).toContain(`it went to ${name}, which keeps nothing`);
  }
  // A copy-only one beside the chain harms nothing.
  const beside = aBackup('copy', 'L', '01:30', 120, 125, { is_copy_only: true, ...onNul('NUL') });
  expect(chain([...aDay(), beside], '01:20')).toEqual(['full', 'log1', 'log2']);
  const nulFull = aBackup('lost', 'D', '02:30', 132, 134, onNul('NUL'));
  expect(plan([...aDay(), nulFull], '03:00').warnings[0]?.message).toContain('lost is not used: it went to NUL');
});

test('media that is none, mirrored with a real file › leaves the file, but never a mixture', () => {
  const mirrored = (...families: readonly Row[]) => change(aDay(), 'log2', { family_count: 2, families });
  const whole = [aFamily('a', 1, 1), aFamily('b', 2, 1)];
  const used = plan(mirrored(aFamily('NUL', 1, 0), aFamily('x', 2, 0), ...whole), '01:30').steps.at(-1)?.backup.devices;
  expect(used?.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(refusal(mirrored(aFamily('NUL', 1, 0), aFamily('x', 2, 0), aFamily('a', 1, 1)), '01:30').code).toBe(
    'backup-not-restorable',
  );
});

const old = { database_name: 'AxDB_GOLIVE' };

test('a renamed database › keeps its history, under either name and wherever the rename fell', () => {
  for (const renamed of [['full'], ['full', 'log1'], ['full', 'log1', 'log2', 'log3']]) {
    const rows = renamed.reduce((all: readonly Row[], uuid) => change(all, uuid, old), aDay());
    const [only, ...others] = histories(rows);
    expect([only?.databaseName, only?.formerNames, others]).toEqual(['AxDB', ['AxDB_GOLIVE'], []]);
    expect(chain(rows, '03:30')).toEqual(['full', 'log1', 'log2', 'log3', 'log4']);
    expect(chain(rows.toReversed(), '03:30')).toEqual(['full', 'log1', 'log2', 'log3', 'log4']);
  }
  // There and back again, and on a replica: the log backups join.
  const back = change(change(aDay(), 'log2', { ...old, server_name: 'SQL2' }), 'log3', old);
  expect(chain(back, '03:30')).toEqual(['full', 'log1', 'log2', 'log3', 'log4']);
});

const onB = { first_recovery_fork_guid: forkB, last_recovery_fork_guid: forkB };

test('a database restored from another name › leads back to it, and not to what that one did afterwards', () => {
  const bridge = { first_recovery_fork_guid: undefined, last_recovery_fork_guid: forkB, fork_point_lsn: lsn(120) };
  const source = aDay().map((row) => ({ ...row, ...old }));
  const own = aBackup('own', 'L', '02:30', 120, 127, {
    ...bridge,
    first_recovery_fork_guid: aDay()[0]?.['last_recovery_fork_guid'],
    server_name: 'SQL2',
  });
  const known = histories([...source, own]);
  expect(known.map(({ databaseName, sets }) => [databaseName, sets.map(({ uuid }) => uuid)])).toEqual([
    ['AxDB_GOLIVE', ['full', 'log1', 'log2', 'log3', 'log4']],
    ['AxDB', ['full', 'log1', 'own']],
  ]);
  const production = known[1] ?? known[0];
  if (production === undefined) throw new Error('a history expected');
  const planned = planRestoreChain(production, { at: at('02:20') });
  expect(planned.steps.map(({ backup }) => backup.uuid)).toEqual(['full', 'log1', 'own']);
});

test('names side by side in one family › are different databases', () => {
  const sandbox = aBackup('uat', 'D', '01:30', 200, 210, { ...onB, database_name: 'AxDB_UAT' });
  expect(histories([...aDay(), sandbox]).map(({ databaseName }) => databaseName)).toEqual(['AxDB', 'AxDB_UAT']);
  // Attached under another name on the same fork: its log backups overlap, or it only takes full backups in between.
  for (const type of ['L', 'D']) {
    const attached = aBackup('copy', type, '02:30', 125, 135, { database_name: 'AxDB_TEST' });
    expect(histories([...aDay(), attached]).map(({ sets }) => sets.length)).toEqual([5, 1]);
  }
  const elsewhere = aBackup('copy', 'D', '05:00', 155, 156, { database_name: 'AxDB_TEST', server_name: 'SQL9' });
  expect(histories([...aDay(), elsewhere]).map(({ sets }) => sets.length)).toEqual([5, 1]);
});

test('an odd row › is walked over where its LSNs can be believed, and nothing is stopped in it', () => {
  const backwards = { backup_start_date: `${day}02:00:00`, backup_finish_date: '2026-11-19T02:00:00' };
  for (const odd of [backwards, { backup_start_date: '1900-01-01T00:00:00' }, { backup_finish_date: null }]) {
    const rows = change(aDay(), 'log2', odd);
    expect(chain(rows, '03:30')).toEqual(['full', 'log1', 'log2', 'log3', 'log4']);
    expect(plan(rows, '03:30').steps.map(({ stopAt }) => stopAt !== null)).toEqual([false, true, false, true, true]);
    const refused = refusal(rows, '01:30');
    expect([refused.code, refused.message.includes('when log backup')]).toEqual(['recovery-point-zone-unknown', true]);
  }
  expect(chain(change(aDay(), 'log2', { time_zone: -127 }), '03:30')).toHaveLength(5);
  expect(refusal(change(aDay(), 'log2', { first_lsn: null }), '03:30').code).toBe('restore-chain-gap');
  expect(refusal(change(aDay(), 'log2', { family_count: null }), '03:30').message).toContain('media_family_count');
  expect(refusal(change(aDay(), 'log2', onDevice(42)), '03:30').message).toContain('device_type is NULL or unknown');
});

const onDevice = (type: number) => ({ families: [aFamily('x', 1, 0, type)] });

test('a full backup with an odd date › counts as ended when its LSNs tell', () => {
  // It ended at 02:31; its row says the day before, or what cannot be.
  for (const odd of [
    { backup_start_date: '2026-11-19T02:30:00', backup_finish_date: '2026-11-19T02:31:00' },
    { backup_start_date: '1900-01-01T00:00:00' },
  ]) {
    const rows = [...aDay(), aBackup('odd', 'D', '02:30', 132, 134, odd)];
    expect([chain(rows, '02:45'), chain(rows, '03:30')]).toEqual([
      ['full', 'log1', 'log2', 'log3'],
      ['odd', 'log3', 'log4'],
    ]);
    // A differential needs it as well.
    const differential = aBackup('diff', 'I', '02:40', 135, 136, { differential_base_guid: 'odd' });
    expect(chain(without([...rows, differential], 'log3', 'log4'), '02:00')).toEqual(['full', 'log1', 'log2']);
    expect(refusal(without([...rows, differential], 'log3', 'log4'), '02:41').code).toBe('recovery-point-too-late');
    // With the next log backup gone, nothing tells.
    expect(chain(without(rows, 'log3', 'log4'), '02:00')).toEqual(['full', 'log1', 'log2']);
  }
});

test('a full backup that is dated long after its LSNs › is of another database, and not used', () => {
  const foreign = aBackup('foreign', 'D', '00:00', 124, 125, {
    backup_start_date: `${day}12:00:00`,
    backup_finish_date: `${day}12:01:00`,
  });
  const rows = [...aDay(), foreign, aBackup('late', 'L', '13:00', 150, 160)];
  expect(chain(rows, '12:30')).toEqual(['full', 'log1', 'log2', 'log3', 'log4', 'late']);
});

const inFile = (name: string, position: number, more: Row = {}) => ({ families: [aFamily(name)], position, ...more });

test('a file that was written over › holds only what came last', () => {
  const next = (more: Row) => aBackup('full2', 'D', '02:30', 132, 134, more);
  const nightly = change(aDay(), 'full', inFile('G:\\nightly\\AxDB.bak', 1));
  const refused = refusal([...nightly, next(inFile('g:\\NIGHTLY\\axdb.bak', 1))], '01:30');
  expect([refused.code, refused.nearest]).toEqual(['backup-media-incomplete', [`${day}02:31:00.000Z`]]);
  expect(refused.message).toContain('was overwritten: full backup full2 of AxDB was written to the same file later');
  // Appended, on another host, in another file, or where the row does not say at which place.
  for (const more of [
    inFile('G:\\nightly\\AxDB.bak', 2),
    inFile('G:\\nightly\\AxDB.bak', 1, { server_name: 'SQL2', is_copy_only: true }),
    inFile('G:\\nightly\\AxDB2.bak', 1),
    inFile('G:\\nightly\\AxDB.bak', 1, { position: null }),
  ])
    expect(chain([...nightly, next(more)], '01:30')).toEqual(['full', 'log1', 'log2']);
});

test('a file that was written over › is so also by another database, by a share, by a lower position, and per mirror', () => {
  const share = '\\\\nas\\sql\\all.bak';
  const rows = change(aDay(), 'full', inFile(share, 2));
  const other = (position: number) =>
    aBackup(
      'mr',
      'D',
      '02:30',
      5,
      6,
      inFile('\\\\NAS\\sql\\ALL.bak', position, { family_guid: 'other', database_name: 'MR', server_name: 'SQL7' }),
    );
  const overwritten = (...all: readonly Row[]) =>
    histories(all)[0]?.sets.find(({ uuid }) => uuid === 'full')?.defect?.kind;
  expect([other(1), other(2), other(3)].map((one) => overwritten(...rows, one))).toEqual([
    'overwritten',
    'overwritten',
    undefined,
  ]);
  const mirrored = change(rows, 'full', { families: [aFamily(share), aFamily('E:\\second.bak', 1, 1)] });
  const [history] = histories([...mirrored, other(1)]);
  expect(history?.sets[0]?.devices.map(({ name }) => name)).toEqual(['E:\\second.bak']);
});

const uat = { server_name: 'UATSQL' };

test('a copy of the data files on the same fork › is never mixed in, and not guessed where both cover the moment', () => {
  const rows = [...aDay(), aBackup('uat1', 'L', '01:30', 118, 132, uat), aBackup('uat2', 'L', '03:10', 132, 146, uat)];
  for (const ordered of [rows, rows.toReversed()]) {
    expect(chain(ordered, '00:30')).toEqual(['full', 'log1']);
    expect(chain(ordered, '02:45')).toEqual(['full', 'log1', 'log2', 'log3']);
    expect(chain(ordered, '03:30')).toEqual(['full', 'log1', 'log2', 'log3', 'log4']);
  }
  // Parted where a log backup ended: nothing tells which of the two is production.
  const even = [...aDay(), aBackup('uat1', 'L', '01:30', 120, 132, uat), aBackup('uat2', 'L', '03:10', 132, 146, uat)];
  for (const ordered of [even, even.toReversed()]) {
    expect([chain(ordered, '00:45'), refusal(ordered, '01:15').code, refusal(ordered, '02:45').code]).toEqual([
      ['full', 'log1'],
      'recovery-path-ambiguous',
      'recovery-path-ambiguous',
    ]);
    expect(refusal(ordered, '02:45').message).toContain('on UATSQL');
  }
});

test('two lines of log backups on one fork › are told apart by server, by replica and, on clones, by how they join', () => {
  const replicas = change(change(aDay(), 'log2', { server_name: 'SQL2' }), 'log4', { server_name: 'SQL2' });
  const copies = [aBackup('uat1', 'L', '01:30', 118, 132, uat), aBackup('uat2', 'L', '03:10', 132, 146, uat)];
  expect(chain([...replicas, ...copies], '02:45').filter((uuid) => uuid.startsWith('uat'))).toEqual([]);
  // A machine was cloned: the server's name is the same.
  const clones = copies.map((row) => ({ ...row, server_name: 'SQL1' }));
  expect(chain([...aDay(), ...clones], '03:30')).toEqual(['full', 'log1', 'log2', 'log3', 'log4']);
  // The copy takes full backups as well.
  const own = aBackup('uat0', 'D', '01:45', 133, 134, uat);
  expect(refusal([...aDay(), ...copies, own], '02:45').code).toBe('recovery-path-ambiguous');
  expect(plan([...aDay(), ...copies, own], '03:30', {}).steps.length).toBeGreaterThan(0);
});

const secondary = { server_name: 'SQL2' };

test('a log backup of a secondary › is followed by the next one, in reserve, as far as the secondary may lag', () => {
  const rows = change(aDay(), 'log2', secondary);
  const planned = plan(rows, '01:55');
  expect(planned.steps.map(({ backup, isReserve }) => [backup.uuid, isReserve])).toEqual([
    ['full', false],
    ['log1', false],
    ['log2', false],
    ['log3', true],
  ]);
  expect(planned.warnings).toEqual([]);
  // All of them: up to one that started an hour later.
  const all = aDay().map((row) => (row['type'] === 'L' ? { ...row, ...secondary } : row));
  expect([chain(all, '01:55'), chain(all, '02:00')]).toEqual([
    ['full', 'log1', 'log2', 'log3'],
    ['full', 'log1', 'log2', 'log3'],
  ]);
  const last = plan(all, '03:55');
  expect([last.steps.length, last.warnings.map(({ code }) => code)]).toEqual([5, ['replica-may-lag']]);
  expect(last.steps.map(({ mayLag }) => mayLag)).toEqual([false, false, false, false, true]);
  expect(last.warnings[0]?.message).toContain('was taken on SQL2, which is not where the full backups come from');
});

test('a server that took over › is no secondary, unless the former primary goes on', () => {
  const rows = change(change(aDay(), 'log3', secondary), 'log4', secondary);
  expect(chain(rows, '02:30')).toEqual(['full', 'log1', 'log2', 'log3']);
  const back = aBackup('full2', 'D', '04:30', 151, 152);
  expect(chain([...rows, back], '02:30')).toEqual(['full', 'log1', 'log2', 'log3', 'log4']);
  expect(chain([...rows, { ...back, ...secondary }], '02:30')).toEqual(['full', 'log1', 'log2', 'log3']);
});

/** Taken by a secondary three hours east of the primary. */
const far = (row: Row): Row => ({
  ...row,
  ...secondary,
  time_zone: 12,
  backup_start_date: later(row['backup_start_date']),
  backup_finish_date: later(row['backup_finish_date']),
});
const later = (text: unknown) => new Date(Date.parse(`${String(text)}Z`) + 3 * 3_600_000).toISOString().slice(0, 19);

test('STOPAT of a log backup from a secondary › is the wall time of the primary, which wrote the log', () => {
  const rows = aDay().map((row) => (row['type'] === 'L' ? far(row) : row));
  const planned = plan(rows, '02:30');
  expect([planned.stopAt, planned.stopAtZoneMinutes]).toEqual([`${day}02:30:00.000`, 0]);
  expect(planned.warnings.map(({ code }) => code)).toEqual(['replica-in-another-zone']);
  // Both take turns; and the next full backup tells the same.
  const turns = aDay().map((row) => (row['backup_set_uuid'] === 'log2' ? far(row) : row));
  expect(plan(turns, '01:30').stopAt).toBe(`${day}01:30:00.000`);
  const next = aBackup('full2', 'D', '04:30', 151, 152);
  expect(plan([...rows, next], '02:30').stopAt).toBe(`${day}02:30:00.000`);
});

test('the zone of the primary › is refused where it is uncertain', () => {
  const rows = aDay().map((row) => (row['type'] === 'L' ? far(row) : row));
  const moved = aBackup('full2', 'D', '04:30', 151, 152, {
    time_zone: 4,
    backup_start_date: `${day}05:30:00`,
    backup_finish_date: `${day}05:31:00`,
  });
  const takenOver = far(aBackup('full2', 'D', '04:30', 151, 152));
  const hourApart = rows.map((row) =>
    row['type'] === 'L'
      ? {
          ...row,
          time_zone: 4,
          backup_start_date: `${String(row['backup_start_date']).slice(0, 11)}0${String(Number(String(row['backup_set_uuid']).slice(3)) + 1)}:00:00`,
          backup_finish_date: `${day}0${String(Number(String(row['backup_set_uuid']).slice(3)) + 1)}:01:00`,
        }
      : row,
  );
  for (const uncertain of [[...rows, moved], [...rows, takenOver], hourApart]) {
    const refused = refusal(uncertain, '02:30');
    expect(refused.code).toBe('recovery-point-zone-unknown');
  }
  expect(refusal(hourApart, '02:30').message).toContain(
    'the time zone of the primary, whose wall time the log carries',
  );
});

const ahead = (row: Row): Row => ({
  ...row,
  backup_start_date: String(row['backup_start_date']).replace('-20T', '-21T'),
  backup_finish_date: String(row['backup_finish_date']).replace('-20T', '-21T'),
});

test('a clock that jumped a day › is seen by the LSNs: nothing is stopped in what it stamped, and the chain goes on', () => {
  const rows = [...aDay(), aBackup('log5', 'L', '05:00', 150, 160), aBackup('log6', 'L', '06:00', 160, 170)];
  const jumped = rows.map((row) => (row['backup_set_uuid'] === 'log3' ? ahead(row) : row));
  for (const ordered of [jumped, jumped.toReversed()]) {
    expect(refusal(ordered, '02:30').code).toBe('recovery-point-in-clock-change');
    expect(refusal(ordered, '03:30').code).toBe('recovery-point-in-clock-change');
    const planned = plan(ordered, '04:30');
    expect(planned.steps.map(({ backup, stopAt }) => [backup.uuid, stopAt?.slice(11, 16)])).toEqual([
      ['full', undefined],
      ['log1', '04:30'],
      ['log2', '04:30'],
      ['log3', undefined],
      ['log4', undefined],
      ['log5', '04:30'],
    ]);
    expect(refusal(ordered, '07:00').code).toBe('recovery-point-too-late');
  }
  // Back by a day instead, and for two log backups.
  const behind = rows.map((row) =>
    ['log3', 'log4'].includes(String(row['backup_set_uuid']))
      ? { ...row, backup_start_date: String(row['backup_start_date']).replace('-20T', '-19T') }
      : row,
  );
  expect(chain(behind, '05:30')).toHaveLength(7);
  expect(refusal(behind, '02:30').code).toBe('recovery-point-in-clock-change');
});

test('clocks of replicas that differ by minutes › are no jump', () => {
  const close = aBackup('log3', 'L', '01:57', 130, 140, secondary);
  expect(chain([...without(aDay(), 'log3'), close], '03:30')).toHaveLength(5);
  expect(
    plan([...without(aDay(), 'log3'), close], '03:30').steps.every(
      ({ backup, stopAt }) => backup.type === 'full' || stopAt !== null,
    ),
  ).toBe(true);
});

test('what is not used › is named with its own reason', () => {
  const seed = aBackup('seed', 'D', '02:30', 132, 134, { is_copy_only: true, families: [aFamily('{SEED}', 1, 0, 7)] });
  expect(plan([...aDay(), seed], '02:45').warnings[0]?.message).toContain('{SEED} is a virtual device');
  const snapshot = { ...seed, families: [aFamily('x')], is_snapshot: true };
  expect(plan([...aDay(), snapshot], '02:45').warnings[0]?.message).toContain('it is a snapshot (VSS');
  const multiBase = aBackup('multi', 'I', '02:10', 112, 134);
  expect(plan([...aDay(), multiBase], '02:30').warnings).toEqual([
    {
      code: 'differential-not-used',
      message: String.raw`The newer differential backup E:\backup\multi.bak is not used: it builds on several full backups (a multi-base differential), which the history does not name`,
    },
  ]);
  expect(refusal([...without(aDay(), 'log2', 'log3'), multiBase], '02:30').message).toContain(
    'multi-base differential',
  );
  const orphan = { ...multiBase, differential_base_guid: 'gone' };
  expect(refusal([...without(aDay(), 'log2', 'log3'), orphan], '02:30').message).toContain(
    '(gone) is not in the history',
  );
});

test('the order of the rows › changes nothing, also where one backup has two rows', () => {
  const twice = [
    aBackup('log2', 'L', '02:00', 120, 130, { families: [aFamily('\\\\nas\\copy.trn')] }),
    aBackup('log2', 'L', '02:00', 120, 130, { time_zone: null }),
  ];
  const rows = [...aDay(), ...twice];
  const devices = (ordered: readonly Row[]) => aHistory(ordered).sets.find(({ uuid }) => uuid === 'log2')?.devices;
  expect(devices(rows)).toEqual(devices(rows.toReversed()));
});
