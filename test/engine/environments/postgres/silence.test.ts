import { CompiledQuery } from 'kysely';
import { Client, DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { systemClock } from '../../../../engine/clock.ts';
import { answerWhileAlive } from '../../../../engine/databases/postgres/answering.ts';
import { withSettings } from '../../../../engine/environments/typedSettings.ts';
import { checkIntegrity } from '../../../../engine/environments/postgres/integrity.ts';
import { type Address, addressOf } from '../../../../engine/environments/postgres/client.ts';
import { fenceOf } from '../../../../engine/environments/postgres/fence.ts';
import { openReadSession, openSession } from '../../../../engine/environments/postgres/sessions.ts';
import { sandboxSettings } from '../../../../engine/environments/postgres/settings.ts';
import { startFreezingProxy } from '../../../proxies/freezingProxy.ts';
import { aPostgresScene } from './scene.ts';

const scene = aPostgresScene();
const BOUNDS = { connectMs: 300, everyMs: 100 };
const AT_MOST_MS = 4_000;

const select = (text: string) => CompiledQuery.raw(text);
const open = (address: Address) =>
  openSession(address, 'axdb', {
    fence: fenceOf(withSettings(scene.fixture().target, sandboxSettings), 1),
    signal: new AbortController().signal,
  });
const service = () => (scene.fixture().target.settings as { readonly service: string }).service;

async function frozenServer() {
  const proxy = await startFreezingProxy(service());
  return {
    proxy,
    address: { ...addressOf(proxy.url), bounds: BOUNDS },
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  };
}

const timed = async (work: () => Promise<unknown>) => {
  const startedAt = systemClock.elapsedMs();
  const outcome = await work().catch((error: unknown) => error);
  expect(systemClock.elapsedMs() - startedAt).toBeLessThan(AT_MOST_MS);
  return outcome;
};

test('a server that freezes › ends what reads and what writes with its name, and the goodbye', async () => {
  await using server = await frozenServer();
  const reading = await openReadSession(server.address, 'axdb');
  const writing = await open(server.address);
  server.proxy.freeze();
  for (const work of [() => reading.select(select('SELECT 1')), () => writing.execute(select('SELECT 1'))])
    expect(await timed(work)).toMatchObject({ code: 'no-answer', message: expect.stringContaining('127.0.0.1:') });
  await timed(async () => reading[Symbol.asyncDispose]());
  await timed(async () => writing[Symbol.asyncDispose]());
  expect(await timed(() => open(server.address))).toMatchObject({ code: 'no-connection' });
});

test('a statement that takes longer than any sign of life › goes on while the server has the session', async () => {
  await using server = await frozenServer();
  await using session = await open(server.address);
  expect(await session.select(select('SELECT pg_sleep(1.5)'))).toHaveLength(1);
});

test('a statement that takes longer than any sign of life › goes on while the server refuses whoever asks', async () => {
  const { host, port, user, password } = addressOf(service());
  const client = new Client({ host, port, user, password, database: 'axdb' });
  await client.connect();
  const refused = () => Promise.reject(new DatabaseError('password authentication failed', 1, 'error'));
  answerWhileAlive(client, refused, { whom: 'it', everyMs: 50, withinMs: 50 });
  expect((await client.query('SELECT pg_sleep(0.5)')).rows).toHaveLength(1);
  await client.end();
});

test('a session that is gone at the server while its connection is silent › ends, though the server answers', async () => {
  await using server = await frozenServer();
  await using session = await open(server.address);
  const waiting = timed(() => session.select(select('SELECT pg_sleep(60)')));
  await systemClock.sleep(50);
  server.proxy.freeze();
  server.proxy.thaw();
  await using other = await open(addressOf(service()));
  await other.select(
    select(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()",
    ),
  );
  expect(await waiting).toMatchObject({ code: 'no-answer' });
});

test('a server that freezes during the integrity check › is no damage', async () => {
  await using server = await frozenServer();
  const checking = timed(() =>
    checkIntegrity(server.address, scene.fixture().target, 'full', new AbortController().signal),
  );
  await systemClock.sleep(60);
  server.proxy.freeze();
  expect(await checking).toMatchObject({ code: expect.stringMatching(/^(no-answer|no-connection)$/) });
});
