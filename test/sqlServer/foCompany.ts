import { columnTypes, TABLE_NAMES } from '../engine/sanitization/foSchema.ts';
import { startStandIn, type StandIn, type StandInWish } from './standIn.ts';
import { createBackupShare } from './state/backups.ts';

export interface FoCompany extends AsyncDisposable {
  /** PROD-SQL with AxDB and ManagementReporter, as their administrators back them up. */
  readonly source: StandIn;
  /** UAT-SQL with the sandbox's databases AxDB_uat and MR_uat. */
  readonly target: StandIn;
  /** Instants at which `dbo.moments` of both production databases held the rows 1 to `rows`. */
  readonly moments: readonly Moment[];
  /** Adds the next row to both databases of production, a second later by its clock. */
  commit(): Promise<Moment>;
  /** Backs both databases up, some seconds later. @returns the files. */
  backUp(kind: 'full' | 'differential' | 'log'): Promise<readonly string[]>;
}

export interface Moment {
  readonly at: string;
  readonly rows: number;
}

export interface FoCompanyWish {
  readonly source?: StandInWish;
  readonly target?: StandInWish;
  /** What happened before the test: `c` a commit, `F`, `D`, `L` a backup. */
  readonly happened?: string;
  /** When it began, in UTC. */
  readonly begin?: string;
}

const databases = ['AxDB', 'ManagementReporter'] as const;
const kinds = { full: ['DATABASE', ''], differential: ['DATABASE', 'DIFFERENTIAL, '], log: ['LOG', ''] } as const;

/** A production server with a backup history and a target with a sandbox that see the same backup files. */
export async function startFoCompany({
  source: sourceWish,
  target: targetWish,
  happened = 'cFccLcDcLccL',
  begin = '2026-11-20T06:00:00Z',
}: FoCompanyWish = {}): Promise<FoCompany> {
  const share = createBackupShare();
  let now = Date.parse(begin);
  const clock = () => now;
  const source = await startStandIn({ name: 'PROD-SQL', now: clock, share, logins: productionLogins, ...sourceWish });
  const target = await startStandIn({ name: 'UAT-SQL', now: clock, share, logins: targetLogins, ...targetWish });
  const moments: Moment[] = [];
  let backups = 0;

  for (const database of databases) {
    await source.administer(
      'master',
      `CREATE DATABASE [${database}]; ALTER DATABASE [${database}] SET READ_COMMITTED_SNAPSHOT ON`,
    );
    await source.administer(
      database,
      `${tables(database)}; CREATE TABLE dbo.moments (n int NOT NULL PRIMARY KEY); ${users(['axdbadmin', 'db_owner'], ['report', 'db_datareader'])}`,
    );
    await target.administer(
      'master',
      `CREATE DATABASE [${sandboxOf(database)}]; ALTER DATABASE [${sandboxOf(database)}] SET RECOVERY SIMPLE`,
    );
    await target.administer(
      sandboxOf(database),
      `${tables(database)}; CREATE TABLE dbo.moments (n int NOT NULL PRIMARY KEY); INSERT INTO dbo.moments VALUES (-1); ${users(['rewind', 'db_owner'], ['tester', 'db_datareader'])}`,
    );
  }
  await target.administer('msdb', 'CREATE USER rewind FOR LOGIN rewind; ALTER ROLE db_datareader ADD MEMBER rewind');
  await source.administer('msdb', 'CREATE USER history FOR LOGIN history; ALTER ROLE db_datareader ADD MEMBER history');

  const company: FoCompany = {
    source,
    target,
    moments,
    async commit() {
      now += 1000;
      const rows = moments.length + 1;
      for (const database of databases) await source.administer(database, `INSERT INTO dbo.moments VALUES (${rows})`);
      now += 1000;
      const moment = { at: new Date(now).toISOString(), rows };
      moments.push(moment);
      return moment;
    },
    async backUp(kind) {
      now += 10_000;
      backups += 1;
      const [what, option] = kinds[kind];
      const files = databases.map((database) => `E:\\Backup\\${database}_${backups}.${kind === 'log' ? 'trn' : 'bak'}`);
      for (const [index, database] of databases.entries())
        await source.administer(
          'master',
          `BACKUP ${what} [${database}] TO DISK = N'${files[index] ?? ''}' WITH ${option}CHECKSUM`,
        );
      now += 10_000;
      return files;
    },
    async [Symbol.asyncDispose]() {
      await source.close();
      await target.close();
    },
  };
  for (const step of happened) {
    if (step === 'c') await company.commit();
    else await company.backUp(step === 'F' ? 'full' : step === 'D' ? 'differential' : 'log');
  }
  return company;
}

export function sandboxOf(database: (typeof databases)[number]): string {
  return database === 'AxDB' ? 'AxDB_uat' : 'MR_uat';
}

const productionLogins = [
  { name: 'axdbadmin', password: 'Prod-2026!' },
  { name: 'report', password: 'Report-2026!' },
  { name: 'history', password: 'History-2026!' },
];
const targetLogins = [
  {
    name: 'rewind',
    password: 'Rewind-2026!',
    roles: ['dbcreator'],
    permissions: ['VIEW SERVER STATE', 'VIEW ANY DEFINITION', 'ALTER ANY CONNECTION'],
  },
  { name: 'tester', password: 'Tester-2026!' },
];

function users(...wanted: readonly (readonly [name: string, role: string])[]): string {
  return wanted
    .map(([name, role]) => `CREATE USER [${name}] FOR LOGIN [${name}]; ALTER ROLE ${role} ADD MEMBER [${name}]`)
    .join('; ');
}

/** The tables that sanitization knows, in T-SQL's types; the Financial Reporting database has none of them. */
export function tables(database: string): string {
  if (database !== 'AxDB')
    return 'CREATE TABLE dbo.Scalar_Connector (id int NOT NULL PRIMARY KEY, name nvarchar(100) NULL)';
  const types = {
    text: "nvarchar(200) NOT NULL DEFAULT ''",
    int: 'int NOT NULL DEFAULT 0',
    bigint: 'bigint NOT NULL DEFAULT 0',
    container: 'varbinary(max) NULL',
    datetime: "datetime NOT NULL DEFAULT '1900-01-01T00:00:00'",
  };
  return TABLE_NAMES.map((table) => {
    const columns = Object.entries(columnTypes(table)).map(
      ([name, type]) => `[${name}] ${name === 'RECID' ? 'bigint NOT NULL PRIMARY KEY' : types[type]}`,
    );
    return `CREATE TABLE dbo.[${table}] (${columns.join(', ')})`;
  }).join('; ');
}
