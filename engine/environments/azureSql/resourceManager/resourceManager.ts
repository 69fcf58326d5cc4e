import { z } from 'zod';
import type { Clock } from '../../../clock.ts';
import {
  databaseId,
  locksAddress,
  type LogicalServer,
  permissionsAddress,
  readAddress,
  serverId,
  usagesAddress,
} from './addresses.ts';
import { longestOf, type Operation, operationOf } from './operations.ts';
import { createSend, readBody, type RequestParts, type Send } from './request.ts';
import {
  type DatabaseResource,
  databaseResource,
  type Granted,
  lockResource,
  type OperationResource,
  operationResource,
  permissionResource,
  retentionResource,
  type ServerResource,
  serverResource,
  type Sku,
  type UsageResource,
  usageResource,
} from './resources.ts';
import type { Writable } from './writable.ts';

/** The calls to Azure Resource Manager that there are. Those that change something take a `Writable`. */
export interface ResourceManager {
  server(server: LogicalServer): Promise<ServerResource>;
  /** Without master. */
  databases(server: LogicalServer): Promise<DatabaseList>;
  database(server: LogicalServer, name: string): Promise<DatabaseResource | undefined>;
  /** Of a database that is there, newest or not: what goes on with it and what has ended. */
  operations(server: LogicalServer, name: string): Promise<readonly OperationResource[]>;
  usedBytes(server: LogicalServer, name: string): Promise<number | undefined>;
  /** Of a region, and of a server: what is used of what there may be. */
  regionUsages(subscription: string, location: string): Promise<readonly UsageResource[]>;
  serverUsages(server: LogicalServer): Promise<readonly UsageResource[]>;
  retentionDays(server: LogicalServer, name: string): Promise<number>;
  /** The ids of the locks that hold for a resource, with their levels; those above it may be among them. */
  locks(resourceId: string): Promise<readonly Lock[]>;
  /** What the caller may do with a resource, role by role. */
  permissions(resourceId: string): Promise<readonly Granted[]>;
  /** Anything else that is only read; undefined when it is not there. */
  read<Body>(id: string, below: string, schema: z.ZodType<Body>): Promise<Body | undefined>;
  list<Item>(id: string, below: string, schema: z.ZodType<Item>): Promise<readonly Item[]>;

  create(database: Writable, wish: NewDatabase, signal: AbortSignal): Promise<Operation | undefined>;
  tag(database: Writable, tags: Tags, signal: AbortSignal): Promise<Operation | undefined>;
  keepBackups(database: Writable, retentionDays: number, signal: AbortSignal): Promise<Operation | undefined>;
  /** Also ends a restore or a copy into it. One that is gone is gone. */
  remove(database: Writable, signal: AbortSignal): Promise<Operation | undefined>;
  /** The identity of the database, its creation and its tags stay. */
  rename(database: Writable, to: Writable, signal: AbortSignal): Promise<void>;
}

export type Tags = Readonly<Record<string, string>>;

export interface DatabaseList {
  readonly databases: readonly DatabaseResource[];
  /** Azure’s own clock. */
  readonly date: string | undefined;
}

export interface Lock {
  /** The resource that it was put on. */
  readonly scope: string;
  readonly level: string;
}

/** What becomes of a name that nothing has yet. Where a copy goes is always said: left out, it is guessed by Azure. */
export interface NewDatabase {
  readonly location: string;
  readonly from:
    | { readonly mode: 'PointInTimeRestore'; readonly sourceId: string; readonly at: string }
    | { readonly mode: 'Copy'; readonly sourceId: string };
  readonly into: { readonly sku: Pick<Sku, 'name' | 'tier'> } | { readonly poolId: string };
  readonly tags: Tags;
}

export function createResourceManager(parts: RequestParts): ResourceManager {
  const { clock } = parts;
  const send = createSend(parts);
  const get = <Body>(address: string, schema: z.ZodType<Body>, doing: string) => readOne(send, address, schema, doing);
  const lines = <Item>(address: string, schema: z.ZodType<Item>, doing: string) =>
    readAll(send, address, schema, doing);
  const ofDatabase = async <Body>(server: LogicalServer, name: string, below: string, schema: z.ZodType<Body>) =>
    get(readAddress(databaseId(server, name), below), schema, `reading ${name}${below}`);
  const write = (database: Writable, doing: string, signal: AbortSignal) =>
    writer(send, clock, database, doing, signal);

  return {
    async server(server) {
      const doing = `reading the server ${server.server}`;
      const { body } = await send({ method: 'GET', address: readAddress(serverId(server)), doing });
      return readBody(serverResource, body, doing);
    },
    async databases(server) {
      const doing = `listing the databases of ${server.server}`;
      const { items, date } = await lines(readAddress(serverId(server), '/databases'), databaseResource, doing);
      return { databases: items.filter(({ name }) => name !== 'master'), date };
    },
    database: (server, name) => ofDatabase(server, name, '', databaseResource),
    async operations(server, name) {
      const address = readAddress(databaseId(server, name), '/operations');
      return (await lines(address, operationResource, `listing the operations of ${name}`)).items;
    },
    async usedBytes(server, name) {
      const address = readAddress(databaseId(server, name), '/usages');
      const { items } = await lines(address, usageResource, `reading the size of ${name}`);
      return items.find((one) => one.name === 'database_size')?.properties.currentValue;
    },
    regionUsages: async (subscription, location) =>
      (await lines(usagesAddress(subscription, location), usageResource, `reading the quota of ${location}`)).items,
    serverUsages: async (server) => {
      const doing = `reading the quota of ${server.server}`;
      return (await lines(readAddress(serverId(server), '/usages'), usageResource, doing)).items;
    },
    async retentionDays(server, name) {
      const found = await ofDatabase(server, name, RETENTION, retentionResource);
      // What a database has that was never told otherwise.
      return found?.properties.retentionDays ?? 7;
    },
    async locks(resourceId) {
      const { items } = await lines(
        locksAddress(resourceId),
        lockResource,
        `reading the locks of ${nameIn(resourceId)}`,
      );
      return items.map(({ id, properties: { level } }) => ({
        scope: id.split(/\/providers\/Microsoft\.Authorization\//i)[0] ?? '',
        level,
      }));
    },
    async permissions(resourceId) {
      const doing = `reading the rights on ${nameIn(resourceId)}`;
      return (await lines(permissionsAddress(resourceId), permissionResource, doing)).items;
    },
    read: (id, below, schema) => get(readAddress(id, below), schema, `reading ${nameIn(id)}${below}`),
    list: async (id, below, schema) =>
      (await lines(readAddress(id, below), schema, `reading ${nameIn(id)}${below}`)).items,

    create: (database, { location, from, into, tags }, signal) =>
      write(database, `${from.mode === 'Copy' ? 'copying' : 'restoring'} ${database.name}`, signal)('PUT', '', {
        location,
        ...('sku' in into ? { sku: into.sku } : {}),
        tags,
        properties: {
          createMode: from.mode,
          ...('poolId' in into ? { elasticPoolId: into.poolId } : {}),
          sourceDatabaseId: from.sourceId,
          ...(from.mode === 'Copy' ? {} : { restorePointInTime: from.at }),
        },
      }),
    tag: (database, tags, signal) => write(database, `tagging ${database.name}`, signal)('PATCH', '', { tags }),
    keepBackups: (database, retentionDays, signal) =>
      write(database, `shortening the backups of ${database.name}`, signal)('PUT', RETENTION, {
        properties: { retentionDays },
      }),
    remove: (database, signal) => write(database, `deleting ${database.name}`, signal)('DELETE', '', undefined, [404]),
    async rename(database, to, signal) {
      await write(database, `renaming ${database.name} to ${to.name}`, signal)('POST', '/move', { id: to.id });
    },
  };
}

const RETENTION = '/backupShortTermRetentionPolicies/default';

function writer(send: Send, clock: Clock, database: Writable, doing: string, signal: AbortSignal) {
  return async (
    method: 'PUT' | 'PATCH' | 'POST' | 'DELETE',
    below: '' | '/move' | typeof RETENTION,
    body: unknown,
    expected: readonly number[] = [],
  ): Promise<Operation | undefined> => {
    const address = database.address(below);
    const answer = await send({ method, address, doing, signal, ...(body === undefined ? {} : { body }) }, expected);
    return operationOf(answer, { send, clock, doing, longestMs: longestOf(method, below) });
  };
}

async function readOne<Body>(send: Send, address: string, schema: z.ZodType<Body>, doing: string) {
  const { status, body } = await send({ method: 'GET', address, doing }, [404]);
  return status === 404 ? undefined : readBody(schema, body, doing);
}

const MOST_PAGES = 1000;

/** Page by page; the address of the next one is Azure’s, and is followed to Azure alone. */
async function readAll<Item>(send: Send, first: string, schema: z.ZodType<Item>, doing: string) {
  const page = z.looseObject({ value: z.array(schema), nextLink: z.string().nullish() });
  const items: Item[] = [];
  let date: string | undefined;
  let address: string | undefined = first;
  for (let pages = 0; address !== undefined && pages < MOST_PAGES; pages += 1) {
    const answer = await send({ method: 'GET', address, doing });
    const { value, nextLink } = readBody(page, answer.body, doing);
    items.push(...value);
    date ??= answer.date;
    address = nextLink ?? undefined;
  }
  return { items, date };
}

const nameIn = (id: string) => id.split('/').at(-1) ?? '';
