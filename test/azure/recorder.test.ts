import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StandInAzure, startAzure, TOKEN } from './azure.ts';
import { createVirtualClock } from './clock.ts';
import { serverIdOf } from './resources.ts';
import { writesOf, writesToProduction } from './recorder.ts';

let azure: StandInAzure;
beforeAll(async () => {
  const whoHas = (token: string) =>
    token === TOKEN ? 'service' : token === 'an-administrators' ? 'administrator' : undefined;
  azure = await startAzure({ clock: createVirtualClock(), whoHas });
});
afterAll(() => azure[Symbol.asyncDispose]());

async function send(method: string, path: string, { token = TOKEN, body = {} } = {}) {
  const headers = { authorization: `Bearer ${encodeURI(token)}` };
  const content = method === 'GET' ? {} : { body: JSON.stringify(body) };
  await fetch(`${azure.address}${path}`, { method, headers, ...content });
}

test('the recorder › names every request that writes to production or renames it, taken or not, and no other', async () => {
  const [prod, uat] = [serverIdOf(azure.production), serverIdOf(azure.sandbox)];
  await send('GET', `${prod}/databases/AxDB`);
  await send('PUT', `${prod}/databases/AxDB__rw_R-1`, {
    body: { properties: { sourceDatabaseId: `${prod}/databases/AxDB` } },
  });
  await send('PUT', `${uat}/databases/AxUAT__incoming_R-1`);
  await send('POST', `${uat}/databases/AxUAT/move`, { body: { id: `${uat}/databases/AxUAT__previous_R-1` } });
  expect(writesToProduction(azure)).toEqual([]);
  expect(writesOf(azure).length).toBe(3);
  await send('DELETE', `${prod}/databases/AxDB`, { token: 'an-administrators' });
  await send('DELETE', `${prod}/databases/AXDB`);
  await send('PATCH', prod);
  await send('POST', `${prod}/databases/AxDB__rw_R-1/move`, { body: { id: `${prod}/databases/AxDB` } });
  await send('DELETE', `${prod}/databases/AxDB/providers/Microsoft.Authorization/locks/keep`, { token: 'stolen' });
  expect(writesToProduction(azure)).toEqual([
    `DELETE ${prod}/databases/AXDB`,
    `PATCH ${prod}`,
    `POST ${prod}/databases/AxDB__rw_R-1/move`,
    `DELETE ${prod}/databases/AxDB/providers/Microsoft.Authorization/locks/keep`,
  ]);
});
