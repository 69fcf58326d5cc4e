import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { headerColumns, newHeaderColumns } from './restore/headers.ts';
import { startStandIn, type StandIn } from './standIn.ts';

/** Debian's freetds-bin: a client that shares no code with the driver of this project. */
const program = 'tsql';
const hasTsql = spawnSync(program, ['-C']).status === 0;
const mustRun = process.env['CI'] !== undefined;
if (!hasTsql && !mustRun) process.stderr.write('tsql (apt install freetds-bin) is absent: its tests are skipped\n');

let standIn: StandIn;
let folder: string;
beforeAll(async () => {
  standIn = await startStandIn();
  folder = mkdtempSync(join(tmpdir(), 'tsql-'));
  const server = (name: string, encryption: string) =>
    `[${name}]\nhost = 127.0.0.1\nport = ${standIn.port}\nencryption = ${encryption}\n`;
  const global = '[global]\ntds version = 7.4\nclient charset = UTF-8\n';
  writeFileSync(
    join(folder, 'freetds.conf'),
    global + server('secure', 'require') + server('plain', 'off') + server('asked', 'request'),
  );
});
afterAll(async () => {
  await standIn.close();
  rmSync(folder, { recursive: true });
});

/** @returns what tsql prints, without its prompts. */
async function tsql(server: string, ...batches: readonly string[]): Promise<string> {
  return tsqlIn('master', server, ...batches);
}

async function tsqlIn(database: string, server: string, ...batches: readonly string[]): Promise<string> {
  const { user, password } = standIn.settings('sa');
  const child = spawn(program, ['-S', server, '-U', user, '-P', password, '-D', database], {
    env: { ...process.env, FREETDSCONF: join(folder, 'freetds.conf') },
  });
  child.stdin.end([...batches.map((batch) => `${batch}\ngo\n`), 'exit\n'].join(''));
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return (out + error).replaceAll(/(?:\d+> )+/g, '');
}

for (const [server, encrypted] of [
  ['secure', 'TRUE'],
  ['plain', 'FALSE'],
  ['asked', 'TRUE'],
] as const) {
  test.skipIf(!hasTsql && !mustRun)(`tsql of FreeTDS › works on the stand-in, encryption ${server}`, async () => {
    const answer = await tsql(
      server,
      'SELECT encrypt_option, program_name FROM sys.dm_exec_connections AS c JOIN sys.dm_exec_sessions AS s ON s.session_id = c.session_id WHERE c.session_id = @@SPID',
      "SELECT name, database_id, is_read_only, create_date, CAST('grüße 数' AS nvarchar(20)) AS text FROM sys.databases WHERE name = 'msdb'",
    );
    expect(answer).toContain(`${encrypted}\tTSQL`);
    expect(answer).toMatch(/msdb\t4\t0\t.*\tgrüße 数/);
    expect(answer).toContain('(1 row affected)');
  });
}

test.skipIf(!hasTsql && !mustRun)('tsql of FreeTDS › sees errors, progress and a changed database', async () => {
  const answer = await tsql(
    'secure',
    'CREATE DATABASE shop',
    "BACKUP DATABASE shop TO DISK = N'D:\\shop.bak' WITH STATS = 50",
    "RESTORE DATABASE other FROM DISK = N'D:\\none.bak'",
    'USE shop',
    'SELECT DB_NAME() AS here',
    'SELEC',
  );
  expect(answer).toContain('50 percent processed.');
  expect(answer).toMatch(/Msg 3201 .*Cannot open backup device 'D:\\none.bak'/s);
  expect(answer).toMatch(/Msg 3013 /);
  expect(answer).toContain('here\nshop');
  expect(answer).toMatch(/Msg 102 .*Incorrect syntax near 'SELEC'/s);
});

test.skipIf(!hasTsql && !mustRun)('tsql of FreeTDS › reads a header through a temporary table', async () => {
  const columns = Object.keys({ ...headerColumns, ...newHeaderColumns });
  const declared = columns.map((name) => `${name} nvarchar(4000) NULL`).join(', ');
  const answer = await tsql(
    'secure',
    "CREATE DATABASE inn; BACKUP DATABASE inn TO DISK = N'D:\\sql\\o''brien.bak'",
    `CREATE TABLE #header (${declared})
     INSERT INTO #header EXEC (N'RESTORE HEADERONLY FROM DISK = N''D:\\sql\\o''''brien.bak''')
     SELECT DatabaseName, FirstLSN FROM #header`,
    "SELECT file_or_directory_name FROM sys.dm_os_enumerate_filesystem(N'D:\\sql', N'*')",
  );
  expect(answer).toMatch(/inn\t4213\d{18}\n/);
  expect(answer).toContain("o'brien.bak");
});

test.skipIf(!hasTsql && !mustRun)(
  'tsql of FreeTDS › hears 4060 before 18456 when a database cannot be opened',
  async () => {
    const answer = await tsqlIn('nowhere', 'secure', 'SELECT 1');
    expect(answer).toMatch(/Msg 4060 .*Cannot open database "nowhere" requested by the login.*Msg 18456/s);
  },
);
