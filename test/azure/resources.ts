import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '../sqlServer/state/databaseModel.ts';
import type { Azure, AzureServer, Resource } from './model.ts';

const GIGABYTE = 2 ** 30;
export const DEFAULT_SKU = { name: 'GP_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 2 };

/** A database that somebody has made with T-SQL is known to Resource Manager from its first look on (D: General Purpose, 32 GB). */
export function resourceOf(azure: Azure, database: Database): Resource {
  const known = azure.resources.get(database);
  if (known !== undefined) return known;
  const made: Resource = {
    databaseId: randomUUID(),
    createdAt: database.createdAt,
    tags: {},
    sku: { ...DEFAULT_SKU },
    pool: undefined,
    maxSizeBytes: 32 * GIGABYTE,
    retentionDays: 7,
    longTermRetention: undefined,
    base: undefined,
    status: undefined,
    replication: undefined,
    usedBytes: 16 * 2 ** 20,
  };
  azure.resources.set(database, made);
  return made;
}

export const serverIdOf = ({ subscription, resourceGroup, name }: AzureServer): string =>
  `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Sql/servers/${name}`;

/** D: case-insensitive names. */
export const databaseIn = ({ sql }: AzureServer, name: string): Database | undefined =>
  sql.state.databases.find(
    (one) => one.name.toLowerCase() === name.toLowerCase() && (!one.isSystem || one.name === 'master'),
  );

/** R: absent until the first log backup behind the first full one. */
export const earliestRestoreOf = (azure: Azure, { createdAt, retentionDays }: Resource): number | undefined => {
  const first = createdAt + azure.pace.firstBackupMs * 0.8;
  return azure.now() < createdAt + azure.pace.firstBackupMs
    ? undefined
    : Math.max(first, azure.now() - retentionDays * 86_400_000);
};

const iso = (at: number) => new Date(at).toISOString();
const wholeSecond = (at: number) => iso(Math.ceil(at / 1000) * 1000).replace('.000', '');

const SYSTEM_SKU = { name: 'System', tier: 'System', capacity: 0 };

/** R: which members are there differs with the service objective. */
export function databaseView(azure: Azure, server: AzureServer, database: Database): Record<string, unknown> {
  const resource = resourceOf(azure, database);
  const isSystem = database.isSystem;
  const isPooled = resource.pool !== undefined;
  const sku = isSystem
    ? SYSTEM_SKU
    : isPooled
      ? { name: 'ElasticPool', tier: resource.sku.tier, capacity: 0 }
      : resource.sku;
  const isVcore = !isSystem && 'family' in resource.sku;
  const objective = isSystem
    ? 'System2'
    : isPooled
      ? 'ElasticPool'
      : isVcore
        ? `${sku.name}_${String(sku.capacity)}`
        : sku.name;
  const earliest =
    isSystem || resource.status === 'Restoring' || resource.status === 'Copying'
      ? undefined
      : earliestRestoreOf(azure, resource);
  const id = `${serverIdOf(server)}/databases/${database.name}`;
  return {
    sku,
    kind: isSystem ? 'v12.0,system' : `v12.0,user${isVcore ? ',vcore' : ''}${isPooled ? ',pool' : ''}`,
    properties: {
      collation: database.options.collation,
      maxSizeBytes: resource.maxSizeBytes,
      status: resource.status ?? 'Online',
      databaseId: resource.databaseId,
      creationDate: iso(resource.createdAt),
      currentServiceObjectiveName: objective,
      requestedServiceObjectiveName: objective,
      catalogCollation: 'SQL_Latin1_General_CP1_CI_AS',
      zoneRedundant: false,
      ...(isVcore && !isPooled ? { licenseType: 'LicenseIncluded' } : {}),
      ...(isVcore ? { maxLogSizeBytes: 193_273_528_320 } : {}),
      readScale: 'Disabled',
      defaultSecondaryLocation: 'northeurope',
      currentBackupStorageRedundancy: 'Geo',
      requestedBackupStorageRedundancy: 'Geo',
      maintenanceConfigurationId: `/subscriptions/${server.subscription}/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_Default`,
      isLedgerOn: false,
      isInfraEncryptionEnabled: false,
      currentSku: sku,
      ...(isPooled ? { elasticPoolId: `${serverIdOf(server)}/elasticPools/${resource.pool ?? ''}` } : {}),
      ...(resource.replication === 'Secondary' ? { secondaryType: 'Geo' } : {}),
      ...(earliest === undefined ? {} : { earliestRestoreDate: wholeSecond(earliest) }),
    },
    location: server.location,
    ...(Object.keys(resource.tags).length === 0 ? {} : { tags: { ...resource.tags } }),
    id,
    name: database.name,
    type: 'Microsoft.Sql/servers/databases',
    ...(isSystem ? { managedBy: serverIdOf(server) } : {}),
  };
}

/** R since 2024: an address of an operation is signed, about 3.5 kB, and followed as it is. */
export function signature(path: string): string {
  const s = createHash('sha256').update(`a stand-in's key ${path}`).digest('base64url');
  return `&t=638659123456789012&c=${'MIIHhzCC'.repeat(320)}&s=${s}&h=${s.slice(0, 20)}`;
}
