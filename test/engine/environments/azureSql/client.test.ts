import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reportError } from '../../../../engine/errors.ts';
import { databaseId } from '../../../../engine/environments/azureSql/resourceManager/addresses.ts';
import { isRefusal } from '../../../../engine/environments/azureSql/resourceManager/classify.ts';
import { createResourceManager } from '../../../../engine/environments/azureSql/resourceManager/resourceManager.ts';
import { writablesOf } from '../../../../engine/environments/azureSql/resourceManager/writable.ts';
import { startAzure, type StandInAzure, SUBSCRIPTION, TOKEN } from '../../../azure/azure.ts';
import { createVirtualClock, type VirtualClock } from '../../../azure/clock.ts';

const production = { subscription: SUBSCRIPTION, resourceGroup: 'rg-prod', server: 'azsql-prod' };
const sandbox = { subscription: SUBSCRIPTION, resourceGroup: 'rg-uat', server: 'azsql-uat' };
const ends = {
  source: { name: 'prod', kind: 'production', databases: { application: 'AxDB', financialReporting: 'MRDB' } },
  sourceServer: production,
  target: { name: 'uat', databases: { application: 'AxUAT', financialReporting: 'MRUAT' } },
  targetServer: sandbox,
} as const;
const { intermediate, target } = writablesOf(ends);

let clock: VirtualClock;
let azure: StandInAzure;
let stop: AbortController;
const client = (token = TOKEN, address = azure.address) =>
  createResourceManager({
    cloud: { address, audience: 'https://management.azure.com' },
    token: async () => token,
    clock,
  });

beforeEach(async () => {
  clock = createVirtualClock();
  azure = await startAzure({ clock });
  stop = new AbortController();
  await azure.production.sql.administer('master', 'CREATE DATABASE [AxDB]');
  await azure.sandbox.sql.administer('master', 'CREATE DATABASE [AxUAT]');
  await client().databases(production);
  clock.advance(600_000);
});
afterEach(() => azure[Symbol.asyncDispose]());

const restore = async () =>
  client().create(
    intermediate('application', 'R-1'),
    {
      location: 'westeurope',
      from: {
        mode: 'PointInTimeRestore',
        sourceId: databaseId(production, 'AxDB'),
        at: new Date(clock.nowMs() - 1000).toISOString(),
      },
      into: { sku: { name: 'GP_Gen5_2', tier: 'GeneralPurpose' } },
      tags: { 'rewind-run': 'R-1' },
    },
    stop.signal,
  );
const polls = () => azure.requests.filter(({ path }) => path.includes('AsyncOperation'));

test('an operation › is asked for as often as Azure said, along its signed address, until it has succeeded', async () => {
  const operation = await restore();
  const startedAt = clock.nowMs();
  await operation?.wait({ signal: stop.signal });
  // 274 s in steps of the 15 s that each answer asked for.
  expect(polls()).toHaveLength(19);
  expect(clock.nowMs() - startedAt).toBeGreaterThanOrEqual(274_000);
  expect((await client().database(production, 'AxDB__rw_R-1'))?.tags).toEqual({ 'rewind-run': 'R-1' });
});

test('an operation › that failed says so in an answer of success', async () => {
  azure.faults.add({
    method: 'PUT',
    path: /__rw_/,
    effect: { kind: 'operation-fails', code: 'KeyMaterialNotFoundOnRemoteServer' },
  });
  const operation = await restore();
  await expect(operation?.wait({ signal: stop.signal })).rejects.toMatchObject({
    code: 'azure-operation-failed',
    failure: 'KeyMaterialNotFoundOnRemoteServer',
  });
});

test.each([404, 429, 503])('an operation › goes on although a look at it was answered %i', async (status) => {
  const operation = await restore();
  azure.faults.add({
    path: /AsyncOperation/,
    effect: { kind: 'answer', status, code: 'ResourceNotFound', retryAfter: 7 },
  });
  azure.faults.add({ path: /AsyncOperation/, nth: 3, effect: { kind: 'cut' } });
  await operation?.wait({ signal: stop.signal });
  expect((await client().database(production, 'AxDB__rw_R-1'))?.properties.status).toBe('Online');
});

test('an operation › that nobody knows for five minutes has no end to wait for', async () => {
  const operation = await restore();
  for (let nth = 1; nth <= 40; nth += 1)
    azure.faults.add({
      path: /AsyncOperation/,
      nth,
      effect: { kind: 'answer', status: 404, code: 'OperationIdNotFound' },
    });
  await expect(operation?.wait({ signal: stop.signal })).rejects.toMatchObject({ code: 'azure-refused' });
});

test.each([
  ['a restore', 24, restore],
  ['a deletion', 1, async () => client().remove(intermediate('application', 'R-1'), stop.signal)],
] as const)('an operation › that goes on for ever is not waited for so long: %s for %i h', async (_, hours, begin) => {
  azure.state.pace = { ...azure.state.pace, restoreMs: 1e12, deleteMs: 1e12 };
  if (begin !== restore) await azure.production.sql.administer('master', 'CREATE DATABASE [AxDB__rw_R-1]');
  const operation = await begin();
  const startedAt = clock.nowMs();
  await expect(operation?.wait({ signal: stop.signal, onWait: () => clock.advance(600_000) })).rejects.toMatchObject({
    code: 'azure-operation-endless',
    remedy: expect.stringMatching(/\S/) as string,
  });
  const waitedHours = (clock.nowMs() - startedAt) / 3_600_000;
  expect(waitedHours).toBeGreaterThan(hours);
  expect(waitedHours).toBeLessThan(hours + 0.5);
});

test('an operation › is no longer waited for once the hold ends', async () => {
  const operation = await restore();
  const waiting = operation?.wait({ signal: stop.signal, onWait: () => stop.abort(new Error('stopped by a person')) });
  await expect(waiting).rejects.toThrow('stopped by a person');
});

test('a request › that was throttled is sent again when Azure said, and no sooner', async () => {
  for (const [nth, retryAfter] of [20, 40].entries())
    azure.faults.add({
      method: 'PUT',
      path: /__rw_/,
      nth: nth + 1,
      effect: { kind: 'answer', status: 429, code: 'SubscriptionTooManyCreateUpdateRequests', retryAfter },
    });
  const startedAt = clock.nowMs();
  await restore();
  expect(clock.nowMs() - startedAt).toBeGreaterThanOrEqual(60_000);
  expect(azure.requests.filter(({ method }) => method === 'PUT').map(({ status }) => status)).toEqual([429, 429, 202]);
});

test.each([
  ['answered', { kind: 'answer', status: 409, code: 'ConflictingDatabaseOperation' }, 'azure-busy'],
  ['answered', { kind: 'answer', status: 409, code: 'ServerDtuQuotaExceeded' }, 'azure-quota-reached'],
  ['answered', { kind: 'answer', status: 409, code: 'ScopeLocked' }, 'azure-refused'],
  ['answered', { kind: 'answer', status: 403, code: 'AuthorizationFailed' }, 'azure-right-missing'],
  ['answered', { kind: 'answer', status: 400, code: 'InvalidSku' }, 'azure-refused'],
  ['cut', { kind: 'cut' }, 'azure-busy'],
] as const)('a request that changes something › is sent once when it is %s: %o', async (_, effect, code) => {
  azure.faults.add({ method: 'PUT', path: /__rw_/, effect });
  await expect(restore()).rejects.toMatchObject({ code });
  expect(azure.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
});

test('an error › repeats Azure’s code and nothing else of its answer, no token and no signed address', async () => {
  const failures = [
    client('stale').databases(production),
    client().rename(target('application', 'incoming', 'R-1'), target('application', 'target', 'R-1'), stop.signal),
  ];
  const said = await Promise.all(
    failures.map((one) =>
      one.then(
        () => 'done',
        (error: unknown) => JSON.stringify(reportError(error)),
      ),
    ),
  );
  expect(said[0]).toContain('azure-token-refused');
  expect(said[1]).toContain('HTTP 404 ResourceNotFound');
  for (const text of said) expect(text).not.toMatch(/stale|nobody repeats|Bearer|MIIH|was not found/);
});

test('an answer › that leads to another host is followed by nobody, and the token stays here', async () => {
  const visited: string[] = [];
  const elsewhere = createServer((request, response) => {
    visited.push(request.headers.authorization ?? '');
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  // A server that listens on TCP has such an address.
  const leads = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}/x`;
  const astray = createServer((request, response) => {
    const isList = request.method === 'GET' && !request.url?.includes('/operations');
    if (request.method !== 'GET') response.writeHead(202, { 'azure-asyncoperation': leads, 'retry-after': '0' });
    else if (!isList) response.writeHead(307, { location: leads });
    response.end(isList ? JSON.stringify({ value: [], nextLink: leads }) : '{}');
  }).listen(0, '127.0.0.1');
  await once(astray, 'listening');
  const lost = client(TOKEN, `http://127.0.0.1:${String((astray.address() as AddressInfo).port)}`);
  const operation = await lost.remove(intermediate('application', 'R-1'), stop.signal);
  await expect(operation?.wait({ signal: stop.signal })).rejects.toMatchObject({ code: 'azure-address-refused' });
  await expect(lost.databases(production)).rejects.toMatchObject({ code: 'azure-address-refused' });
  await expect(lost.operations(production, 'AxDB')).rejects.toMatchObject({ code: 'azure-refused' });
  expect(visited).toEqual([]);
  for (const server of [elsewhere, astray]) {
    server.closeAllConnections();
    server.close();
  }
});

test('a list › that comes in pages is read to its end', async () => {
  const paged = createServer((request, response) => {
    const { host = '' } = request.headers;
    const isFirst = !request.url?.includes('page');
    const item = (name: string) => ({
      id: name,
      name,
      location: 'x',
      properties: { status: 'Online', databaseId: name },
    });
    response.end(
      JSON.stringify(
        isFirst
          ? { value: [item('master'), item('a')], nextLink: `http://${host}/next?page=2` }
          : { value: [item('b')] },
      ),
    );
  }).listen(0, '127.0.0.1');
  await once(paged, 'listening');
  const found = await client(TOKEN, `http://127.0.0.1:${String((paged.address() as AddressInfo).port)}`).databases(
    production,
  );
  expect(found.databases.map(({ name }) => name)).toEqual(['a', 'b']);
  paged.closeAllConnections();
  paged.close();
});

test('what may be written › is on production’s server nothing but intermediates, whatever they are called', () => {
  expect(intermediate('application', 'R-1').id).toBe(databaseId(production, 'AxDB__rw_R-1'));
  expect(() => intermediate('application', '../AxDB')).toThrow(TypeError);
  expect(() => writablesOf({ ...ends, targetServer: { ...production, server: 'AZSQL-PROD' } })).toThrow(
    /lies on the logical server of prod/,
  );
  // Another sandbox's own backups may lie on the target's server, and are written to as little.
  const beside = writablesOf({
    ...ends,
    source: { ...ends.source, kind: 'sandbox-backups' },
    targetServer: production,
  });
  expect(beside.target('application', 'target', 'R-1').id).toBe(databaseId(production, 'AxUAT'));
  const same = {
    ...ends,
    source: { ...ends.source, kind: 'sandbox-backups' },
    targetServer: production,
    target: ends.source,
  } as const;
  expect(() => writablesOf(same).target('application', 'target', 'R-1')).toThrow(/nothing but intermediates/);
  for (const database of ['AxDB/move', 'AxDB?x', 'AxDB%2f', '..', 'AxDB.'])
    expect(() => databaseId(production, database)).toThrow(/no address of Azure may hold/);
});

test('a deletion › of what is gone has done its work, and a refusal can be told by its status', async () => {
  await (await client().remove(intermediate('application', 'R-1'), stop.signal))?.wait({ signal: stop.signal });
  azure.faults.add({
    method: 'DELETE',
    path: /__rw_/,
    effect: { kind: 'answer', status: 404, code: 'ResourceNotFound' },
  });
  expect(await client().remove(intermediate('application', 'R-1'), stop.signal)).toBeUndefined();
  const absent = await client()
    .operations(production, 'gone')
    .catch((error: unknown) => error);
  expect([isRefusal(absent, 404), isRefusal(absent, 409)]).toEqual([true, false]);
});
