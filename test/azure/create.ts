import { z } from 'zod';
import type { Database } from '../sqlServer/state/databaseModel.ts';
import { copyFrom, fillFrom, placeEmpty, saveBase } from './content.ts';
import type { Azure, AzureServer, Resource, Running } from './model.ts';
import { begin, under } from './operations.ts';
import { Refused } from './reply.ts';
import { databaseIn, DEFAULT_SKU, earliestRestoreOf, resourceOf, serverIdOf } from './resources.ts';

const createBody = z.looseObject({
  location: z.string(),
  sku: z.looseObject({ name: z.string(), tier: z.string().optional(), capacity: z.number().optional() }).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  properties: z.looseObject({
    createMode: z.string().optional(),
    sourceDatabaseId: z.string().optional(),
    restorePointInTime: z.string().optional(),
    elasticPoolId: z.string().optional(),
  }),
});

export interface CreateWish {
  readonly name: string;
  readonly body: unknown;
  readonly failure: string | undefined;
  readonly areTagsLost: boolean;
  /** Who owns what is copied (D). */
  readonly owner: string;
}

/** PUT of a database: a restore or a copy under a name that nothing has. */
export function create(
  azure: Azure,
  server: AzureServer,
  { name, body, failure, areTagsLost, owner }: CreateWish,
): Running {
  const { location, sku, tags = {}, properties } = createBody.parse(body);
  const { createMode = 'Default', sourceDatabaseId, restorePointInTime, elasticPoolId } = properties;
  // I: also one's own PUT, sent again.
  if (databaseIn(server, name))
    throw new Refused(
      400,
      'DatabaseAlreadyExists',
      `45138: The destination database name '${name}' already exists on the server '${server.name}'.`,
    );
  if (isTaken(azure, server, name)) throw new Refused(409, 'DatabaseNameInUse');
  const [from, fromServer] = sourceOf(azure, sourceDatabaseId);
  const source = resourceOf(azure, from);
  if (location !== server.location) throw new Refused(400, 'InvalidLocation');
  const made = {
    tags: areTagsLost ? {} : { ...tags },
    sku: skuOf(sku, source),
    pool: poolOf(server, elasticPoolId, sku !== undefined, source),
    // I: that of the source wins, whatever the request says.
    maxSizeBytes: source.maxSizeBytes,
  };
  if (createMode === 'PointInTimeRestore') {
    const at = restorePointOf(azure, server, fromServer, source, restorePointInTime);
    const database = place(azure, server, name, from.owner, { ...made, status: 'Restoring' });
    return beginFilling(azure, server, database, 'CreateRestoreRequest', azure.pace.restoreMs, failure, () =>
      fillFrom(database, from, source.base, at),
    );
  }
  if (createMode !== 'Copy') throw new Refused(400, 'InvalidDatabaseCreateOrUpdateRequest');
  if (from.state !== 'ONLINE') throw new Refused(409, 'ConflictingDatabaseOperation');
  const database = place(azure, server, name, owner, { ...made, status: 'Copying' });
  return beginFilling(azure, server, database, 'CreateDatabaseAsCopy', azure.pace.copyMs, failure, () =>
    copyFrom(database, from),
  );
}

function beginFilling(
  azure: Azure,
  server: AzureServer,
  database: Database,
  kind: Running['kind'],
  takesMs: number,
  error: string | undefined,
  fill: () => void,
): Running {
  const resource = resourceOf(azure, database);
  const complete = () => {
    if (!server.sql.state.databases.includes(database)) return;
    fill();
    resource.status = undefined;
    // R: minutes behind the start of the operation.
    resource.createdAt = azure.now();
    resource.base = saveBase(database);
  };
  // D: a copy that fails is SUSPECT and has to be dropped.
  if (error !== undefined) resource.status = kind === 'CreateDatabaseAsCopy' ? 'Suspect' : resource.status;
  return begin(azure, { kind, server, database, databaseName: database.name, takesMs, error, complete });
}

function place(
  azure: Azure,
  server: AzureServer,
  name: string,
  owner: string,
  made: Pick<Resource, 'tags' | 'sku' | 'pool' | 'maxSizeBytes' | 'status'>,
): Database {
  const database = placeEmpty(server, name, owner);
  Object.assign(resourceOf(azure, database), made);
  return database;
}

function sourceOf(azure: Azure, id: string | undefined): readonly [Database, AzureServer] {
  if (id === undefined) throw new Refused(400, 'MissingSourceDatabaseId');
  for (const server of azure.servers) {
    const prefix = `${serverIdOf(server)}/databases/`.toLowerCase();
    if (!id.toLowerCase().startsWith(prefix)) continue;
    const found = databaseIn(server, id.slice(prefix.length));
    if (found) return [found, server];
  }
  throw new Refused(404, 'SourceDatabaseNotFound');
}

/** D: on the same server alone; I: a point before the earliest, or in the future, is a 400 whose text nobody has seen. */
function restorePointOf(
  azure: Azure,
  server: AzureServer,
  fromServer: AzureServer,
  source: Resource,
  text: string | undefined,
): number {
  if (text === undefined) throw new Refused(400, 'MissingRestorePointInTime');
  if (fromServer !== server) throw new Refused(400, 'InvalidSourceDatabaseId');
  if (source.replication === 'Secondary') throw new Refused(400, 'InvalidDatabaseCreateOrUpdateRequest');
  const at = Date.parse(text);
  const earliest = earliestRestoreOf(azure, source);
  if (earliest === undefined || Number.isNaN(at) || at < earliest || at > azure.now())
    throw new Refused(400, 'InvalidDatabaseCreateOrUpdateRequest');
  return at;
}

function skuOf(
  sku:
    { readonly name: string; readonly tier?: string | undefined; readonly capacity?: number | undefined } | undefined,
  source: Resource,
): Resource['sku'] {
  // R: left out, it is that of the source.
  if (sku === undefined) return { ...source.sku };
  const [, family, vcores] = /^(?:GP|BC|HS)(?:_S)?_(Gen\d+)_(\d+)$/.exec(sku.name) ?? [];
  if (family !== undefined)
    return {
      ...DEFAULT_SKU,
      name: sku.name.replace(/_\d+$/, ''),
      tier: sku.tier ?? DEFAULT_SKU.tier,
      family,
      capacity: Number(vcores),
    };
  return { name: sku.name, tier: sku.tier ?? 'Standard', capacity: sku.capacity ?? 10 };
}

function poolOf(server: AzureServer, id: string | undefined, isSkuSaid: boolean, source: Resource): string | undefined {
  // I: of a source in a pool, the target's server would need a pool of the same name.
  const name = id?.split('/').at(-1) ?? (isSkuSaid ? undefined : source.pool);
  if (name !== undefined && !server.pools.some((pool) => pool.name === name))
    throw new Refused(400, 'TargetElasticPoolDoesNotExist');
  return name;
}

/** I: for a moment behind a rename. */
export function isTaken(azure: Azure, { taken }: AzureServer, name: string): boolean {
  return (taken.get(name.toLowerCase()) ?? 0) > azure.now();
}

export const isBusy = (azure: Azure, server: AzureServer, name: string): boolean =>
  under(azure, name, server).length > 0;
