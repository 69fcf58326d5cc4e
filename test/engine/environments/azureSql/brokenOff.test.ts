import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addressOf } from '../../../../engine/databases/sqlServer/address.ts';
import { openShortConnection } from '../../../../engine/databases/sqlServer/connection.ts';
import { openAzureReader, openWritingSession } from '../../../../engine/environments/azureSql/sessions.ts';
import { raiseFence } from '../../../../engine/environments/sqlServer/fence.ts';
import { withRetries } from '../../../../engine/runs/retries.ts';
import { keyFrom } from '../../../../engine/sanitization/masks/maskKey.ts';
import { ask } from '../../../../engine/sanitization/passes/facts/ask.ts';
import { sanitize } from '../../../../engine/sanitization/sanitize.ts';
import { refuseWhatAzureRefuses } from '../../../azure/refusals.ts';
import { createVirtualClock, type VirtualClock } from '../../../azure/clock.ts';
import { isLongRun } from '../../../longRun.ts';
import type { FaultEffect, FaultWish } from '../../../sqlServer/faults.ts';
import { startStandIn, type StandIn } from '../../../sqlServer/standIn.ts';
import { packOf } from '../../sanitization/fit/subject.ts';
import { maskedBy } from '../../sanitization/masks/reference.ts';
import { KEY } from '../../sanitization/masks/samples.ts';
import { sandbox, SMALL } from '../../sanitization/passes/hardTables.ts';
import { createRandom, type Random } from '../../simulation/random.ts';

let standIn: StandIn;
let clock: VirtualClock;
beforeAll(async () => {
  clock = createVirtualClock();
  standIn = await startStandIn({
    ...{ now: clock.nowMs, name: 'azsql-uat', edition: 'SQL Azure' },
    logins: [{ name: 'rewind', password: 'Rewind-2026!', roles: ['sysadmin'] }],
  });
  refuseWhatAzureRefuses(standIn);
  await standIn.administer('master', 'CREATE DATABASE rewind_control');
});
afterAll(() => standIn.close());

const ROWS = 48;
const ids = Array.from({ length: ROWS }, (_, index) => index + 1);
const rule = { id: 'names', table: 'CUST', action: 'mask', columns: { NAME: 'person' } };
const packs = packOf({ ...rule, offending: [{ column: 'NAME', notMasked: 'person' }] });
const sizes = { ...SMALL, smallRows: 10, rowsPerSlice: 16 };
const guard = { target: 'uat', fence: 1 };
let databases = 0;

/** A copy with people, and what sanitizes it as a step of a run does. */
async function aCopy() {
  const name = `copy${String((databases += 1))}`;
  const values = ids.map((id) => `(${String(id)}, N'Person ${String(id)}', 1)`).join(', ');
  await standIn.administer('master', `CREATE DATABASE ${name}`);
  const columns = 'RECID int NOT NULL PRIMARY KEY, NAME nvarchar(40) NOT NULL, RECVERSION int NOT NULL';
  await standIn.administer(name, `CREATE TABLE CUST (${columns})`);
  await standIn.administer(name, `INSERT INTO CUST VALUES ${values}`);
  const { signal } = new AbortController();
  const said: string[] = [];
  const stepTries: string[] = [];
  const parts: number[] = [];
  const progress = (_percent: number, detail: string) => {
    const at = /^CUST: (\d+) of /.exec(detail)?.[1];
    if (at !== undefined) parts.push(Number(at));
  };
  const patience = { clock, signal, say: (sentence: string) => void said.push(sentence) };
  const address = { ...addressOf(standIn.url('rewind').replace(/\/\?/, '?')), patience: { clock } };
  const attempt = async () => {
    await using control = await openShortConnection(address, undefined, 'rewind_control');
    await raiseFence(control, guard, signal);
    await using session = await openWritingSession(address, name, { ...patience, control, guard });
    await sanitize({ session, packs, sandbox, sizes, maskKey: () => keyFrom(KEY), now: clock.now, progress });
  };
  return {
    name,
    said,
    stepTries,
    /** At which row each part begins. */
    parts,
    sanitize: () => withRetries(attempt, { clock, signal, log: (text) => void stepTries.push(text) }),
    async rows() {
      await using session = await openAzureReader(address, name, { clock });
      const row = z.object({ id: z.number(), name: z.string(), version: z.number() });
      return await ask(
        session,
        row,
        'SELECT RECID AS id, NAME AS name, RECVERSION AS version FROM CUST ORDER BY RECID',
      );
    },
  };
}

const maskedOnce = ids.map((id) => ({ id, name: maskedBy(KEY, 'person', `Person ${String(id)}`), version: 2 }));
const error = (number: number, severity = 16): FaultEffect => ({ error: { number, severity } });
const UPDATE = /^\s*update /i;
/** The very next one is carried out, and its answer lost. */
const loseCommit = () =>
  void standIn.fault({ match: /^\s*COMMIT TRANSACTION/i, login: 'rewind', when: 'after', effect: 'cut' });

/** The part that was broken off comes again, half as large; the next ones grow again. */
const AGAIN = [0, 16, 16, 24, 40];

test.each<[what: string, wishes: readonly FaultWish[], parts: readonly number[]]>([
  ['is throttled', [{ match: UPDATE, nth: 2, effect: error(40_501) }], AGAIN],
  ['takes too much log', [{ match: UPDATE, nth: 2, effect: error(40_552, 20) }], AGAIN],
  ['is moved, which ends its session', [{ match: UPDATE, nth: 2, effect: error(40_197, 20) }], AGAIN],
  ['loses its connection', [{ match: UPDATE, nth: 2, when: 'after', effect: 'cut' }], AGAIN],
  ['is committed and nobody hears of it', [{ match: UPDATE, nth: 2, effect: { run: loseCommit } }], [0, 16, 32, 40]],
])(
  'a part of a mask that %s › is looked at and goes on smaller, without the step beginning anew',
  async (_what, wishes, parts) => {
    const copy = await aCopy();
    const faults = wishes.map((wish) => standIn.fault({ ...wish, login: 'rewind' }));
    standIn.turnAway({ number: 40_613, times: 2, database: new RegExp(`^${copy.name}$`) });
    await copy.sanitize();
    for (const fault of faults) fault.remove();
    expect(copy.stepTries).toEqual([]);
    expect(await copy.rows()).toEqual(maskedOnce);
    expect(copy.said.join('\n')).toMatch(/40613\); tried again in 5 s\n/);
    expect(copy.said.length).toBeGreaterThanOrEqual(3);
    expect(copy.parts).toEqual(parts);
  },
);

test('a change that waits for a login › is not sent when another worker has taken the target over meanwhile', async () => {
  const copy = await aCopy();
  const late = { target: 'late', fence: 1 };
  const { signal } = new AbortController();
  const address = { ...addressOf(standIn.url('rewind').replace(/\/\?/, '?')), patience: { clock } };
  await using control = await openShortConnection(address, undefined, 'rewind_control');
  await raiseFence(control, late, signal);
  let taken: Promise<unknown> | undefined;
  const say = () =>
    void (taken ??= standIn.administer('rewind_control', "UPDATE fence SET fence = 2 WHERE target = N'late'"));
  await using session = await openWritingSession(address, copy.name, { clock, signal, say, control, guard: late });
  const change = [CompiledQuery.raw("UPDATE CUST SET NAME = N'late'")];
  standIn.fault({ match: UPDATE, login: 'rewind', effect: error(40_197, 20) });
  await expect(session.breaks?.once(change)).rejects.toMatchObject({ code: 'platform-busy' });
  standIn.turnAway({ number: 40_613, times: 2, database: new RegExp(`^${copy.name}$`) });
  await expect(session.executeTogether(change)).rejects.toMatchObject({ code: 'fenced' });
  await taken;
  expect((await copy.rows()).filter(({ name }) => name === 'late')).toEqual([]);
});

test('a part of a mask that the platform slows down › is followed by smaller ones, and by larger ones again', async () => {
  const copy = await aCopy();
  const slow = standIn.fault({
    ...{ match: UPDATE, nth: 1, login: 'rewind', when: 'after' },
    effect: { run: () => clock.advance(160_000) },
  });
  await copy.sanitize();
  slow.remove();
  expect(await copy.rows()).toEqual(maskedOnce);
  // An eighth of the first, which took eight times as long as it should; then twice as large each time.
  expect(copy.parts).toEqual([0, 16, 18, 22, 30, 46]);
  expect([copy.said, copy.stepTries]).toEqual([[], []]);
});

test('a platform that breaks off whatever is sent › is given up within minutes, and nothing is changed', async () => {
  const copy = await aCopy();
  const fault = standIn.fault({ match: UPDATE, nth: 'every', login: 'rewind', effect: error(40_501) });
  const begun = clock.elapsedMs();
  await expect(copy.sanitize()).rejects.toMatchObject({ code: 'platform-busy' });
  fault.remove();
  expect(clock.elapsedMs() - begun).toBeLessThan(3_600_000);
  expect((await copy.rows()).every(({ version }) => version === 1)).toBe(true);
  await copy.sanitize();
  expect(await copy.rows()).toEqual(maskedOnce);
});

const ANY = [UPDATE, /^\s*(update |insert |delete |merge )/i, /^\s*COMMIT TRANSACTION/i, /^\s*select /i];

function wishFrom(random: Random): FaultWish {
  const effects: readonly FaultEffect[] = [
    ...[40_501, 10_928, 10_929, 49_918, 9002].map((number) => error(number)),
    ...[40_197, 40_613, 40_552].map((number) => error(number, 20)),
    ...(['cut', 'cut', 'kill', 'deadlock'] as const),
  ];
  const when = random.pick(['before', 'after'] as const);
  return { match: random.pick(ANY), nth: 1 + random.below(20), when, login: 'rewind', effect: random.pick(effects) };
}

test.each(Array.from({ length: isLongRun ? 200 : 2 }, (_, seed) => seed))(
  'a mask under random faults of the platform › changes every row once: seed %i',
  async (seed) => {
    const random = createRandom(seed);
    const copy = await aCopy();
    const faults = Array.from({ length: 1 + random.below(5) }, () => standIn.fault(wishFrom(random)));
    standIn.turnAway({ number: random.pick([40_613, 4060, 40_501]), times: random.below(4) });
    await copy.sanitize().catch(() => undefined);
    for (const fault of faults) fault.remove();
    await copy.sanitize();
    expect(await copy.rows()).toEqual(maskedOnce);
  },
);
