import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectTo, type Client, type Outcome } from './client.ts';
import { startFoCompany, type FoCompany } from './foCompany.ts';
import { findBackupFile } from './state/backups.ts';

let company: FoCompany;
let rewind: Client;
beforeAll(async () => {
  // Backups of AxDB: 1 full, 2 log, 3 differential, 4 log, 5 log; moments 1 to 7 between them.
  company = await startFoCompany();
  rewind = await connectTo(company.target, 'rewind');
});
afterAll(async () => {
  await rewind.close();
  await company[Symbol.asyncDispose]();
});

const file = (number: number, kind = 'trn') => `E:\\Backup\\AxDB_${number}.${kind}`;
const move = (name: string) => `MOVE N'AxDB' TO N'D:\\Data\\${name}.mdf', MOVE N'AxDB_log' TO N'D:\\Data\\${name}.ldf'`;
const full = (name: string, more = 'NORECOVERY') =>
  `RESTORE DATABASE [${name}] FROM DISK = N'${file(1, 'bak')}' WITH ${move(name)}, ${more}`;
const differential = (name: string) => `RESTORE DATABASE [${name}] FROM DISK = N'${file(3, 'bak')}' WITH NORECOVERY`;
const log = (name: string, number: number, stopAt?: string) =>
  `RESTORE LOG [${name}] FROM DISK = N'${file(number)}' WITH NORECOVERY${stopAt === undefined ? '' : `, STOPAT = N'${stopAt.replace('Z', '')}'`}`;
const recover = (name: string) => `RESTORE DATABASE [${name}] WITH RECOVERY, RESTRICTED_USER`;
const state = async (name: string) =>
  (await rewind.run(`SELECT state_desc FROM sys.databases WHERE name = N'${name}'`)).rows[0]?.['state_desc'];
const numbers = (infos: Outcome['infos']) =>
  infos.map(({ number }) => number).filter((number) => number > 3999 && number !== 4035);

async function restored(name: string): Promise<unknown> {
  expect((await rewind.run(recover(name))).errors).toEqual([]);
  const { rows, errors } = await rewind.run(`SELECT n FROM [${name}].dbo.moments ORDER BY n`);
  expect(errors).toEqual([]);
  await rewind.run(`DROP DATABASE [${name}]`);
  return rows.map(({ n }) => n);
}

const counting = (length: number) => Array.from({ length }, (_, index) => index + 1);

test('a restore on the stand-in › holds exactly what was committed at STOPAT, at every moment of the history', async () => {
  for (const { at, rows } of company.moments.slice(1)) {
    expect((await rewind.run(full('copy'))).errors).toEqual([]);
    const answers = [];
    for (const number of [2, 4, 5]) {
      const { errors, infos } = await rewind.run(log('copy', number, at));
      answers.push(...errors, ...numbers(infos));
      if (numbers(infos).includes(4332)) break;
    }
    expect(answers.at(-1)).toBe(4332);
    expect(answers.slice(0, -1).every((number) => number === 4322)).toBe(true);
    expect(await restored('copy')).toEqual(counting(rows));
  }
});

test('a restore on the stand-in › goes on from a differential, and skips the logs before it with 4326', async () => {
  const last = company.moments[5];
  await rewind.run(full('copy'));
  expect((await rewind.run(differential('copy'))).errors).toEqual([]);
  expect((await rewind.run(log('copy', 2))).errors).toEqual([4326, 3013]);
  expect((await rewind.run(log('copy', 4, last?.at))).infos.at(-1)?.number).toBe(4322);
  expect((await rewind.run(log('copy', 5, last?.at))).infos.at(-1)?.number).toBe(4332);
  expect(await restored('copy')).toEqual(counting(6));
});

test('a restore on the stand-in › reports each rule of the log by its number, the generic error last', async () => {
  const first = company.moments[0]?.at;
  expect((await rewind.run(log('copy', 2))).errors).toEqual([3118, 3013]);
  await rewind.run(full('copy'));
  expect((await rewind.run(log('copy', 4))).errors).toEqual([4305, 3013]);
  expect((await rewind.run(log('copy', 2, first))).errors).toEqual([4335, 3013]);
  expect((await rewind.run(log('copy', 2))).errors).toEqual([]);
  expect((await rewind.run(differential('copy'))).errors).toEqual([3136, 3013]);
  expect(
    (await rewind.run(`RESTORE LOG copy FROM DISK = N'E:\\Backup\\ManagementReporter_4.trn' WITH NORECOVERY`)).errors,
  ).toEqual([3154, 3013]);
  expect(await state('copy')).toBe('RESTORING');
  expect((await rewind.run('SELECT n FROM copy.dbo.moments')).errors).toEqual([927]);
  expect((await rewind.run(recover('copy'))).errors).toEqual([]);
  expect((await rewind.run(log('copy', 4))).errors).toEqual([3117, 3013]);
  expect((await rewind.run(recover('copy'))).errors).toEqual([3153, 3013]);
  await rewind.run('DROP DATABASE copy');
});

test('a restore on the stand-in › refuses a path of recovery that the database is not on', async () => {
  const forked = findBackupFile(company.target.state.share, file(2))?.sets;
  const [set] = forked ?? [];
  if (!forked || !set) throw new Error('the log backup is missing');
  forked[0] = { ...set, firstFork: 'other', lastFork: 'other' };
  await rewind.run(full('copy'));
  expect((await rewind.run(log('copy', 2))).errors).toEqual([4330, 3013]);
  forked[0] = set;
  await rewind.run('DROP DATABASE copy');
});

test('a restore on the stand-in › plans its files before it writes any', async () => {
  const { state: server } = company.target;
  const attempt = async (moves: string) =>
    (await rewind.run(`RESTORE DATABASE copy FROM DISK = N'${file(1, 'bak')}' WITH ${moves}NORECOVERY`)).errors;
  expect(await attempt("MOVE N'AxDB' TO N'D:\\Data\\AxDB_uat.mdf', MOVE N'AxDB_log' TO N'D:\\a.ldf', ")).toEqual([
    1834, 3156, 3119, 3013,
  ]);
  expect(await attempt("MOVE N'AxDB' TO N'Q:\\a.mdf', MOVE N'AxDB_log' TO N'D:\\a.ldf', ")).toEqual([
    5133, 3156, 3119, 3013,
  ]);
  expect(await attempt("MOVE N'AxDB' TO N'D:\\a.mdf', MOVE N'AxDB_log' TO N'D:\\a.mdf', ")).toEqual([3176, 3119, 3013]);
  expect(await attempt("MOVE N'Other' TO N'D:\\a.mdf', ")).toEqual([3234, 3013]);
  server.strayFiles.add('D:\\a.mdf');
  expect(await attempt("MOVE N'AxDB' TO N'D:\\A.MDF', MOVE N'AxDB_log' TO N'D:\\a.ldf', ")).toEqual([3142, 3119, 3013]);
  const [volume] = server.volumes;
  if (!volume) throw new Error('a server has a volume');
  const free = volume.availableBytes;
  volume.availableBytes = 1000;
  const { errors, messages } = await rewind.run(full('copy'));
  expect(errors).toEqual([3257, 3119, 3013]);
  expect(messages[0]).toContain('only 1000 bytes are available');
  volume.availableBytes = free;
  expect(await state('copy')).toBeUndefined();
});

test('a restore on the stand-in › gives space back when the copy is dropped', async () => {
  const [volume] = company.target.state.volumes;
  const before = volume?.availableBytes;
  await rewind.run(full('copy'));
  expect(volume?.availableBytes).toBe((before ?? 0) - 16 * 1_048_576);
  await rewind.run('DROP DATABASE copy');
  expect(volume?.availableBytes).toBe(before);
});

for (const [what, fault, errors] of [
  ['missing', { kind: 'missing' }, [3201, 3013]],
  ['out of the service account’s reach', { kind: 'denied' }, [3201, 3013]],
  ['unreadable', { kind: 'unreadable' }, [3203, 3013]],
  ['no backup', { kind: 'not-a-backup' }, [3241, 3013]],
  ['damaged', { kind: 'damaged' }, [3183, 3013]],
] as const) {
  test(`a restore on the stand-in › names a backup file that is ${what}`, async () => {
    const backup = findBackupFile(company.target.state.share, file(1, 'bak'));
    if (!backup) throw new Error('the full backup is missing');
    backup.fault = fault;
    expect((await rewind.run(full('copy'))).errors).toEqual(errors);
    backup.fault = undefined;
    // What was begun is left in RESTORING, as SQL Server leaves it.
    expect(await state('copy')).toBe(what === 'damaged' ? 'RESTORING' : undefined);
    await rewind.run('DROP DATABASE IF EXISTS copy');
  });
}

test('a restore on the stand-in › refuses newer versions, unknown certificates and databases that are there', async () => {
  const sets = findBackupFile(company.target.state.share, file(1, 'bak'))?.sets ?? [];
  const [set] = sets;
  if (!set) throw new Error('the full backup is missing');
  sets[0] = { ...set, version: [17, 0, 4065] };
  expect((await rewind.run(full('copy'))).errors).toEqual([3169, 3013]);
  sets[0] = { ...set, encryptor: 'ABCDEF' };
  expect((await rewind.run(full('copy'))).errors).toEqual([33_111, 3013]);
  sets[0] = set;
  expect((await rewind.run(full('AxDB_uat'))).errors).toEqual([3154, 3013]);
  await using inside = await connectTo(company.target, 'sa', 'AxDB_uat');
  expect((await inside.run(full('AxDB_uat'))).errors).toEqual([3102, 3013]);
  expect((await rewind.run(full('AxDB_uat', 'REPLACE, NORECOVERY'))).errors).toEqual([3101, 3013]);
  await using tester = await connectTo(company.target, 'tester');
  expect((await tester.run(full('copy'))).errors).toEqual([262, 3013]);
});

test('a restore on the stand-in › shows headers, files and labels of a backup', async () => {
  const header = (await rewind.run(`RESTORE HEADERONLY FROM DISK = N'${file(5)}'`)).rows[0];
  expect(header).toMatchObject({
    BackupType: 2,
    DatabaseName: 'AxDB',
    ServerName: 'PROD-SQL',
    Position: 1,
    IsCopyOnly: false,
    HasBackupChecksums: true,
  });
  await using source = await connectTo(company.source, 'history', 'msdb');
  const { rows } = await source.run(
    "SELECT CAST(s.backup_set_uuid AS varchar(36)) AS uuid, CAST(s.first_lsn AS varchar(25)) AS first_lsn, s.type, f.physical_device_name AS device FROM dbo.backupset AS s JOIN dbo.backupmediafamily AS f ON f.media_set_id = s.media_set_id WHERE s.database_name = N'AxDB' ORDER BY s.backup_set_id",
  );
  expect(rows.map(({ type, device }) => `${String(type)} ${String(device)}`)).toEqual([
    `D ${file(1, 'bak')}`,
    `L ${file(2)}`,
    `I ${file(3, 'bak')}`,
    `L ${file(4)}`,
    `L ${file(5)}`,
  ]);
  expect(rows[4]?.['uuid']).toBe(header?.['BackupSetGUID']);
  expect(String(rows[0]?.['first_lsn'])).toMatch(/^4213\d{18}$/);
  const files = (await rewind.run(`RESTORE FILELISTONLY FROM DISK = N'${file(1, 'bak')}'`)).rows;
  expect(files.map(({ LogicalName, Type }) => [LogicalName, Type])).toEqual([
    ['AxDB', 'D'],
    ['AxDB_log', 'L'],
  ]);
  expect((await rewind.run(`RESTORE LABELONLY FROM DISK = N'${file(1, 'bak')}'`)).rows).toMatchObject([
    { FamilyCount: 1 },
  ]);
  expect(
    (await rewind.run(`RESTORE VERIFYONLY FROM DISK = N'${file(1, 'bak')}' WITH CHECKSUM`)).infos.at(-1)?.number,
  ).toBe(3262);
});

test('a restore on the stand-in › brings production’s users, options and broker along, but not its owner', async () => {
  await rewind.run(full('copy', 'RECOVERY, RESTRICTED_USER'));
  const { rows } = await rewind.run(
    "SELECT SUSER_SNAME(owner_sid) AS owner, user_access_desc AS access, recovery_model_desc AS model, is_read_committed_snapshot_on AS rcsi, is_broker_enabled AS broker FROM sys.databases WHERE name = N'copy'",
  );
  expect(rows).toEqual([{ owner: 'rewind', access: 'RESTRICTED_USER', model: 'FULL', rcsi: true, broker: false }]);
  const users = await rewind.run(
    "SELECT p.name, SUSER_SNAME(p.sid) AS login FROM copy.sys.database_principals AS p WHERE p.principal_id > 4 AND p.type = 'S' ORDER BY p.name",
  );
  expect(users.rows).toEqual([
    { name: 'axdbadmin', login: null },
    { name: 'report', login: null },
  ]);
  const guids = await rewind.run(
    'SELECT COUNT(DISTINCT r.database_guid) AS n FROM sys.database_recovery_status AS r WHERE r.database_id > 4',
  );
  expect(guids.rows).toEqual([{ n: 3 }]);
  await rewind.run('DROP DATABASE copy');
});

test('a restore on the stand-in › of production itself begins a new fork, over which its next log backup leads', async () => {
  await using own = await startFoCompany({ happened: 'FcLccL' });
  const [, second] = own.moments;
  const { source, target } = own;
  await source.administer(
    'master',
    `ALTER DATABASE AxDB SET SINGLE_USER WITH ROLLBACK IMMEDIATE; RESTORE DATABASE AxDB FROM DISK = N'${file(1, 'bak')}' WITH REPLACE, NORECOVERY; ${log('AxDB', 2)}; ${log('AxDB', 3, second?.at)}; RESTORE DATABASE AxDB WITH RECOVERY`,
  );
  expect(await source.administer('AxDB', 'SELECT n FROM moments')).toEqual([{ n: 1 }, { n: 2 }]);
  await source.administer('AxDB', 'INSERT INTO moments VALUES (77)');
  await source.administer('master', `BACKUP LOG AxDB TO DISK = N'${file(9)}'`);
  const forks = await source.administer(
    'msdb',
    "SELECT type, CAST(fork_point_lsn AS varchar(25)) AS point, CASE WHEN first_recovery_fork_guid = last_recovery_fork_guid THEN 0 ELSE 1 END AS crosses FROM dbo.backupset WHERE database_name = N'AxDB' ORDER BY backup_set_id",
  );
  expect(forks.map(({ type, crosses }) => [type, crosses])).toEqual([
    ['D', 0],
    ['L', 0],
    ['L', 0],
    ['L', 1],
  ]);
  expect(forks.at(-1)?.['point']).toMatch(/^4213/);

  // The copy follows the new path; the old one ends in 4330.
  await target.administer('master', `${full('copy')}; ${log('copy', 2)}; ${log('copy', 9)}`);
  await expect(target.administer('master', log('copy', 3))).rejects.toThrow(/4326|4330/);
  await target.administer('master', recover('copy'));
  expect(await target.administer('copy', 'SELECT n FROM moments')).toEqual([{ n: 1 }, { n: 2 }, { n: 77 }]);
});
