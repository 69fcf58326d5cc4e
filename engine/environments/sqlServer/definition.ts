import { createServers, type Servers } from '../../databases/sqlServer/servers.ts';
import type { ProviderDefinition } from '../providerDefinition.ts';
import { listNeighbours } from './plan/neighbours.ts';
import { listPermissions } from './plan/permissions.ts';
import { openSqlServerProvider } from './provider.ts';
import { sandboxSettings, sourceSettings } from './settings.ts';

export const sqlServer: ProviderDefinition = {
  settings: { source: sourceSettings, sandbox: sandboxSettings },
  open: openSqlServerProvider,
  listPermissions: (environment) => withServers((servers) => listPermissions(environment, servers)),
  listNeighbours: (sandbox) => withServers((servers) => listNeighbours(sandbox, servers)),
};

async function withServers<Result>(use: (servers: Servers) => Promise<Result>): Promise<Result> {
  const servers = createServers();
  try {
    return await use(servers);
  } finally {
    await servers.close();
  }
}
