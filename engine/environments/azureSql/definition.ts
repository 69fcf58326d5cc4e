import { systemClock } from '../../clock.ts';
import type { Environment } from '../../contracts.ts';
import type { Permission, ProviderDefinition } from '../providerDefinition.ts';
import { openAzureSqlProvider } from './provider.ts';
import { listRights } from './plan/rights.ts';
import { databaseId, serverId } from './resourceManager/addresses.ts';
import { cloudOf } from './resourceManager/cloud.ts';
import { createResourceManager } from './resourceManager/resourceManager.ts';
import { managementToken } from './resourceManager/token.ts';
import { sandboxSettings, sourceSettings } from './settings.ts';

export const azureSql: ProviderDefinition = {
  settings: { source: sourceSettings, sandbox: sandboxSettings },
  hasOwnBackups: false,
  placesOf,
  serverOf,
  open: openAzureSqlProvider,
  listPermissions,
};

const settingsOf = (kind: 'source' | 'sandbox', settings: unknown) =>
  (kind === 'source' ? sourceSettings : sandboxSettings).safeParse(settings).data;

function placesOf(kind: 'source' | 'sandbox', settings: unknown, databases: readonly string[]): readonly string[] {
  const data = settingsOf(kind, settings);
  return data === undefined ? [] : databases.map((name) => databaseId(data, name).toLowerCase());
}

function serverOf(kind: 'source' | 'sandbox', settings: unknown): string | undefined {
  const data = settingsOf(kind, settings);
  return data && serverId(data).toLowerCase();
}

async function listPermissions(environment: Environment): Promise<readonly Permission[]> {
  const kind = environment.kind === 'sandbox' ? 'target' : 'source';
  const settings = (kind === 'target' ? sandboxSettings : sourceSettings).parse(environment.settings);
  const cloud = cloudOf(settings.cloud);
  const manager = createResourceManager({
    cloud,
    clock: systemClock,
    token: managementToken(cloud, settings.identity),
  });
  return listRights(environment, kind, settings, manager);
}
