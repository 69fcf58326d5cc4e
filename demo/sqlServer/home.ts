import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../engine/clock.ts';
import { DATABASE_ROLES } from '../../engine/contracts.ts';
import { quoteName, quoteText } from '../../engine/databases/sqlServer/quote.ts';
import { openDatabase } from '../company/dialects/openDatabase.ts';
import { sqlServer } from '../company/dialects/sqlServer.ts';
import type { Addresses, CompanyEnvironment, CompanyHome, EnvironmentEntry } from '../company/home.ts';
import { ENVIRONMENT_NAMES, PROFILES, type EnvironmentName } from '../company/profiles.ts';
import { contentOf, READER_SEES } from '../company/schema/company.ts';
import { stopServices } from '../company/services.ts';
import { freePorts } from '../supervisor/freePort.ts';
import { openAdministrator, type Administrator } from './administrator.ts';
import { startBackups } from './backups.ts';
import { clear, mark } from './leftovers.ts';
import { ALL_LOGINS, CONTROL, databasesOf, JOURNAL, JOURNAL_LOGIN, loginOf, SERVICE, type Login } from './names.ts';

export interface SqlServerOptions {
  /** Holds the folders of the sandboxes' services. */
  readonly root: string;
  /** Of a member of sysadmin; everything else the demo does goes by logins of its own. */
  readonly url: string;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

/**
 * All environments and the journal as databases of one server that somebody else runs. What an earlier demo has left there
 * is dropped first, what this one makes when it ends.
 * @throws SqlServerUnusableError before anything is made
 */
export async function openSqlServer({ root, url, clock, say }: SqlServerOptions): Promise<CompanyHome> {
  await using undo = new AsyncDisposableStack();
  const administrator = undo.use(await openAdministrator(url));
  for (const name of ENVIRONMENT_NAMES) await stopServices(join(root, name));
  await clear(administrator);
  undo.defer(async () => clear(administrator));
  const passwords = makePasswords();
  await createDatabase(administrator, JOURNAL);
  for (const [name, password] of passwords) await createLogin(administrator, name, password);
  await administrator.run('master', SERVICE_RIGHTS);
  say(`${administrator.title} is ours to use: whatever we make there begins with ${JOURNAL.replace('journal', '')}`);
  const ports = await freePorts(['uat', 'test']);
  const ways: Ways = {
    to: (name, database) => administrator.url({ name, password: passwords.get(name) ?? '' }, database),
    as: (login, environment) => bothOf(environment, (database) => ways.to(loginOf(environment, login), database)),
  };
  const ending = new AbortController();
  // Whoever ends the demo while it is being founded must not find new databases behind the clean-up.
  const founder: Administrator = {
    ...administrator,
    async run(database, text) {
      ending.signal.throwIfAborted();
      await administrator.run(database, text);
    },
  };
  const running = undo.move();
  return {
    // Somebody's server, which may have more to do than this.
    commitsPerSecond: 10,
    found: (name) => foundEnvironment(name, { administrator: founder, ways, root }),
    archive: () => startBackups(founder, clock, say),
    async journal() {
      await giveRole(founder, JOURNAL, JOURNAL_LOGIN, 'db_owner');
      return { url: ways.to(JOURNAL_LOGIN, JOURNAL) };
    },
    servicePort: (sandbox) => ports[sandbox],
    [Symbol.asyncDispose]: () => {
      ending.abort();
      return running.disposeAsync();
    },
  };
}

/** Addresses under the demo's logins. */
interface Ways {
  to(login: string, database?: string): string;
  as(login: Login, environment: EnvironmentName): Addresses;
}

/** What docs/providers/sql-server.md asks for, word for word: the demo proves that it is enough. */
const SERVICE_RIGHTS = `ALTER SERVER ROLE dbcreator ADD MEMBER ${quoteName(SERVICE)};
GRANT VIEW ANY DEFINITION TO ${quoteName(SERVICE)};
GRANT VIEW SERVER STATE TO ${quoteName(SERVICE)};
GRANT ALTER ANY CONNECTION TO ${quoteName(SERVICE)};`;

/** Random, and with the kinds of characters that a server's password policy counts. */
const makePasswords = (): ReadonlyMap<string, string> =>
  new Map(ALL_LOGINS.map((login) => [login, `${randomBytes(18).toString('base64url')}-aA1`]));

const bothOf = (environment: EnvironmentName, url: (database: string) => string): Addresses => {
  const { application, financialReporting } = databasesOf(environment);
  return { application: url(application), financialReporting: url(financialReporting) };
};

interface Founding {
  readonly administrator: Administrator;
  readonly ways: Ways;
  readonly root: string;
}

/** Of the rows that production has on clusters of the demo's own: a server that is somebody's is not to be filled. */
const SCALE = 0.1;

async function foundEnvironment(
  name: EnvironmentName,
  { administrator, ways, root }: Founding,
): Promise<CompanyEnvironment> {
  const folder = join(root, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const content = contentOf({ ...PROFILES[name], scale: SCALE }, sqlServer);
  for (const role of DATABASE_ROLES) {
    const database = databasesOf(name)[role];
    await createDatabase(administrator, database);
    await using filling = openDatabase(administrator.ownUrl(database));
    for (const statement of content[role].statements) await filling.run(statement);
    await admitLogins(administrator, name, database, content[role].names);
    if (name === 'prod') await setRecovery(administrator, database, 'FULL');
  }
  if (name === 'prod') await admitToHistory(administrator);
  const own = bothOf(name, (database) => administrator.ownUrl(database));
  const service = name === 'prod' ? ways.as('reader', name) : bothOf(name, (database) => ways.to(SERVICE, database));
  return {
    ...service,
    folder,
    as: {
      administrator: own,
      axdbadmin: ways.as('axdbadmin', name),
      axruntimeuser: ways.as('axruntimeuser', name),
    },
    auditor: name === 'prod' ? ways.as('auditor', name) : service,
    entry: entryOf(name, administrator, ways),
  };
}

/** Rows go in before there is a log to keep: production becomes FULL when it is founded. */
async function createDatabase(administrator: Administrator, name: string): Promise<void> {
  await administrator.run('master', `CREATE DATABASE ${quoteName(name)};`);
  await mark(administrator, name);
  await setRecovery(administrator, name, 'SIMPLE');
  // As F&O has it.
  await administrator.run('master', `ALTER DATABASE ${quoteName(name)} SET READ_COMMITTED_SNAPSHOT ON;`);
}

const setRecovery = (administrator: Administrator, name: string, recovery: 'SIMPLE' | 'FULL'): Promise<void> =>
  administrator.run('master', `ALTER DATABASE ${quoteName(name)} SET RECOVERY ${recovery};`);

const createLogin = (administrator: Administrator, name: string, password: string): Promise<void> =>
  administrator.run('master', `CREATE LOGIN ${quoteName(name)} WITH PASSWORD = ${quoteText(password)};`);

async function admitLogins(
  administrator: Administrator,
  environment: EnvironmentName,
  database: string,
  names: readonly string[],
): Promise<void> {
  const give = (login: Login, role: string) => giveRole(administrator, database, loginOf(environment, login), role);
  await give('axdbadmin', 'db_owner');
  await give('axruntimeuser', 'db_datareader');
  await give('axruntimeuser', 'db_datawriter');
  if (environment !== 'prod') return giveRole(administrator, database, SERVICE, 'db_owner');
  await give('auditor', 'db_datareader');
  const reader = quoteName(loginOf(environment, 'reader'));
  const sees = names
    .filter((name) => READER_SEES.has(name))
    .map((name) => `GRANT SELECT ON dbo.${quoteName(name)} TO ${reader};`);
  await administrator.run(database, [`CREATE USER ${reader} FOR LOGIN ${reader};`, ...sees].join('\n'));
}

async function giveRole(administrator: Administrator, database: string, login: string, role: string): Promise<void> {
  const user = quoteName(login);
  await administrator.run(
    database,
    `IF DATABASE_PRINCIPAL_ID(${quoteText(login)}) IS NULL CREATE USER ${user} FOR LOGIN ${user};
ALTER ROLE ${quoteName(role)} ADD MEMBER ${user};`,
  );
}

/** Three tables and nothing else: how the product knows production. */
async function admitToHistory(administrator: Administrator): Promise<void> {
  const user = quoteName(loginOf('prod', 'history'));
  const tables = ['backupset', 'backupmediaset', 'backupmediafamily'];
  await administrator.run(
    'msdb',
    [
      `CREATE USER ${user} FOR LOGIN ${user};`,
      ...tables.map((table) => `GRANT SELECT ON dbo.${table} TO ${user};`),
    ].join('\n'),
  );
}

function entryOf(name: EnvironmentName, { backupFolder }: Administrator, ways: Ways): EnvironmentEntry {
  const shared = { provider: 'sqlServer', databases: databasesOf(name) };
  if (name === 'prod')
    return {
      ...shared,
      settings: {
        from: 'connection',
        server: '${DEMO_PROD_HISTORY}',
        reader: '${DEMO_PROD_READER}',
        backupFolders: [backupFolder.replace(/[\\/]$/, '')],
      },
      variables: {
        DEMO_PROD_HISTORY: ways.to(loginOf(name, 'history')),
        DEMO_PROD_READER: ways.to(loginOf(name, 'reader')),
      },
    };
  return {
    ...shared,
    settings: { server: '${DEMO_SERVICE}', controlDatabase: CONTROL },
    variables: { DEMO_SERVICE: ways.to(SERVICE) },
  };
}
