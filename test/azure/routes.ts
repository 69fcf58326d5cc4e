import type { Asked } from './asked.ts';
import { ofAuthorization, requireRight } from './authorization.ts';
import { keepBackups, move, remove, update } from './change.ts';
import { create } from './create.ts';
import type { Azure, AzureServer, Running, Usage } from './model.ts';
import { operationView, pollBody } from './operations.ts';
import { notFound, Refused, type Reply } from './reply.ts';
import { databaseIn, databaseView, resourceOf, serverIdOf, signature } from './resources.ts';

const SERVER =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Sql\/servers\/([^/]+)(\/.*)?$/i;
const OPERATION = /\/locations\/[^/]+\/(\w+?)(AzureAsyncOperation|OperationResults)\/([\w-]+)$/i;

/** What stands behind each address; what is none of them is a loud 404. */
export function answer(azure: Azure, asked: Asked): Reply {
  const operation = OPERATION.exec(asked.path);
  if (operation) return poll(azure, asked, operation[3] ?? '', operation[2] === 'OperationResults');
  const authorized = ofAuthorization(azure, asked);
  if (authorized) return authorized;
  const region = /\/providers\/Microsoft\.Sql\/locations\/(\w+)\/usages$/i.exec(asked.path);
  if (region) return regionUsages(azure, asked.path);
  const [, subscription, resourceGroup, name = '', rest = ''] = SERVER.exec(asked.path) ?? [];
  const server = azure.servers.find(
    (one) =>
      one.name.toLowerCase() === name.toLowerCase() &&
      one.subscription === subscription &&
      one.resourceGroup.toLowerCase() === resourceGroup?.toLowerCase(),
  );
  if (!server) throw new Refused(404, 'ResourceNotFound', undefined, { 'x-ms-failure-cause': 'gateway' });
  requireRight(azure, server, asked, rest);
  if (rest === '') return { status: 200, body: serverView(server) };
  const [, kind, item, below = ''] = /^\/(\w+)(?:\/([^/]+)(\/.*)?)?$/.exec(rest) ?? [];
  switch (kind) {
    case 'databases':
      return item === undefined
        ? listDatabases(azure, server)
        : ofDatabase(azure, server, asked, decodeURIComponent(item), below);
    case 'usages':
      return usageList(server.usages, `${serverIdOf(server)}/usages`);
    case 'elasticPools':
      return poolView(server, item ?? '');
    case 'failoverGroups':
      return {
        status: 200,
        body: {
          value: server.failoverGroups.map(({ name: group, databases }) => ({
            name: group,
            properties: { databases: databases.map((one) => `${serverIdOf(server)}/databases/${one}`) },
          })),
        },
      };
    default:
      throw notFound(`Microsoft.Sql/servers${rest}`, name);
  }
}

function ofDatabase(azure: Azure, server: AzureServer, asked: Asked, name: string, below: string): Reply {
  const { method, body } = asked;
  const database = databaseIn(server, name);
  if (method === 'PUT' && below === '') {
    const failure = asked.effects.find((one) => one.kind === 'operation-fails')?.code;
    const areTagsLost = asked.effects.some((one) => one.kind === 'tags-lost');
    return accepted(azure, asked, create(azure, server, { name, body, failure, areTagsLost, owner: asked.owner }));
  }
  if (method === 'DELETE' && below === '') return accepted(azure, asked, remove(azure, server, name), 0);
  if (!database) throw notFound('Microsoft.Sql/servers/databases', name);
  const id = `${serverIdOf(server)}/databases/${database.name}`;
  switch (`${method} ${below}`) {
    case 'GET ':
      return { status: 200, body: databaseView(azure, server, database) };
    case 'PATCH ':
      return accepted(azure, asked, update(azure, server, database, body));
    case 'POST /move':
      move(azure, server, database, body);
      return { status: 200, headers: { 'x-ms-ratelimit-remaining-subscription-writes': '1199' } };
    case 'GET /operations': {
      const own = azure.running.filter((one) => one.database === database || one.databaseName === database.name);
      return {
        status: 200,
        body: {
          value: own.filter((one) => one.server === server).map((one) => operationView(one, serverIdOf(server))),
        },
      };
    }
    case 'GET /usages':
      return { status: 200, body: { value: usagesOf(id, resourceOf(azure, database)) } };
    case 'GET /backupShortTermRetentionPolicies/default':
      return { status: 200, body: retentionView(id, resourceOf(azure, database).retentionDays) };
    case 'PUT /backupShortTermRetentionPolicies/default':
      return accepted(azure, asked, keepBackups(azure, server, database, body));
    case 'GET /backupLongTermRetentionPolicies/default': {
      const weekly = resourceOf(azure, database).longTermRetention ?? 'PT0S';
      return {
        status: 200,
        body: {
          properties: { weeklyRetention: weekly, monthlyRetention: 'PT0S', yearlyRetention: 'PT0S', weekOfYear: 0 },
        },
      };
    }
    case 'GET /replicationLinks': {
      const { replication } = resourceOf(azure, database);
      return {
        status: 200,
        body: {
          value: replication === undefined ? [] : [{ properties: { role: replication, partnerRole: 'Secondary' } }],
        },
      };
    }
    default:
      throw notFound(`Microsoft.Sql/servers/databases${below}`, name);
  }
}

/** A: new ones may be late in the list. R: it holds master. */
function listDatabases(azure: Azure, server: AzureServer): Reply {
  const shown = server.sql.state.databases.filter(
    (one) =>
      (!one.isSystem || one.name === 'master') &&
      (one.isSystem || azure.now() >= resourceOf(azure, one).createdAt + azure.listedAfterMs),
  );
  return { status: 200, body: { value: shown.map((one) => databaseView(azure, server, one)) } };
}

/** R: body without id or name; both addresses, which differ in what they are signed for. */
function accepted(
  azure: Azure,
  { origin, method }: Asked,
  running: Running,
  retryAfter = azure.pace.retryAfterSeconds,
): Reply {
  const { subscription, resourceGroup, location } = running.server;
  const base = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Sql/locations/${location}/${running.segment}`;
  const at = (kind: string) =>
    `${origin}${base}${kind}/${running.id}?api-version=2025-01-01${signature(`${base}${kind}/${running.id}`)}`;
  return {
    status: 202,
    headers: {
      'azure-asyncoperation': at('AzureAsyncOperation'),
      location: at('OperationResults'),
      'retry-after': String(retryAfter),
      [`x-ms-ratelimit-remaining-subscription-${method === 'DELETE' ? 'deletes' : 'writes'}`]:
        method === 'DELETE' ? '14999' : '1198',
    },
    body: { operation: running.kind, startTime: new Date(running.startedAt).toISOString() },
  };
}

function poll(azure: Azure, { path, search }: Asked, id: string, isResult: boolean): Reply {
  const running = azure.running.find((one) => one.id === id);
  if (!running || search.get('s') === null || !signature(path).includes(`&s=${search.get('s') ?? ''}&`))
    throw new Refused(404, 'OperationIdNotFound');
  const headers = { 'retry-after': String(azure.pace.retryAfterSeconds) };
  if (isResult) return { status: running.state === 'InProgress' ? 202 : 200, headers };
  return { status: 200, headers, body: pollBody(running) };
}

/** D: the right is one of its own, on the subscription. */
function regionUsages({ withoutRights, regionUsages: usages }: Azure, path: string): Reply {
  if (withoutRights.has('locations/usages/read')) throw new Refused(403, 'AuthorizationFailed');
  return usageList(usages, path);
}

const usageList = (usages: readonly Usage[], path: string): Reply => ({
  status: 200,
  body: {
    value: usages.map(({ name, currentValue, limit }) => ({
      ...{ name, id: `${path}/${name}`, type: 'Microsoft.Sql/locations/usages' },
      properties: { displayName: name, currentValue, limit, unit: 'Count' },
    })),
  },
});

const serverView = (server: AzureServer) => ({
  kind: 'v12.0',
  properties: {
    administratorLogin: 'sa',
    version: '12.0',
    state: 'Ready',
    fullyQualifiedDomainName: '127.0.0.1',
    privateEndpointConnections: [],
    publicNetworkAccess: 'Enabled',
    restrictOutboundNetworkAccess: 'Disabled',
  },
  location: server.location,
  id: serverIdOf(server),
  name: server.name,
  type: 'Microsoft.Sql/servers',
});

function poolView(server: AzureServer, name: string): Reply {
  const pool = server.pools.find((one) => one.name === name);
  if (!pool) throw notFound('Microsoft.Sql/servers/elasticPools', name);
  return {
    status: 200,
    body: {
      id: `${serverIdOf(server)}/elasticPools/${name}`,
      name,
      sku: { name: 'GP_Gen5', tier: pool.tier, capacity: 4 },
      properties: { state: pool.state },
    },
  };
}

function usagesOf(
  id: string,
  { usedBytes, maxSizeBytes }: { readonly usedBytes: number; readonly maxSizeBytes: number },
) {
  return [
    ['database_size', 'Database Size', usedBytes],
    ['database_allocated_size', 'Database Allocated Size', usedBytes * 2],
  ].map(([name, displayName, currentValue]) => ({
    properties: { displayName, currentValue, limit: maxSizeBytes, unit: 'Bytes' },
    id: `${id}/usages/${String(name)}`,
    name,
    type: 'Microsoft.Sql/servers/databases/usages',
  }));
}

const retentionView = (id: string, retentionDays: number) => ({
  properties: { retentionDays, diffBackupIntervalInHours: 12 },
  id: `${id}/backupShortTermRetentionPolicies/default`,
  name: 'default',
  type: 'Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies',
});
