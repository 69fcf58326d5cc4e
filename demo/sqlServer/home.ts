import { join } from 'node:path';
import type { Clock } from '../../engine/clock.ts';
import { quoteName } from '../../engine/databases/sqlServer/quote.ts';
import type { CompanyHome, EnvironmentEntry } from '../company/home.ts';
import { ENVIRONMENT_NAMES, type EnvironmentName } from '../company/profiles.ts';
import { stopServices } from '../company/services.ts';
import { freePorts } from '../supervisor/freePort.ts';
import { openAdministrator, type Administrator } from './administrator.ts';
import { startBackups } from './backups.ts';
import { createLogin, foundEnvironment, giveRole, makePasswords, type Ways, waysOf } from './founding.ts';
import { clear, mark } from './leftovers.ts';
import { CONTROL, databasesOf, JOURNAL, JOURNAL_LOGIN, loginOf, SERVICE } from './names.ts';

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
  const ways = waysOf(administrator, passwords);
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
    found: (name) => found(name, { administrator: founder, ways, root }),
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

/** What docs/providers/sql-server.md asks for, word for word: the demo proves that it is enough. */
const SERVICE_RIGHTS = `ALTER SERVER ROLE dbcreator ADD MEMBER ${quoteName(SERVICE)};
GRANT VIEW ANY DEFINITION TO ${quoteName(SERVICE)};
GRANT VIEW SERVER STATE TO ${quoteName(SERVICE)};
GRANT ALTER ANY CONNECTION TO ${quoteName(SERVICE)};`;

interface Founding {
  readonly administrator: Administrator;
  readonly ways: Ways;
  readonly root: string;
}

async function found(name: EnvironmentName, { administrator, ways, root }: Founding) {
  const entry = entryOf(name, administrator, ways);
  const makeDatabase = (database: string) => createDatabase(administrator, database);
  const environment = await foundEnvironment(name, { founder: administrator, ways, root, makeDatabase, entry });
  if (name !== 'prod') return environment;
  for (const database of Object.values(databasesOf(name))) await setRecovery(administrator, database, 'FULL');
  await admitToHistory(administrator);
  return environment;
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
