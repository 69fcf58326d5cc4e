import { HostileNameError } from '../../../databases/sqlServer/errors.ts';

/** A logical server of Azure SQL, as Resource Manager names it. */
export interface LogicalServer {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly server: string;
}

const SQL_VERSION = '2025-01-01';
/** Locks and rights are another service’s, with versions of its own. */
const LOCKS_VERSION = '2016-09-01';
const PERMISSIONS_VERSION = '2022-04-01';

export const serverId = ({ subscription, resourceGroup, server }: LogicalServer): string =>
  `/subscriptions/${plain(subscription)}/resourceGroups/${plain(resourceGroup)}/providers/Microsoft.Sql/servers/${plain(server)}`;

/** What a subscription uses in a region, and how much it may. */
export const usagesAddress = (subscription: string, location: string): string =>
  readAddress(`/subscriptions/${plain(subscription)}/providers/Microsoft.Sql/locations/${plain(location)}`, '/usages');

export const databaseId = (server: LogicalServer, database: string): string =>
  `${serverId(server)}/databases/${plain(database)}`;

export const poolId = (server: LogicalServer, pool: string): string =>
  `${serverId(server)}/elasticPools/${plain(pool)}`;

/** To read what lies at or below a resource; nothing is ever written to it. */
export const readAddress = (id: string, below = ''): string => `${encode(id)}${below}?api-version=${SQL_VERSION}`;

export const locksAddress = (id: string): string =>
  `${encode(id)}/providers/Microsoft.Authorization/locks?api-version=${LOCKS_VERSION}`;

/** What the caller may do with a resource, as its roles say. */
export const permissionsAddress = (id: string): string =>
  `${encode(id)}/providers/Microsoft.Authorization/permissions?api-version=${PERMISSIONS_VERSION}`;

/** Where two places are the same server, whatever case they are written in. */
export const isSameServer = (one: LogicalServer, other: LogicalServer): boolean =>
  serverId(one).toLowerCase() === serverId(other).toLowerCase();

/** What is written below a database. */
export type Below = '' | '/move' | '/backupShortTermRetentionPolicies/default';

/** Used by writable.ts alone, which says what may be written. */
export const writeAddress = (id: string, below: Below): string => readAddress(id, below);

/** A slash or a question mark in a name would make another address of it. */
function plain(name: string): string {
  if (/^[\p{L}\p{N}_(][\p{L}\p{N}_ .()-]*$/u.test(name) && !/[. ]$/.test(name)) return name;
  throw new HostileNameError('A name', name, 'holds something that no address of Azure may hold');
}

const encode = (id: string): string => id.split('/').map(encodeURIComponent).join('/');
