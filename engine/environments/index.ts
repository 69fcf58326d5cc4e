import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Environment, Sandbox } from '../contracts.ts';
import { openPostgresProvider } from './postgres/provider.ts';
import { sandboxSettings, sourceSettings } from './postgres/settings.ts';
import type { Provider } from './provider.ts';
import { listNeighbours, type Neighbours } from './sqlServer/plan/neighbours.ts';
import { listPermissions, type Permission } from './sqlServer/plan/permissions.ts';
import { openSqlServerProvider } from './sqlServer/provider.ts';
import { createServers, type Servers } from '../databases/sqlServer/servers.ts';
import * as sqlServerSettings from './sqlServer/settings.ts';

/** A platform that environments can name in `provider:`. */
export interface ProviderDefinition {
  /** What `settings:` of an environment must look like. */
  readonly settings: { readonly source: z.ZodType; readonly sandbox: z.ZodType };
  open(needs: { readonly clock: Clock }): Provider;
  /** What the service may do there, and what it lacks; absent where a platform has no rights to list. */
  listPermissions?(environment: Environment): Promise<readonly Permission[]>;
  /** What else there works with a sandbox, and what the service may not see; absent where nothing else can. */
  listNeighbours?(sandbox: Sandbox): Promise<Neighbours>;
}

export const providers: Readonly<Record<string, ProviderDefinition>> = {
  postgres: { settings: { source: sourceSettings, sandbox: sandboxSettings }, open: openPostgresProvider },
  sqlServer: {
    settings: { source: sqlServerSettings.sourceSettings, sandbox: sqlServerSettings.sandboxSettings },
    open: openSqlServerProvider,
    listPermissions: (environment) => withServers((servers) => listPermissions(environment, servers)),
    listNeighbours: (sandbox) => withServers((servers) => listNeighbours(sandbox, servers)),
  },
};

async function withServers<Result>(use: (servers: Servers) => Promise<Result>): Promise<Result> {
  const servers = createServers();
  try {
    return await use(servers);
  } finally {
    await servers.close();
  }
}
