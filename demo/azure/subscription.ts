import { z } from 'zod';
import { systemClock } from '../../engine/clock.ts';
import { untilItIsSo } from '../../engine/retry.ts';
import { AzureUnusableError } from './errors.ts';
import type { AzurePlace } from './place.ts';

/** Where a logical server lies, as environments.yaml says it. */
export interface LogicalPlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly server: string;
}

const subscription = '00000000-0000-0000-0000-000000000000';
export const PRODUCTION: LogicalPlace = { subscription, resourceGroup: 'rg-prod', server: 'azsql-prod' };
export const SANDBOX: LogicalPlace = { subscription, resourceGroup: 'rg-uat', server: 'azsql-uat' };

/** What the administrators of the subscription do by way of Resource Manager, with rights that the product does not have. */
export interface Subscription {
  /** Keeps a database from being deleted, as docs/providers/azure-sql.md demands of production's. */
  lock(place: LogicalPlace, database: string): Promise<void>;
  databases(place: LogicalPlace): Promise<readonly string[]>;
  /** With its lock. Resolves when it is gone. */
  remove(place: LogicalPlace, database: string): Promise<void>;
}

const MANAGEMENT = 'https://management.azure.com';
const REMOVED_WITHIN_MS = 30_000;

const tokenBody = z.looseObject({ access_token: z.string() });
const listBody = z.looseObject({ value: z.array(z.looseObject({ name: z.string() })) });

/** @throws AzureUnusableError */
export async function openSubscription(at: AzurePlace): Promise<Subscription> {
  const { address } = at;
  const token = await tokenOf(at);
  const ask = async (method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${address}${path}?api-version=2025-01-01`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} is answered with ${String(response.status)}`);
    const text = await response.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  const serverOf = ({ subscription: id, resourceGroup, server }: LogicalPlace) =>
    `/subscriptions/${id}/resourceGroups/${resourceGroup}/providers/Microsoft.Sql/servers/${server}`;
  const databaseOf = (place: LogicalPlace, database: string) => `${serverOf(place)}/databases/${database}`;
  const lockOf = (place: LogicalPlace, database: string) =>
    `${databaseOf(place, database)}/providers/Microsoft.Authorization/locks/keep`;
  const databases = async (place: LogicalPlace) =>
    listBody
      .parse(await ask('GET', `${serverOf(place)}/databases`))
      .value.map(({ name }) => name)
      .filter((name) => name !== 'master');
  return {
    databases,
    async lock(place, database) {
      await ask('PUT', lockOf(place, database), { properties: { level: 'CanNotDelete' } });
    },
    async remove(place, database) {
      await ask('DELETE', lockOf(place, database));
      await ask('DELETE', databaseOf(place, database));
      const isGone = async () => !(await databases(place)).includes(database);
      if (!(await untilItIsSo(isGone, { clock: systemClock, everyMs: 20, withinMs: REMOVED_WITHIN_MS })))
        throw new Error(`${database} is still there`);
    },
  };
}

async function tokenOf({
  identity: { IDENTITY_ENDPOINT, IDENTITY_HEADER },
  administrator,
}: AzurePlace): Promise<string> {
  const asked = new URLSearchParams({ 'api-version': '2019-08-01', resource: MANAGEMENT, client_id: administrator });
  const address = `${IDENTITY_ENDPOINT}?${asked.toString()}`;
  try {
    const response = await fetch(address, { headers: { 'x-identity-header': IDENTITY_HEADER } });
    return tokenBody.parse(await response.json()).access_token;
  } catch {
    throw new AzureUnusableError(
      'Nobody gives tokens where the address after --azure says',
      'Start node test/azure/start.ts again, and give the address that it prints now.',
    );
  }
}
