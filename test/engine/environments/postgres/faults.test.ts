import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { systemClock } from '../../../../engine/clock.ts';
import type { Sandbox } from '../../../../engine/contracts.ts';
import { findServer } from '../../../../engine/environments/postgres/clusterProcess.ts';
import { reportError, RetryableError } from '../../../../engine/errors.ts';
import { withRetries } from '../../../../engine/runs/retries.ts';
import { startCuttingProxy } from '../../../proxies/cuttingProxy.ts';
import { aPostgresScene } from './scene.ts';

const scene = aPostgresScene();
const { act } = scene;

/** What a run would report of it, and whether its step would be tried again. */
async function faultOf(work: () => Promise<unknown>) {
  const error = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const { code, remedy } = reportError(error);
  expect(code).not.toBe('unexpected');
  expect(remedy).not.toBe('');
  return { code, isTriedAgain: error instanceof RetryableError, message: error instanceof Error ? error.message : '' };
}

/** The next worker that writes such a file meets a full disk: a real ENOSPC. */
async function fillUp(file: string): Promise<void> {
  const staging = scene.stagingOfNext();
  await mkdir(staging, { recursive: true });
  await symlink('/dev/full', join(staging, file));
}

test.for([
  ['swap', 'postgresql.conf'],
  ['open', 'rewind-run.json'],
  ['swap-back', 'pg_hba.conf'],
] as const)(
  'a disk that is full during %s › is named, not tried again, and no obstacle once there is room',
  async ([action, file]) => {
    const runId = `full-${action}`;
    await act('restore', runId);
    if (action !== 'swap') await act('swap', runId);
    await fillUp(file);
    expect(await faultOf(() => act(action, runId))).toMatchObject({
      ...{
        code: 'disk-full',
        isTriedAgain: false,
        message: expect.stringContaining(`${action} of uat (ENOSPC`) as string,
      },
    });
    await act(action, runId);
    await act('swap-back', runId);
    await act('drop-incoming', runId);
    expect(await scene.fixture().canOrdinaryLogin('target')).toBe(true);
  },
);

test('a disk that the server finds full › is named the same', async () => {
  await using session = await scene.writer('odd').session('target', 'application');
  const copy = CompiledQuery.raw(`COPY (SELECT n, repeat('x', 900) FROM generate_series(1, 10000) n) TO '/dev/full'`);
  expect(await faultOf(() => session.execute(copy))).toMatchObject({ code: 'disk-full', isTriedAgain: false });
  expect(await faultOf(() => session.select(copy))).toMatchObject({ code: 'disk-full' });
});

/** From another session, as an administrator would. */
async function administer(sql: string): Promise<void> {
  const { port } = new URL((scene.fixture().target.settings as { service: string }).service);
  const client = new Client({ connectionString: scene.fixture().url(Number(port), 'postgres', 'axdb') });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(sql);
  await client.end();
}

const OTHERS = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'rewind%'`;

test('a session that somebody ends (57P01) › was cut, in its statement and after it', async () => {
  await using session = await scene.writer('odd').session('target', 'application');
  const asleep = faultOf(() => session.select(CompiledQuery.raw('SELECT pg_sleep(60)')));
  await systemClock.sleep(200);
  await administer(OTHERS);
  expect(await asleep).toMatchObject({
    code: expect.stringMatching(/^(connection-lost|postgres-interrupted)$/) as string,
    isTriedAgain: true,
  });
  expect(await faultOf(() => session.execute(CompiledQuery.raw('SELECT 1')))).toMatchObject({
    code: 'connection-lost',
  });
});

test('a cut connection, no server and a server that is still starting › are tried again, and a step gets there', async () => {
  const settings = scene.fixture().target.settings as { readonly folder: string; readonly service: string };
  const viaProxy = (service: string): Sandbox => ({ ...scene.fixture().target, settings: { ...settings, service } });
  for (const when of ['before', 'after'] as const) {
    for (const nth of [1, 2, 3]) {
      await using proxy = await startCuttingProxy(settings.service, { at: nth, when });
      const target = viaProxy(proxy.url);
      const work = async () => {
        await using session = await scene.fixture().provider.session(target, 'target', 'application');
        await session.select(CompiledQuery.raw('SELECT 1'));
      };
      expect(await faultOf(work), `${when} message ${String(nth)}`).toMatchObject({
        ...{ code: 'connection-lost', isTriedAgain: true },
      });
    }
  }
  const server = await findServer(join(settings.folder, 'current'));
  if (!server) throw new Error('uat is down');
  const select = async () => {
    await using session = await scene.fixture().provider.session(scene.fixture().target, 'target', 'application');
    return await session.select(CompiledQuery.raw('SELECT 1'));
  };
  process.kill(server.pid, 'SIGQUIT');
  while (await findServer(join(settings.folder, 'current'))) await systemClock.sleep(5);
  expect(await faultOf(select)).toMatchObject({ code: 'no-connection', isTriedAgain: true });
  const tried: string[] = [];
  const options = { clock: systemClock, signal: new AbortController().signal, log: (text: string) => tried.push(text) };
  const rows = withRetries(select, options);
  await act('open', 'nobody');
  expect(await rows).toHaveLength(1);
  expect(tried[0]).toContain('refuses the connection: nothing listens on that port');
});

test('a login that is refused and a database that is not there › are named, and not tried again', async () => {
  const settings = scene.fixture().target.settings as { readonly service: string };
  for (const service of [settings.service.replace('rewind-of-uat', 'wrong'), settings.service]) {
    const target: Sandbox = {
      ...scene.fixture().target,
      databases: {
        ...scene.fixture().target.databases,
        application: service === settings.service ? 'nowhere' : 'axdb',
      },
      settings: { ...settings, service },
    };
    const work = () => scene.fixture().provider.session(target, 'target', 'application');
    expect(await faultOf(work)).toMatchObject({ code: 'postgres-refused', isTriedAgain: false });
  }
});

test('files that are not as they should be › are named with their path', async () => {
  await act('restore', 'odd');
  const { folder } = scene.fixture().target.settings as { readonly folder: string };
  await rm(join(folder, 'fence'), { recursive: true });
  await writeFile(join(folder, 'fence'), '');
  expect(await faultOf(() => act('swap', 'odd'))).toMatchObject({
    ...{ code: 'files-refused', message: expect.stringContaining(join(folder, 'fence')) as string },
  });
  await rm(join(folder, 'fence'));
  const settings = { ...(scene.fixture().target.settings as object), binFolder: join(folder, 'nowhere') };
  await act('drop-incoming', 'odd');
  expect(await faultOf(() => act('restore', 'odd', { ...scene.fixture().target, settings }))).toMatchObject({
    ...{ code: 'files-refused', message: expect.stringContaining(join(folder, 'nowhere', 'postgres')) as string },
  });
  await act('drop-incoming', 'odd');
  await mkdir(join(folder, 'generations', 'odd'));
  expect((await scene.observe('odd')).target).toBe('old');
});

test('a cut connection during the integrity check › is no damage', async () => {
  await act('restore', 'checked');
  const { copyPort } = scene.fixture();
  const settings = scene.fixture().target.settings as { readonly service: string };
  await using proxy = await startCuttingProxy(`postgres://127.0.0.1:${String(copyPort)}`, { at: 9, when: 'before' });
  const target = { ...scene.fixture().target, settings: { ...settings, copyPort: Number(new URL(proxy.url).port) } };
  const check = () => scene.writer('checked', target).checkIntegrity('full');
  expect(await faultOf(check)).toMatchObject({ code: 'connection-lost', isTriedAgain: true });
  await act('drop-incoming', 'checked');
});
