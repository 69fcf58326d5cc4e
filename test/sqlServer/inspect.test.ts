import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStandIn, type StandIn } from './standIn.ts';

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
  await standIn.administer('master', 'CREATE DATABASE shop; ALTER DATABASE shop SET RECOVERY FULL');
  await standIn.administer('master', "BACKUP DATABASE shop TO DISK = N'D:\\sql\\shop\\FULL\\o''brien.bak'");
  await standIn.administer('master', "BACKUP LOG shop TO DISK = N'D:\\sql\\shop\\LOG\\1.trn'");
});
afterAll(() => standIn.close());

const header = (declared: string, path: string) =>
  `CREATE TABLE #header (${declared});
   INSERT INTO #header EXEC sys.sp_executesql N'RESTORE HEADERONLY FROM DISK = @device;', N'@device nvarchar(4000)', @device = N'${path}';
   SELECT CAST(h.FirstLSN AS varchar(25)) AS lsn, h.DatabaseCreationDate, h.Position FROM #header AS h`;

async function columnsOf(path: string): Promise<readonly string[]> {
  const [row] = await standIn.administer('master', `RESTORE HEADERONLY FROM DISK = N'${path}'`);
  return Object.keys(row ?? {});
}

const declared = (columns: readonly string[]) =>
  columns.map((name) => `${name} ${name.endsWith('LSN') ? 'numeric(25,0)' : 'nvarchar(4000)'} NULL`).join(', ');

test('INSERT … EXEC › takes a header into a temporary table, every digit of its LSNs', async () => {
  const path = "D:\\sql\\shop\\FULL\\o''brien.bak";
  const [row] = await standIn.administer('master', header(declared(await columnsOf(path)), path));
  expect(row).toMatchObject({ lsn: expect.stringMatching(/^4213\d{18}$/) as unknown, Position: '1' });
  // A datetime becomes a text without seconds where the column is none.
  expect(row?.['DatabaseCreationDate']).toMatch(/^Jan {2}1 1970 12:00AM$/);
});

test('INSERT … EXEC › is refused when the table has another number of columns, with 213', async () => {
  const text = header(
    'FirstLSN numeric(25,0), DatabaseCreationDate nvarchar(40), Position int',
    'D:\\sql\\shop\\LOG\\1.trn',
  );
  await expect(standIn.administer('master', text)).rejects.toThrow(/^213: /);
});

test('INSERT … EXEC › hands on the errors of the statement, and takes no row', async () => {
  const columns = declared(await columnsOf('D:\\sql\\shop\\LOG\\1.trn'));
  await expect(standIn.administer('master', header(columns, 'D:\\none.bak'))).rejects.toThrow(/^3201: .*; 3013: /);
});

test('a temporary table › ends with the text that made it, and is no other session’s', async () => {
  const made = "EXEC sp_executesql N'CREATE TABLE #own (a int NULL); SELECT a FROM #own'; SELECT a FROM #own";
  await expect(standIn.administer('master', made)).rejects.toThrow(/^208: Invalid object name '#own'/);
  await expect(standIn.administer('master', 'SELECT a FROM #own')).rejects.toThrow(/^208: /);
  await expect(standIn.administer('master', 'CREATE TABLE #own (a int IDENTITY)')).rejects.toThrow(/not emulated/);
  await expect(standIn.administer('master', 'INSERT INTO dbo.t EXEC sp_who')).rejects.toThrow(/not emulated/);
});

test('the files of a folder › are listed with all folders below, their sizes and times', async () => {
  const rows = await standIn.administer(
    'master',
    "SELECT full_filesystem_path AS path, level, is_directory FROM sys.dm_os_enumerate_filesystem(N'D:\\sql', N'*')",
  );
  expect(rows.map(({ path, level, is_directory }) => [path, level, is_directory])).toEqual([
    ['D:\\sql\\shop', 0, 1],
    ['D:\\sql\\shop\\FULL', 1, 1],
    ["D:\\sql\\shop\\FULL\\o'brien.bak", 2, 0],
    ['D:\\sql\\shop\\LOG', 1, 1],
    ['D:\\sql\\shop\\LOG\\1.trn', 2, 0],
  ]);
  expect(await standIn.administer('master', "EXEC master.sys.xp_dirtree N'D:\\sql\\shop\\LOG', 1, 1")).toEqual([
    { subdirectory: '1.trn', depth: 1, file: 1 },
  ]);
});

test('a header › has the columns of its server, and of a time zone only what a real one tells', async () => {
  await using old = await startStandIn({ version: [15, 0, 4430], share: standIn.state.share });
  const path = 'D:\\sql\\shop\\LOG\\1.trn';
  const [row] = await old.administer('master', `RESTORE HEADERONLY FROM DISK = N'${path}'`);
  expect(Object.keys(row ?? {})).toHaveLength(56);
  expect(await columnsOf(path)).toHaveLength(59);
  const [full] = await standIn.administer(
    'master',
    "RESTORE HEADERONLY FROM DISK = N'D:\\sql\\shop\\FULL\\o''brien.bak'",
  );
  expect(full).toMatchObject({ LastValidRestoreTime: null, TimeZone: 48 });
});
