import type { Clock } from '../../../../engine/clock.ts';
import type { Instant, Sandbox, Source } from '../../../../engine/contracts.ts';
import { openAzureSqlProvider } from '../../../../engine/environments/azureSql/provider.ts';
import type { Provider } from '../../../../engine/environments/provider.ts';
import { SERVICE, startAzure, type StandInAzure, SUBSCRIPTION, TOKEN } from '../../../azure/azure.ts';
import { createVirtualClock, type VirtualClock } from '../../../azure/clock.ts';
import type { AzureServer } from '../../../azure/model.ts';
import { resourceOf } from '../../../azure/resources.ts';
import { aSandbox, aSource } from '../builders.ts';
import type { ConformanceFixture } from '../conformance.ts';
import { asLogin, connect, query } from '../sqlServer/admin.ts';

const password = 'Conformance-2026!';
const production = { application: 'AxDB', financialReporting: 'MRDB' };
const sandbox = { application: 'AxUAT', financialReporting: 'MRUAT' };
const [PRODUCTION, SANDBOX] = [Object.values(production), Object.values(sandbox)];

export interface AzureFixture extends ConformanceFixture {
  readonly azure: StandInAzure;
  readonly clock: VirtualClock;
  /** Another worker’s provider, on the same world; its time is that of the world unless it brings its own. */
  another(clock?: Clock): Provider;
}

const urlOf = ({ sql }: AzureServer, login: string) =>
  asLogin(`mssql://127.0.0.1:${String(sql.port)}?trustServerCertificate=true`, login, password);

/** Production on one logical server, the sandbox on another, with a fence database, locks and users of both. */
export async function createAzureFixture(): Promise<AzureFixture> {
  const clock = createVirtualClock();
  const logins = ['reader', 'tester'].map((name) => ({ name, password }));
  const service = { name: SERVICE, password, permissions: ['VIEW SERVER STATE', 'ALTER ANY CONNECTION'] };
  const azure = await startAzure({ clock, logins: [...logins, service] });
  await furnish(azure);
  clock.advance(600_000);

  const source: Source = aSource({
    provider: 'azureSql',
    databases: production,
    settings: {
      ...{ subscription: SUBSCRIPTION, resourceGroup: 'rg-prod', server: 'azsql-prod', cloud: azure.address },
      ...{ reader: urlOf(azure.production, 'reader'), closer: urlOf(azure.production, SERVICE) },
    },
  });
  const target: Sandbox = aSandbox({
    provider: 'azureSql',
    databases: sandbox,
    settings: {
      ...{ subscription: SUBSCRIPTION, resourceGroup: 'rg-uat', server: 'azsql-uat', cloud: azure.address },
      ...{ sql: urlOf(azure.sandbox, SERVICE), copy: { sku: { name: 'GP_Gen5_2', tier: 'GeneralPurpose' } } },
    },
  });
  const opened: Provider[] = [];
  const another = (own: Clock = clock) => {
    const provider = openAzureSqlProvider({ clock: own, token: async () => TOKEN });
    opened.push(provider);
    return provider;
  };
  let n = 0;
  return {
    azure,
    clock,
    another,
    provider: another(),
    source,
    target,
    async commit(): Promise<Instant> {
      n += 1;
      clock.advance(2000);
      for (const name of PRODUCTION)
        await azure.production.sql.administer(name, `INSERT INTO dbo.moments (n) VALUES (${String(n)})`);
      clock.advance(2000);
      return clock.now();
    },
    archive: async () => clock.advance(11 * 60_000),
    rowsInProduction: async () => Array.from({ length: n }, (_, index) => index + 1),
    rowsInTargetAtFirst: [-1],
    breakChain: async () => ({
      source,
      break: async () => {
        for (const one of azure.state.running)
          if (one.kind === 'CreateRestoreRequest' && one.state === 'InProgress') one.error = 'OperationInterrupted';
      },
    }),
    productionFingerprint: async () =>
      JSON.stringify(
        azure.production.sql.state.databases
          .filter(({ name }) => PRODUCTION.includes(name))
          .map((one) => [
            one.name,
            one.id,
            one.log.length,
            one.userAccess,
            one.properties,
            one.principals.map(({ name }) => name),
            { ...resourceOf(azure.state, one) },
          ]),
      ),
    async canOrdinaryLogin(side) {
      const names = azure.sandbox.sql.state.databases.map(({ name }) => name);
      const databases =
        side === 'target'
          ? [sandbox.application]
          : names.filter((name) => name.startsWith(`${sandbox.application}__incoming_`));
      for (const database of [...databases, ...SANDBOX])
        if (await canEnter(azure.sandbox, database, 'shared'))
          throw new Error(`shared of production got into ${database}`);
      return (await Promise.all(databases.map((database) => canEnter(azure.sandbox, database, 'tester')))).includes(
        true,
      );
    },
    async holdTransaction() {
      const client = await connect(urlOf(azure.sandbox, 'tester'), sandbox.application);
      await query(client, 'BEGIN TRANSACTION; INSERT INTO dbo.moments (n) VALUES (-99)');
      return client;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((one) => one.close()));
      await azure[Symbol.asyncDispose]();
    },
  };
}

async function furnish({ production: prod, sandbox: uat, state }: StandInAzure): Promise<void> {
  // Somebody who has the same login on both servers: what comes along with a copy would let them in there.
  await prod.sql.administer('master', `CREATE LOGIN [shared] WITH PASSWORD = N'${password}'`);
  const shared = prod.sql.state.logins.find(({ name }) => name === 'shared');
  if (shared) uat.sql.state.logins.push({ ...shared, roles: new Set(), permissions: new Set() });
  const member = async ({ sql }: AzureServer, database: string, user: string, role: string) => {
    await sql.administer(database, `CREATE USER [${user}] FOR LOGIN [${user}]`);
    await sql.administer(database, `ALTER ROLE ${role} ADD MEMBER [${user}]`);
  };
  for (const database of PRODUCTION) {
    await prod.sql.administer('master', `CREATE DATABASE [${database}]`);
    await prod.sql.administer(database, 'CREATE TABLE dbo.moments (n int NOT NULL PRIMARY KEY)');
    await member(prod, database, 'reader', 'db_datareader');
    for (const user of ['shared', 'tester', SERVICE]) await member(prod, database, user, 'db_owner');
    const server = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-prod/providers/Microsoft.Sql/servers/azsql-prod`;
    state.locks.push({ scope: `${server}/databases/${database}`, name: 'keep', level: 'CanNotDelete' });
  }
  for (const database of [...SANDBOX, 'rewind_control']) {
    await uat.sql.administer('master', `CREATE DATABASE [${database}]`);
    await member(uat, database, SERVICE, 'db_owner');
  }
  for (const database of SANDBOX) {
    await uat.sql.administer(database, 'CREATE TABLE dbo.moments (n int NOT NULL PRIMARY KEY)');
    await member(uat, database, 'tester', 'db_datareader');
    await uat.sql.administer(database, 'ALTER ROLE db_datawriter ADD MEMBER [tester]');
    await uat.sql.administer(database, 'INSERT INTO dbo.moments (n) VALUES (-1)');
  }
}

async function canEnter(server: AzureServer, database: string, user: string): Promise<boolean> {
  try {
    await using client = await connect(urlOf(server, user), database);
    return (await query(client, 'SELECT TOP (1) n FROM dbo.moments')).length === 1;
  } catch {
    return false;
  }
}
