import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../../../engine/clock.ts';
import type { Instant, Sandbox, Source } from '../../../../engine/contracts.ts';
import { formatZone } from '../../../../engine/environments/sqlServer/chain/serverTime.ts';
import { openSqlServerProvider } from '../../../../engine/environments/sqlServer/provider.ts';
import { MSDB_TABLES } from '../../../../engine/environments/sqlServer/statements/permissions.ts';
import { aSandbox, aSource } from '../builders.ts';
import type { ConformanceFixture } from '../conformance.ts';
import { type Admin, asLogin, connect, openAdmin, query } from './admin.ts';
import { exportHistory } from './exportHistory.ts';

/** A server to test on. Everything made there carries `suffix` and is dropped at the end. */
export interface TestServer extends AsyncDisposable {
  /** A member of sysadmin. */
  readonly url: string;
  readonly suffix: string;
  /** Where backups go, as the server sees it, with its separator at the end. */
  readonly backupFolder: string;
  readonly clock: Clock;
  /** Resolves in the next second of its clock: msdb has whole seconds. */
  nextSecond(): Promise<void>;
  /** What happens to backup files outside the server. */
  readonly files: { copy(from: string, to: string): Promise<void>; remove(path: string): Promise<void> };
}

const password = 'Conformance-2026!';

export interface SqlServerFixture extends ConformanceFixture {
  readonly server: TestServer;
  readonly admin: Admin;
}

/** Production and target as four databases of one server, told apart by login, GUID and fork. */
export async function createSqlServerFixture(
  server: TestServer,
  from: 'connection' | 'backup-location' = 'connection',
): Promise<SqlServerFixture> {
  const { url, suffix, backupFolder } = server;
  const folder = await mkdtemp(join(tmpdir(), 'rewind-sqlserver-'));
  const admin = openAdmin(url);
  const named = (name: string) => `${name}${suffix}`;
  const production = { application: named('prodax'), financialReporting: named('prodmr') };
  const sandbox = { application: named('uatax'), financialReporting: named('uatmr') };
  const login = (name: string) => asLogin(url, named(name), password);
  const [PRODUCTION, SANDBOX] = [Object.values(production), Object.values(sandbox)];

  for (const name of ['rewind', 'history', 'reader', 'tester', 'shared']) {
    await admin.query('master', `CREATE LOGIN [${named(name)}] WITH PASSWORD = N'${password}'`);
  }
  const service = named('rewind');
  await admin.query('master', `ALTER SERVER ROLE dbcreator ADD MEMBER [${service}]`);
  for (const right of ['VIEW SERVER STATE', 'VIEW ANY DEFINITION', 'ALTER ANY CONNECTION']) {
    await admin.query('master', `GRANT ${right} TO [${service}]`);
  }
  await admin.query('msdb', `CREATE USER [${named('history')}] FOR LOGIN [${named('history')}]`);
  for (const table of ['backupset', 'backupmediaset', 'backupmediafamily']) {
    await admin.query('msdb', `GRANT SELECT ON OBJECT::dbo.${table} TO [${named('history')}]`);
  }
  await admin.query('msdb', `CREATE USER [${service}] FOR LOGIN [${service}]`);
  for (const table of MSDB_TABLES) await admin.query('msdb', `GRANT SELECT ON OBJECT::dbo.${table} TO [${service}]`);
  for (const database of [...PRODUCTION, ...SANDBOX]) {
    await admin.query('master', `CREATE DATABASE [${database}]`);
    await admin.query(
      'master',
      `ALTER DATABASE [${database}] SET RECOVERY ${PRODUCTION.includes(database) ? 'FULL' : 'SIMPLE'}`,
    );
    await admin.query(database, 'CREATE TABLE dbo.moments (n int NOT NULL PRIMARY KEY)');
  }
  const member = async (database: string, user: string, role: string) => {
    await admin.query(database, `CREATE USER [${named(user)}] FOR LOGIN [${named(user)}]`);
    await admin.query(database, `ALTER ROLE ${role} ADD MEMBER [${named(user)}]`);
  };
  for (const database of PRODUCTION) {
    await member(database, 'reader', 'db_datareader');
    // Would pass RESTRICTED_USER in a copy that kept production's users.
    await member(database, 'shared', 'db_owner');
    await member(database, 'tester', 'db_owner');
  }
  for (const database of SANDBOX) {
    await member(database, 'rewind', 'db_owner');
    await member(database, 'tester', 'db_datareader');
    await admin.query(database, `ALTER ROLE db_datawriter ADD MEMBER [${named('tester')}]`);
    await admin.query(database, 'INSERT INTO dbo.moments (n) VALUES (-1)');
  }

  let backups = 0;
  const backup = async (kind: 'DATABASE' | 'LOG') => {
    backups += 1;
    const files: string[] = [];
    for (const database of PRODUCTION) {
      const file = `${backupFolder}${database}_${String(backups)}.${kind === 'LOG' ? 'trn' : 'bak'}`;
      await admin.query('master', `BACKUP ${kind} [${database}] TO DISK = N'${file}' WITH INIT`);
      files.push(file);
    }
    return files;
  };
  // A log backup in the second of a commit does not prove that it holds the commit.
  const archive = async () => {
    await server.nextSecond();
    return backup('LOG');
  };
  let n = 0;
  const commit = async (): Promise<Instant> => {
    n += 1;
    for (const database of PRODUCTION) await admin.query(database, `INSERT INTO dbo.moments (n) VALUES (${String(n)})`);
    await systemClock.sleep(8);
    const [now] = await admin.query('master', 'SELECT CONVERT(varchar(23), SYSUTCDATETIME(), 126) AS now');
    await systemClock.sleep(8);
    return new Date(`${String(now?.['now'])}Z`).toISOString();
  };
  await backup('DATABASE');
  await server.nextSecond();

  const source: Source = aSource({
    provider: 'sqlServer',
    databases: production,
    settings: {
      ...(from === 'connection'
        ? { from, server: login('history') }
        : { from, server: login('rewind'), backupFolders: [backupFolder], serverTimeZone: await zoneOf(admin) }),
      reader: login('reader'),
    },
  });
  const target: Sandbox = aSandbox({
    provider: 'sqlServer',
    databases: sandbox,
    settings: { server: login('rewind'), controlDatabase: named('Rewind') },
  });
  const provider = openSqlServerProvider({ clock: server.clock });
  const fromFile = async (
    name: string,
    without: readonly string[],
    rename = (path: string) => path,
  ): Promise<Source> => {
    const file = join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify(await exportHistory(admin, PRODUCTION, without, rename)));
    return { ...source, name, settings: { from: 'history-file', file } };
  };
  const databasesLike = async (prefix: string) =>
    (await admin.query('master', 'SELECT name FROM sys.databases ORDER BY name'))
      .map((row) => String(row['name']))
      .filter((name) => name.startsWith(prefix));
  const canEnter = async (database: string, user: string): Promise<boolean> => {
    try {
      await using client = await connect(login(user), database);
      return (await query(client, 'SELECT TOP (1) n FROM dbo.moments')).length === 1;
    } catch {
      return false;
    }
  };

  return {
    server,
    admin,
    provider,
    source,
    target,
    commit,
    archive: async () => void (await archive()),
    rowsInProduction: async () => Array.from({ length: n }, (_, index) => index + 1),
    rowsInTargetAtFirst: [-1],
    async sourceWithGap() {
      const before = await commit();
      const last = await archive();
      const inGap = await commit();
      const lost = await archive();
      await commit();
      const next = await archive();
      await server.nextSecond();
      await backup('DATABASE');
      await server.nextSecond();
      const after = await commit();
      await archive();
      await commit();
      await archive();
      const damaged = await fromFile(`gap-${String(n)}`, lost);
      const lsn = async (file: string, column: string) => {
        const [row] = await admin.query(
          'master',
          `SELECT CAST(b.${column} AS varchar(25)) AS lsn FROM msdb.dbo.backupset AS b JOIN msdb.dbo.backupmediafamily AS f ON f.media_set_id = b.media_set_id WHERE f.physical_device_name = N'${file}'`,
        );
        return String(row?.['lsn']);
      };
      const reasons = await Promise.all(
        PRODUCTION.map(async (database, index) => {
          const [ends, begins] = [last[index] ?? '', next[index] ?? ''];
          const hole = `${await lsn(ends, 'last_lsn')} to ${await lsn(begins, 'first_lsn')}`;
          return `${database}: a log backup is missing between log backup ${ends} and log backup ${begins}: nothing holds LSN ${hole}`;
        }),
      );
      return { source: damaged, before, inGap, after, reason: reasons.join('; ') };
    },
    async breakChain(at) {
      const { chain } = await provider.plan(source, target, at);
      const needed = chain.flatMap((line) => / (\S+\.trn)/.exec(line)?.[1] ?? []);
      const doomed = needed.at(-1) ?? '';
      const moved = doomed.replace(/\.trn$/, '-copy.trn');
      await server.files.copy(doomed, moved);
      const broken = await fromFile(`broken-${String(n)}`, [], (path) => (path === doomed ? moved : path));
      return { source: broken, break: () => server.files.remove(moved) };
    },
    async productionFingerprint() {
      const parts: unknown[] = [];
      for (const database of PRODUCTION) {
        parts.push(await admin.query(database, 'SELECT n FROM dbo.moments ORDER BY n'));
        parts.push(await admin.query(database, 'SELECT name, type FROM sys.database_principals ORDER BY name'));
        parts.push(await admin.query(database, 'SELECT name FROM sys.extended_properties ORDER BY name'));
        parts.push(
          await admin.query(
            'master',
            `SELECT state_desc, user_access_desc, recovery_model_desc FROM sys.databases WHERE name = N'${database}'`,
          ),
        );
        parts.push(
          await admin.query(
            'master',
            `SELECT COUNT(*) AS backups FROM msdb.dbo.backupset WHERE database_name = N'${database}'`,
          ),
        );
      }
      return JSON.stringify(parts);
    },
    async canOrdinaryLogin(side) {
      const databases =
        side === 'target' ? [sandbox.application] : await databasesLike(`${sandbox.application}__incoming_`);
      for (const database of [...databases, ...SANDBOX]) {
        if (await canEnter(database, 'shared')) throw new Error(`shared of production got into ${database}`);
      }
      const entered = await Promise.all(databases.map((database) => canEnter(database, 'tester')));
      return entered.includes(true);
    },
    async holdTransaction() {
      const client = await connect(login('tester'), sandbox.application);
      await query(client, 'BEGIN TRANSACTION; INSERT INTO dbo.moments (n) VALUES (-99)');
      return client;
    },
    async [Symbol.asyncDispose]() {
      await provider.close();
      for (const name of [...PRODUCTION, named('Rewind')]) await drop(admin, name);
      for (const prefix of SANDBOX) for (const name of await databasesLike(prefix)) await drop(admin, name);
      for (const name of ['rewind', 'history', 'reader', 'tester', 'shared']) {
        if (name === 'history' || name === 'rewind')
          await admin.query('msdb', `DROP USER [${named(name)}]`).catch(() => undefined);
        await admin.query('master', `DROP LOGIN [${named(name)}]`).catch(() => undefined);
      }
      await admin[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `+01:00`. */
async function zoneOf(admin: Admin): Promise<string> {
  const [row] = await admin.query(
    'master',
    'SELECT CONVERT(varchar(23), SYSUTCDATETIME(), 126) AS utc, CONVERT(varchar(23), SYSDATETIME(), 126) AS own',
  );
  const [utc, own] = [row?.['utc'], row?.['own']].map((time) => Date.parse(`${String(time)}Z`));
  return formatZone(Math.round(((own ?? 0) - (utc ?? 0)) / 900_000) * 15).replace('UTC', '');
}

async function drop(admin: Admin, name: string): Promise<void> {
  await admin
    .query('master', `ALTER DATABASE [${name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [${name}]`)
    .catch(() => undefined);
  await admin.query('master', `DROP DATABASE [${name}]`).catch(() => undefined);
}
