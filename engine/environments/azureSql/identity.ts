import { DATABASE_ROLES, type Environment } from '../../contracts.ts';
import type { Measures } from '../provider.ts';
import type { LogicalServer } from './resourceManager/addresses.ts';
import type { ResourceManager } from './resourceManager/resourceManager.ts';
import type { DatabaseResource } from './resourceManager/resources.ts';

/** By the id that a database keeps through every rename, and no other ever has. */
export function identityOf(databases: readonly (DatabaseResource | undefined)[]): string {
  return `azure:${databases.map((one) => one?.properties.databaseId ?? '').join('/')}`;
}

export async function measure(
  environment: Environment,
  manager: ResourceManager,
  server: LogicalServer,
): Promise<Measures> {
  const names = DATABASE_ROLES.map((role) => environment.databases[role]);
  const [databases, sizes, { date }] = await Promise.all([
    Promise.all(names.map((name) => manager.database(server, name))),
    Promise.all(names.map((name) => manager.usedBytes(server, name).catch(() => undefined))),
    manager.databases(server),
  ]);
  const known = sizes.flatMap((bytes) => bytes ?? []);
  return {
    identity: identityOf(databases),
    databaseIdentities: databases.flatMap((one) => (one === undefined ? [] : [`azure:${one.properties.databaseId}`])),
    ...(known.length === names.length ? { sizeBytes: known.reduce((sum, bytes) => sum + bytes, 0) } : {}),
    ...(date === undefined ? {} : { serverTime: date }),
  };
}
