import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Operation } from '../../engine/environments/azureSql/resourceManager/operations.ts';
import {
  createResourceManager,
  type ResourceManager,
} from '../../engine/environments/azureSql/resourceManager/resourceManager.ts';
import {
  databaseId,
  type LogicalServer,
  poolId,
} from '../../engine/environments/azureSql/resourceManager/addresses.ts';
import { type Writables, writablesOf } from '../../engine/environments/azureSql/resourceManager/writable.ts';
import { startAzure, type StandInAzure, SUBSCRIPTION, TOKEN } from './azure.ts';
import { createVirtualClock } from './clock.ts';
import { type Exchange, keysOf, pathOf, recorded } from './recordings.ts';
import { resourceOf } from './resources.ts';

const production: LogicalServer = { subscription: SUBSCRIPTION, resourceGroup: 'rg-prod', server: 'azsql-prod' };
const sandbox: LogicalServer = { subscription: SUBSCRIPTION, resourceGroup: 'rg-uat', server: 'azsql-uat' };
const signal = new AbortController().signal;

/** The recorded copy has production itself for its source; ours has an intermediate, whose name is that of a run. */
const writables: Writables = writablesOf({
  source: { name: 'prod', kind: 'production', databases: { application: 'AxDB', financialReporting: 'MRDB' } },
  sourceServer: production,
  target: { name: 'uat', databases: { application: 'AxDB_UAT', financialReporting: 'MRDB_UAT' } },
  targetServer: sandbox,
});
const intermediate = (runId: string) => writables.intermediate('application', runId);
const target = (place: 'target' | 'incoming' | 'previous', runId: string) =>
  writables.target('application', place, runId);

interface Case {
  readonly name: string;
  readonly exchange: Exchange;
  /** Sends what was recorded. */
  readonly call: (client: ResourceManager) => Promise<unknown>;
  /** Members of our body that the recording had no need of. */
  readonly more?: readonly string[];
}

const tags = { 'rewind-run': 'R-1' };
const restore = recorded('pitr', 2);
const copy = recorded('copy', 1);
const cases: readonly Case[] = [
  {
    name: 'a database without a first backup',
    exchange: recorded('pitr', 0),
    call: (client) => client.database(production, 'AxDB'),
  },
  {
    name: 'a restore to a point in time',
    exchange: restore,
    call: (client) =>
      client.create(
        intermediate('R-1'),
        {
          location: 'westeurope',
          from: {
            mode: 'PointInTimeRestore',
            sourceId: databaseId(production, 'AxDB'),
            at: '2022-05-03T18:55:11.787122Z',
          },
          into: { sku: { name: 'S1', tier: 'Standard' } },
          tags,
        },
        signal,
      ),
    more: ['tags'],
  },
  {
    name: 'a copy to another server, into a pool',
    exchange: copy,
    call: (client) =>
      client.create(
        target('incoming', 'R-1'),
        {
          location: 'westeurope',
          from: { mode: 'Copy', sourceId: databaseId(production, 'AxDB') },
          into: { poolId: poolId(sandbox, 'pool1') },
          tags,
        },
        signal,
      ),
    more: ['tags'],
  },
  {
    name: 'a rename',
    exchange: recorded('rename', 0),
    call: (client) => client.rename(target('target', 'R-1'), target('previous', 'R-1'), signal),
  },
  {
    name: 'a deletion',
    exchange: recorded('delete', 0),
    call: (client) => client.remove(target('previous', 'R-2'), signal),
  },
  { name: 'the list of databases', exchange: recorded('databases', 0), call: (client) => client.databases(sandbox) },
  {
    name: 'the size of a database',
    exchange: recorded('databases', 1),
    call: (client) => client.usedBytes(sandbox, 'AxDB_UAT'),
  },
  { name: 'a server', exchange: recorded('databases', 2), call: (client) => client.server(sandbox) },
  {
    name: 'the operations of a database',
    exchange: recorded('operations', 1),
    call: (client) => client.operations(sandbox, 'AxDB_UAT'),
  },
  {
    name: 'a shorter retention',
    exchange: recorded('short-term-retention', 2),
    call: (client) => client.keepBackups(target('incoming', 'R-1'), 5, signal),
  },
];

/** Gives the recorded answer to whatever comes, and keeps it. */
async function startReplay({ response, polling }: Exchange) {
  const seen: { method: string; url: string; body: unknown; authorization: string | undefined }[] = [];
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const { url = '', method = '' } = request;
      seen.push({
        method,
        url,
        body: text === '' ? undefined : JSON.parse(text),
        authorization: request.headers.authorization,
      });
      const isPoll = url.includes('AsyncOperation');
      const last = typeof polling?.last === 'object' ? polling.last.body : undefined;
      const body = isPoll ? last : response.body;
      const headers = Object.entries(response.headers ?? {}).filter(([name]) => name !== 'content-length');
      const here = `http://${request.headers.host ?? ''}`;
      reply.writeHead(
        isPoll ? 200 : response.status,
        Object.fromEntries(headers.map(([name, value]) => [name, value.replace('https://management.azure.com', here)])),
      );
      reply.end(body === '' || body === undefined ? '' : JSON.stringify(body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    seen,
    address: `http://127.0.0.1:${String(port)}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const clientOf = (address: string) =>
  createResourceManager({
    cloud: { address, audience: 'https://management.azure.com' },
    token: async () => TOKEN,
    clock: createVirtualClock(),
  });

test.each(cases)(
  'the client › asks for $name as it was recorded, and takes the recorded answer',
  async ({ exchange, call, more = [] }) => {
    await using replay = await startReplay(exchange);
    const answer = await call(clientOf(replay.address));
    const [first] = replay.seen;
    expect(first?.method).toBe(exchange.request.method);
    expect(pathOf(first?.url ?? '')).toBe(pathOf(exchange.request.url));
    expect(new URLSearchParams(first?.url.split('?')[1]).get('api-version')).toBe('2025-01-01');
    expect(first?.authorization).toBe(`Bearer ${TOKEN}`);
    const body = first?.body === undefined ? undefined : Object.entries(first.body as Record<string, unknown>);
    expect(body && Object.fromEntries(body.filter(([name]) => !more.includes(name)))).toEqual(exchange.request.body);
    if (exchange.response.status !== 202) return;
    const operation = answer as Operation;
    expect(operation.id).toBe(exchange.response.headers?.['azure-asyncoperation']?.split('?')[0]?.split('/').at(-1));
    if (typeof exchange.polling?.last !== 'object' || exchange.polling.last.body === undefined) return;
    await operation.wait({ signal });
    expect(replay.seen.length).toBe(2);
  },
);

const clock = createVirtualClock();
let azure: StandInAzure;
beforeAll(async () => {
  azure = await startAzure({ clock });
  for (const name of ['AxDB', 'AxDB__rw_R-9'])
    await azure.production.sql.administer('master', `CREATE DATABASE [${name}]`);
  clock.advance(600_000);
  for (const name of ['AxDB_UAT', 'AxDB_UAT__previous_R-2'])
    await azure.sandbox.sql.administer('master', `CREATE DATABASE [${name}]`);
  azure.sandbox.pools.push({ name: 'pool1', tier: 'GeneralPurpose', state: 'Ready' });
});
afterAll(() => azure[Symbol.asyncDispose]());

async function sendToStandIn({ request }: Exchange) {
  const response = await fetch(`${azure.address}${pathOf(request.url)}?api-version=2025-01-01`, {
    method: request.method,
    headers: { authorization: `Bearer ${TOKEN}` },
    ...(request.body === undefined
      ? {}
      : {
          body: JSON.stringify(request.body, (name, value: unknown) =>
            name === 'restorePointInTime' ? clock.now() : value,
          ),
        }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: [...response.headers.keys()],
    body: text === '' ? '' : (JSON.parse(text) as unknown),
  };
}

// In an order in which each finds what it needs: what is busy or gone is in nobody's way.
const inOrder = [
  ...cases.filter(({ exchange }) => exchange.request.method === 'GET'),
  ...cases.filter(({ exchange }) => exchange.request.method !== 'GET'),
];

test.each(inOrder)(
  'the stand-in › answers $name with the recorded status, headers and members',
  async ({ name, exchange }) => {
    if (name === 'a database without a first backup') {
      const database = azure.production.sql.state.databases.find((one) => one.name === 'AxDB');
      if (database) resourceOf(azure.state, database).createdAt = clock.nowMs();
    } else clock.advance(600_000);
    if (name === 'the operations of a database') {
      const client = clientOf(azure.address);
      await client.tag(target('target', 'R-1'), tags, signal);
    }
    const found = await sendToStandIn(exchange);
    expect(found.status).toBe(exchange.response.status);
    const headers = Object.keys(exchange.response.headers ?? {}).map((each) => each.toLowerCase());
    expect(headers.filter((each) => !found.headers.includes(each))).toEqual([]);
    expect(keysOf(found.body)).toEqual(keysOf(exchange.response.body));
  },
);

test('the stand-in › shows what was restored, copied and renamed with the recorded members, each with an identity that stays', async () => {
  clock.advance(600_000);
  const client = clientOf(azure.address);
  await client.databases(sandbox);
  const pooled = await sendToStandIn({
    request: { method: 'GET', url: pathOf(copy.request.url) },
    response: { status: 200 },
  });
  const withoutEarliest = keysOf(pooled.body).filter((key) => key !== '.properties.earliestRestoreDate');
  // The recording asked without tags, at the end of the copy.
  const view = (copy.finalGet as { readonly body: unknown }).body;
  expect(withoutEarliest).toEqual(keysOf(view));
  const before = await client.database(sandbox, 'AxDB_UAT__incoming_R-1');
  await client.rename(target('incoming', 'R-1'), target('target', 'R-1'), signal);
  const after = await client.database(sandbox, 'axdb_uat');
  expect(after?.properties.databaseId).toBe(before?.properties.databaseId);
});
