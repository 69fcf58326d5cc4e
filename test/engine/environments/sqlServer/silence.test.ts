import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../../engine/clock.ts';
import { addressOf } from '../../../../engine/databases/sqlServer/address.ts';
import { openLongConnection, openShortConnection } from '../../../../engine/databases/sqlServer/connection.ts';
import { openSqlServerProvider } from '../../../../engine/environments/sqlServer/provider.ts';
import { startFreezingProxy } from '../../../proxies/freezingProxy.ts';
import { aSandbox, aSource } from '../builders.ts';
import { type StandInServer, startTestStandIn } from './testServers.ts';

const BOUNDS = { connectMs: 800, answerMs: 300, everyMs: 100 };
/** Three looks in vain, and what a cancellation may take. */
const AT_MOST_MS = 6_000;

let server: StandInServer;
beforeAll(async () => void (server = await startTestStandIn()));
afterAll(() => server[Symbol.asyncDispose]());

const timed = async (work: () => Promise<unknown>) => {
  const startedAt = systemClock.elapsedMs();
  const outcome = await work().catch((error: unknown) => error);
  expect(systemClock.elapsedMs() - startedAt).toBeLessThan(AT_MOST_MS);
  return outcome;
};

const statement = { text: 'ALTER DATABASE [nowhere] SET ONLINE' };
const doing = 'asking';

test('a server that freezes › ends a short question, a statement of hours, a connection and the goodbye', async () => {
  await using proxy = await startFreezingProxy(server.url);
  const address = addressOf(proxy.url, BOUNDS);
  const short = await openShortConnection(address);
  const long = await openLongConnection(address);
  proxy.freeze();
  const outcomes = await Promise.all([
    timed(() => short.send(statement, { doing })),
    timed(() => long.send(statement, { doing })),
    timed(() => openShortConnection(address)),
  ]);
  expect(outcomes).toEqual([
    expect.objectContaining({ code: 'no-answer', message: expect.stringContaining('127.0.0.1:') }),
    expect.objectContaining({ code: 'no-answer' }),
    expect.objectContaining({ code: 'no-connection' }),
  ]);
  await timed(async () => short[Symbol.asyncDispose]());
  await timed(async () => long[Symbol.asyncDispose]());
});

test.for([
  ['its server is there', () => undefined],
  [
    'its server refuses every new login',
    ({ standIn }: StandInServer) => standIn.state.logins.forEach((login) => Object.assign(login, { password: 'new' })),
  ],
] as const)('a statement that is silent for long › goes on while %s, and a stop ends it', async ([, change]) => {
  await using own = await startTestStandIn();
  await using proxy = await startFreezingProxy(own.url);
  const long = await openLongConnection(addressOf(proxy.url, BOUNDS));
  proxy.freeze();
  proxy.thaw();
  change(own);
  const stop = new AbortController();
  let isOver = false;
  const waiting = timed(() => long.send(statement, { doing, signal: stop.signal })).finally(() => (isOver = true));
  // Several times as long as silence would take to be noticed.
  await systemClock.sleep(1_500);
  expect(isOver).toBe(false);
  stop.abort(new Error('a person stops it'));
  expect(await waiting).toMatchObject({ message: 'a person stops it' });
  await timed(async () => long[Symbol.asyncDispose]());
});

test('a provider whose server freezes › ends what it was asked, and what writes', async () => {
  await using proxy = await startFreezingProxy(server.url);
  const provider = openSqlServerProvider({ clock: systemClock, bounds: BOUNDS });
  const target = aSandbox({
    provider: 'sqlServer',
    databases: { application: 'master', financialReporting: 'master' },
    settings: { server: proxy.url },
  });
  const source = aSource();
  const writer = provider.open(target, { runId: 'R-1', fence: 1, signal: new AbortController().signal }, source);
  await using session = await writer.session('target', 'application');
  await provider.observe(target, 'R-1', source).catch(() => undefined);
  proxy.freeze();
  const silence = { code: expect.stringMatching(/^(no-answer|no-connection|connection-lost)$/) as string };
  expect(await timed(() => provider.observe(target, 'R-1', source))).toMatchObject(silence);
  expect(await timed(() => session.execute(CompiledQuery.raw('SELECT 1')))).toMatchObject(silence);
  await timed(() => provider.close());
});
