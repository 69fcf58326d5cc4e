import { join } from 'node:path';
import type { Clock } from '../../engine/clock.ts';
import { quoteName } from '../../engine/databases/sqlServer/quote.ts';
import { startJournalCluster, stopJournalCluster } from '../clusters/journal.ts';
import type { CompanyHome, EnvironmentEntry } from '../company/home.ts';
import { ENVIRONMENT_NAMES, type EnvironmentName } from '../company/profiles.ts';
import { stopServices } from '../company/services.ts';
import {
  createLogin,
  foundEnvironment,
  type Founder,
  giveRole,
  makePasswords,
  type Ways,
  waysOf,
} from '../sqlServer/founding.ts';
import { CONTROL, databasesOf, JOURNAL_LOGIN, loginOf, SERVICE } from '../sqlServer/names.ts';
import { freePorts } from '../supervisor/freePort.ts';
import { openLogicalServer, type LogicalServer } from './logicalServer.ts';
import { clear } from './leftovers.ts';
import { type AzurePlace, readPlace } from './place.ts';
import { openSubscription, PRODUCTION, SANDBOX } from './subscription.ts';

export interface AzureOptions {
  /** Holds the folders of the sandboxes' services, and the journal. */
  readonly root: string;
  /** What the stand-in has printed. */
  readonly url: string;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

/**
 * Production on one logical server, the sandboxes on another, the journal on a cluster of the demo's own. What an earlier demo has left
 * there is removed first, what this one makes when it ends.
 * @throws AzureUnusableError before anything is made
 */
export async function openAzure({ root, url, clock, say }: AzureOptions): Promise<CompanyHome> {
  await using undo = new AsyncDisposableStack();
  const place = readPlace(url);
  const subscription = await openSubscription(place);
  const servers = {
    production: undo.use(openLogicalServer(place.production)),
    sandbox: undo.use(openLogicalServer(place.sandbox)),
  };
  for (const name of ENVIRONMENT_NAMES) await stopServices(join(root, name));
  const clearAll = async () => {
    await clear(subscription, PRODUCTION, servers.production);
    await clear(subscription, SANDBOX, servers.sandbox);
  };
  await clearAll();
  undo.defer(clearAll);
  const passwords = makePasswords();
  await admit(servers, passwords);
  say(`both servers of ${place.address} are ours to use: whatever we make there is removed at the end`);
  const ports = await freePorts(['uat', 'test', 'journal']);
  undo.defer(() => stopJournalCluster(root));
  const ending = new AbortController();
  // Whoever ends the demo while it is being founded must not find new databases behind the clean-up.
  const whileRunning = (server: LogicalServer): Founder => ({
    ...server,
    async run(database, text) {
      ending.signal.throwIfAborted();
      await server.run(database, text);
    },
  });
  const running = undo.move();
  return {
    commitsPerSecond: 10,
    async found(name) {
      const founder = whileRunning(name === 'prod' ? servers.production : servers.sandbox);
      const ways = waysOf(founder, passwords);
      const makeDatabase = (database: string) => createDatabase(founder, database);
      const entry = entryOf(name, place, ways);
      const environment = await foundEnvironment(name, { founder, ways, root, makeDatabase, entry });
      if (name !== 'prod') return environment;
      for (const database of Object.values(databasesOf(name))) {
        // For `closer`: it comes along with a restore.
        await giveRole(founder, database, SERVICE, 'db_owner');
        await subscription.lock(PRODUCTION, database);
      }
      return environment;
    },
    // The platform's own backups go on without anybody; a window ends with a whole second.
    archive: async () => ({
      async upToNow(change) {
        await change();
        await clock.sleep(1100);
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }),
    journal: () => startJournalCluster(root, ports.journal),
    servicePort: (sandbox) => ports[sandbox],
    [Symbol.asyncDispose]: () => {
      ending.abort();
      return running.disposeAsync();
    },
  };
}

interface Servers {
  readonly production: LogicalServer;
  readonly sandbox: LogicalServer;
}

/** What docs/providers/azure-sql.md asks for in SQL, and no more. */
async function admit({ production, sandbox }: Servers, passwords: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, password] of passwords) {
    if (name === JOURNAL_LOGIN) continue;
    const isOfProduction = name.startsWith(loginOf('prod', 'reader').replace(/reader$/, ''));
    if (isOfProduction || name === SERVICE) await createLogin(production, name, password);
    if (!isOfProduction) await createLogin(sandbox, name, password);
  }
  for (const right of ['VIEW SERVER STATE', 'ALTER ANY CONNECTION'])
    await sandbox.run('master', `GRANT ${right} TO ${quoteName(SERVICE)};`);
  await createDatabase(sandbox, CONTROL);
  await giveRole(sandbox, CONTROL, SERVICE, 'db_owner');
}

async function createDatabase(server: Founder, name: string): Promise<void> {
  await server.run('master', `CREATE DATABASE ${quoteName(name)};`);
  // As F&O has it.
  await server.run('master', `ALTER DATABASE ${quoteName(name)} SET READ_COMMITTED_SNAPSHOT ON;`);
}

function entryOf(name: EnvironmentName, { address: cloud, identity }: AzurePlace, ways: Ways): EnvironmentEntry {
  const shared = { provider: 'azureSql', databases: databasesOf(name) };
  if (name === 'prod')
    return {
      ...shared,
      settings: {
        ...PRODUCTION,
        cloud,
        lagMinutes: 1,
        reader: '${DEMO_PROD_READER}',
        closer: '${DEMO_PROD_CLOSER}',
      },
      variables: {
        ...identity,
        DEMO_PROD_READER: ways.to(loginOf(name, 'reader')),
        DEMO_PROD_CLOSER: ways.to(SERVICE),
      },
    };
  return {
    ...shared,
    settings: {
      ...SANDBOX,
      cloud,
      sql: '${DEMO_SERVICE}',
      copy: { sku: { name: 'GP_Gen5_2', tier: 'GeneralPurpose' } },
      controlDatabase: CONTROL,
    },
    variables: { DEMO_SERVICE: ways.to(SERVICE) },
  };
}
