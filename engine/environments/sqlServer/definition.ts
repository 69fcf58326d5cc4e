import { createServers, type Servers } from '../../databases/sqlServer/servers.ts';
import type { ProviderDefinition } from '../providerDefinition.ts';
import { listNeighbours } from './plan/neighbours.ts';
import { listPermissions } from './plan/permissions.ts';
import { openSqlServerProvider } from './provider.ts';
import { sandboxSettings, sourceSettings } from './settings.ts';

export const sqlServer: ProviderDefinition = {
  settings: { source: sourceSettings, sandbox: sandboxSettings },
  hasOwnBackups: true,
  placesOf,
  open: openSqlServerProvider,
  listPermissions: (environment) => withServers((servers) => listPermissions(environment, servers)),
  listNeighbours: (sandbox) => withServers((servers) => listNeighbours(sandbox, servers)),
};

/** A history file and a folder of backups do not say where production stands. */
function placesOf(kind: 'source' | 'sandbox', settings: unknown, databases: readonly string[]): readonly string[] {
  const servers = kind === 'source' ? serversOfSource(settings) : [sandboxSettings.safeParse(settings).data?.server];
  return servers.flatMap((server) => {
    if (server === undefined) return [];
    const { hostname, port, searchParams } = new URL(server);
    const instance = searchParams.get('instance') ?? (port || '1433');
    return databases.map((name) => `${hostname}:${instance}/${name}`.toLowerCase());
  });
}

function serversOfSource(settings: unknown): readonly (string | undefined)[] {
  const { data } = sourceSettings.safeParse(settings);
  return data ? [data.reader, data.from === 'connection' ? data.server : undefined] : [];
}

async function withServers<Result>(use: (servers: Servers) => Promise<Result>): Promise<Result> {
  const servers = createServers();
  try {
    return await use(servers);
  } finally {
    await servers.close();
  }
}
