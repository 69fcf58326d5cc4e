import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { addressOf, type ServerAddress } from '../../../../engine/databases/sqlServer/address.ts';
import { openLongConnection, openShortConnection } from '../../../../engine/databases/sqlServer/connection.ts';
import { databaseCredential } from '../../../../engine/databases/sqlServer/login/entra.ts';
import { createVirtualClock, type VirtualClock } from '../../../azure/clock.ts';
import { isLongRun } from '../../../longRun.ts';
import { databaseAudience } from '../../../sqlServer/logins/entra.ts';
import { createTenant } from '../../../sqlServer/logins/tenant.ts';
import { startStandIn, type StandIn } from '../../../sqlServer/standIn.ts';

const tenant = createTenant();
let clock: VirtualClock;
let standIn: StandIn;
let said: string[];
beforeEach(async () => {
  clock = createVirtualClock();
  said = [];
  const logins = [
    { name: 'rewind', password: 'Patience-2026!' },
    { name: 'rewind-worker', objectId: tenant.objectId },
  ];
  standIn = await startStandIn({ now: clock.nowMs, entra: tenant.trust, logins });
});
afterEach(() => standIn.close());

const address = (): ServerAddress =>
  addressOf(`mssql://rewind:Patience-2026!@127.0.0.1:${String(standIn.port)}?trustServerCertificate=true`);
const patient = (signal?: AbortSignal): ServerAddress => ({
  ...address(),
  patience: { clock, signal, say: (sentence) => void said.push(sentence) },
});
const session = z.object({ id: z.number() });
const spid = async (connection: Awaited<ReturnType<typeof openLongConnection>>) =>
  (await connection.ask({ text: 'SELECT @@SPID AS id' }, session, { doing: 'looking' }))[0]?.id;

test.each(
  isLongRun ? [4060, 4221, 10_928, 10_929, 40_197, 40_501, 40_613, 49_918, 49_919, 49_920] : [4060, 10_928, 40_613],
)('a login that Azure turns away with %i › is tried again until it is admitted, and says so', async (number) => {
  standIn.turnAway({ number, times: 3 });
  const begun = clock.elapsedMs();
  await using connection = await openLongConnection(patient());
  expect(await spid(connection)).toBeTypeOf('number');
  expect(clock.elapsedMs() - begun).toBe(35_000);
  expect(said.map((sentence) => /; tried again in \d+ s$/.exec(sentence)?.[0])).toEqual([
    '; tried again in 5 s',
    '; tried again in 10 s',
    '; tried again in 20 s',
  ]);
  expect(said[0]).toContain(String(number));
});

test('a login that is turned away › is given up within minutes, with the error of the last try', async () => {
  standIn.turnAway({ number: 40_613, times: 1000 });
  const begun = clock.elapsedMs();
  await expect(openShortConnection(patient())).rejects.toMatchObject({ code: 'server-not-ready' });
  expect(clock.elapsedMs() - begun).toBeGreaterThan(60_000);
  expect(clock.elapsedMs() - begun).toBeLessThan(240_000);
});

test('a login › that is refused for good, or to a server of one’s own, is tried once', async () => {
  standIn.turnAway({ number: 18_456, times: 1 });
  await expect(openLongConnection(patient())).rejects.toMatchObject({ code: 'login-refused' });
  standIn.turnAway({ number: 18_401, times: 1 });
  await expect(openLongConnection(address())).rejects.toMatchObject({ code: 'server-not-ready' });
  expect(said).toEqual([]);
});

test('a login that is waited for › ends with the hold, for the reason of that', async () => {
  standIn.turnAway({ number: 40_613, times: 1000 });
  const hold = new AbortController();
  const opening = openLongConnection({
    ...patient(hold.signal),
    patience: { clock, signal: hold.signal, say: () => hold.abort(new Error('stopped')) },
  });
  await expect(opening).rejects.toThrow('stopped');
});

test('a session that is lost › is opened again behind logins that are turned away', async () => {
  await using connection = await openLongConnection(patient());
  const first = await spid(connection);
  for (const open of standIn.state.sessions.values()) open.cut();
  standIn.turnAway({ number: 40_613, times: 2 });
  await expect.poll(async () => spid(connection).catch(() => first)).not.toBe(first);
  expect(said.length).toBeLessThanOrEqual(2);
});

const LIFE_S = 3600;

/** Tokens of an hour of the virtual clock, kept as @azure/identity keeps them: until five minutes before their end. */
function tokens() {
  const given: number[] = [];
  let kept: { readonly token: string; readonly expiresOnTimestamp: number } | undefined;
  const credential = {
    getToken: async () => {
      if (kept === undefined || kept.expiresOnTimestamp - 300_000 < clock.nowMs()) {
        const { token, expiresOn } = tenant.token({
          audience: databaseAudience,
          expiresIn: LIFE_S,
          now: clock.nowMs(),
        });
        kept = { token, expiresOnTimestamp: expiresOn * 1000 };
        given.push(kept.expiresOnTimestamp);
      }
      return kept;
    },
  };
  return { given, credential: databaseCredential({ title: 'azsql', open: () => credential }) };
}

/** Asks something every seven minutes for five hours. @returns the end of its token by session, and whether each still held when it was used */
async function fiveHours(own: ServerAddress) {
  const { given, credential } = tokens();
  const config = { ...own.config, authentication: { type: 'token-credential' as const, options: { credential } } };
  await using connection = await openLongConnection({ ...own, config });
  const ends = new Map<number, number>();
  let heldAlways = true;
  for (let minutes = 0; minutes < 300; minutes += 7) {
    const id = (await spid(connection)) ?? 0;
    // The newest token is that of the newest session.
    if (!ends.has(id)) ends.set(id, given.at(-1) ?? 0);
    heldAlways &&= (ends.get(id) ?? 0) > clock.nowMs();
    clock.advance(7 * 60_000);
  }
  return { sessions: ends.size, tokens: given.length, heldAlways };
}

test('a session on Azure › is opened anew before its token ends', async () => {
  const { sessions, tokens: given, heldAlways } = await fiveHours(patient());
  expect({ sessions, heldAlways }).toEqual({ sessions: given, heldAlways: true });
  expect(given).toBeGreaterThanOrEqual(5);
});

test('a token that is about to end › is used for a session all the same, and the next one is opened with another', async () => {
  let given = 0;
  const open = () => ({
    async getToken() {
      given += 1;
      const { token, expiresOn } = tenant.token({ audience: databaseAudience, expiresIn: 30, now: clock.nowMs() });
      return { token, expiresOnTimestamp: expiresOn * 1000 };
    },
  });
  const authentication = {
    type: 'token-credential' as const,
    options: { credential: databaseCredential({ title: 'azsql', open }) },
  };
  const own = patient();
  await using connection = await openLongConnection({ ...own, config: { ...own.config, authentication } });
  const first = await spid(connection);
  expect([await spid(connection), given]).toEqual([first, 1]);
  clock.advance(61_000);
  expect(await spid(connection)).not.toBe(first);
  expect(given).toBe(2);
});

test('a session on a server of one’s own › is kept for what it holds, however long its token lasts', async () => {
  expect(await fiveHours(address())).toMatchObject({ sessions: 1, heldAlways: false });
});
