import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DATABASE_ROLES } from '../../../../engine/contracts.ts';
import { sandboxSettings, sourceSettings } from '../../../../engine/environments/azureSql/settings.ts';
import type { Action } from '../../../../engine/environments/provider.ts';
import { isLongRun } from '../../../longRun.ts';
import type { Wish } from '../../../azure/faults.ts';
import { begin } from '../../../azure/operations.ts';
import { databaseIn, resourceOf } from '../../../azure/resources.ts';
import { createRandom, type Random } from '../../simulation/random.ts';
import { aRun, dieAt, leftOn, proveWhole, REFRESH, writesToProduction } from './crashes.ts';
import { type AzureFixture, createAzureFixture } from './fixture.ts';

let fixture: AzureFixture;
let at: string;
let fence = 1;
let runs = 0;
let before: string;
beforeAll(async () => {
  fixture = await createAzureFixture();
  await fixture.commit();
  at = await fixture.commit();
  await fixture.commit();
  await fixture.archive();
  before = await fixture.productionFingerprint();
});
beforeEach(() => fixture.azure.faults.clear());
afterAll(() => fixture[Symbol.asyncDispose]());

const alive = () => new AbortController().signal;
const newRun = () => {
  const runId = `R-${String((runs += 1))}`;
  return { runId, run: aRun(fixture, runId, at, () => (fence += 1)) };
};
const restored = async (run: ReturnType<typeof aRun>, actions: readonly Action[] = REFRESH) =>
  run.attempt(actions, fixture.provider, alive());
const undo = async ({ run, runId }: ReturnType<typeof newRun>) => {
  expect(await restored(run, ['swap-back', 'drop-incoming'])).toEqual([]);
  expect(await proveWhole(fixture, runId, false)).toBe('old');
  expect([...leftOn(fixture.azure.production), ...leftOn(fixture.azure.sandbox)]).toEqual([]);
};
const database = (server: 'production' | 'sandbox', name: string) => databaseIn(fixture.azure[server], name);

interface Passing {
  readonly what: string;
  readonly wishes: readonly Wish[];
  /** Logins that both servers turn away before anything of the run, by a worker that has no session yet. */
  readonly turnedAway?: readonly number[];
  /** A line of the log that says so. */
  readonly says?: RegExp;
}

const put = (path: RegExp, effect: Wish['effect'], when: Wish['when'] = 'before'): Wish => ({
  method: 'PUT',
  path,
  when,
  effect,
});
const answer = (status: number, code: string, retryAfter = 15) =>
  ({ kind: 'answer', status, code, retryAfter }) as const;

test.each<Passing>([
  {
    what: 'a restore was taken and its answer cut off',
    wishes: [put(/AxDB__rw_[^/]*$/, { kind: 'cut' }, 'after')],
    says: /it is there all the same/,
  },
  {
    what: 'a copy was taken and its answer cut off',
    wishes: [put(/AxUAT__incoming_[^/]*$/, { kind: 'cut' }, 'after')],
    says: /it is there all the same/,
  },
  {
    what: 'the tags of a restore and of a copy are lost',
    wishes: [put(/AxDB__rw_[^/]*$/, { kind: 'tags-lost' }), put(/MRUAT__incoming_[^/]*$/, { kind: 'tags-lost' })],
    says: /its tags were lost and are set again/,
  },
  {
    what: 'a restore is throttled, and logins are turned away on both servers',
    turnedAway: [40_613, 4060, 40_501, 10_928],
    wishes: [put(/MRDB__rw_[^/]*$/, answer(429, 'SubscriptionTooManyCreateUpdateRequests', 30))],
  },
  {
    what: 'the first rename was done and its answer cut off',
    wishes: [{ method: 'POST', path: /AxUAT\/move$/, when: 'after', effect: { kind: 'cut' } }],
  },
  {
    what: 'a rename meets an export that goes on',
    wishes: [
      { method: 'POST', path: /AxUAT\/move$/, effect: answer(409, '') },
      { method: 'POST', path: /__incoming_.*\/move$/, effect: answer(409, 'ConflictingDatabaseOperation') },
    ],
  },
  {
    what: 'a look at a database fails in the middle',
    wishes: [
      { method: 'GET', path: /AsyncOperation/, nth: 4, effect: answer(503, '') },
      { method: 'GET', path: /AsyncOperation/, nth: 7, effect: { kind: 'cut' } },
    ],
  },
])('a refresh on Azure SQL › goes through although $what', async ({ wishes, turnedAway, says = /\S/ }) => {
  const one = newRun();
  for (const number of turnedAway ?? [])
    for (const { sql } of fixture.azure.state.servers) sql.turnAway({ number, times: 1 });
  const provider = turnedAway === undefined ? fixture.provider : fixture.another();
  for (const wish of wishes) fixture.azure.faults.add(wish);
  expect(await one.run.attempt(REFRESH, provider, alive())).toEqual([]);
  expect(await proveWhole(fixture, one.runId, true)).toBe('new');
  expect(one.run.log.join('\n')).toMatch(says);
  await undo(one);
});

test('a refresh on Azure SQL › goes through although freed names are not free at once, and lists are late', async () => {
  const { state } = fixture.azure;
  Object.assign(state, { nameFreeAfterMs: 40_000, listedAfterMs: 600_000 });
  const one = newRun();
  expect(await restored(one.run)).toEqual([]);
  expect(await proveWhole(fixture, one.runId, true)).toBe('new');
  await undo(one);
  Object.assign(state, { nameFreeAfterMs: 0, listedAfterMs: 0 });
});

test('a switch › is undone where a freed name stays taken, and the sandbox is what it was', async () => {
  const one = newRun();
  expect(await restored(one.run, ['restore'])).toEqual([]);
  const { taken } = fixture.azure.sandbox;
  // As if the name of one were never to become free for the copy.
  for (let nth = 1; nth <= 60; nth += 1)
    fixture.azure.faults.add({
      method: 'POST',
      path: /AxUAT__incoming_.*\/move$/,
      nth,
      effect: answer(409, 'DatabaseNameInUse'),
    });
  expect(await restored(one.run, ['swap'])).toEqual(['swap']);
  expect(one.run.log.join('\n')).toContain('The switch was undone');
  fixture.azure.faults.clear();
  taken.clear();
  await undo(one);
});

/** Another installation, on the same production, has a run of that number for a sandbox of its own. */
const anothers = (runId: string) => ({
  name: `AxDB__rw_${runId}`,
  async lay() {
    await fixture.azure.production.sql.administer('master', `CREATE DATABASE [AxDB__rw_${runId}]`);
    const found = database('production', `AxDB__rw_${runId}`);
    if (!found) return;
    resourceOf(fixture.azure.state, found).tags = { 'rewind-run': runId, 'rewind-target': 'azsql-dev/axdev' };
    begin(fixture.azure.state, {
      ...{ kind: 'CreateRestoreRequest', server: fixture.azure.production, database: found },
      ...{ databaseName: found.name, takesMs: 0, complete: () => undefined },
    });
  },
  take() {
    const { databases } = fixture.azure.production.sql.state;
    databases.splice(
      databases.findIndex(({ name }) => name === `AxDB__rw_${runId}`),
      1,
    );
  },
});

interface Stopping {
  readonly what: string;
  readonly wish?: Wish;
  readonly spoil?: (runId: string) => Promise<void> | void;
  readonly mend?: (runId: string) => void;
  readonly says: RegExp;
}

test.each<Stopping>([
  {
    what: 'a restore fails in Azure',
    wish: put(/AxDB__rw_[^/]*$/, { kind: 'operation-fails', code: 'OperationInterrupted' }),
    says: /OperationInterrupted while restoring/,
  },
  {
    what: 'a copy ends as suspect',
    wish: put(/AxUAT__incoming_[^/]*$/, { kind: 'operation-fails', code: 'KeyMaterialNotFoundOnRemoteServer' }),
    says: /KeyMaterialNotFoundOnRemoteServer/,
  },
  {
    what: 'the quota of the server is reached halfway',
    wish: put(/MRUAT__incoming_[^/]*$/, answer(409, 'ServerDtuQuotaExceeded')),
    says: /A quota of Azure does not admit it/,
  },
  {
    what: 'a role is missing on one server',
    wish: put(/AxUAT__incoming_[^/]*$/, answer(403, 'AuthorizationFailed')),
    says: /may not do this in Azure/,
  },
  {
    what: 'the token has expired',
    wish: { method: 'GET', path: /AxDB__rw_[^/]*$/, nth: 2, effect: answer(401, 'ExpiredAuthenticationToken') },
    says: /does not accept the token/,
  },
  {
    what: 'somebody cancels the restore',
    wish: {
      path: /AsyncOperation/,
      nth: 3,
      effect: {
        kind: 'run',
        run: () => {
          for (const one of fixture.azure.state.running)
            if (one.kind === 'CreateRestoreRequest' && one.state === 'InProgress') one.state = 'Cancelled';
        },
      },
    },
    says: /Cancelled/,
  },
  {
    what: 'another installation has a run of that number on the server',
    spoil: (runId) => anothers(runId).lay(),
    mend: (runId) => anothers(runId).take(),
    says: /lies on azsql-prod without being marked as R-\d+’s own/,
  },
  {
    what: 'the intermediate is deleted by hand',
    wish: {
      method: 'PUT',
      path: /AxUAT__incoming_[^/]*$/,
      effect: {
        kind: 'run',
        run: () => {
          const { databases } = fixture.azure.production.sql.state;
          databases.splice(
            databases.findIndex(({ name }) => name.startsWith('AxDB__rw_')),
            1,
          );
        },
      },
    },
    says: /HTTP 404 SourceDatabaseNotFound/,
  },
])(
  'a refresh on Azure SQL › stops where $what, the sandbox untouched; the next try goes through',
  async ({ wish, spoil, mend, says }) => {
    const one = newRun();
    await spoil?.(one.runId);
    if (wish) fixture.azure.faults.add(wish);
    expect(await restored(one.run, ['restore'])).toEqual(['restore']);
    expect(one.run.log.join('\n')).toMatch(says);
    expect(await proveWhole(fixture, one.runId, false)).toBe('old');
    expect(await fixture.canOrdinaryLogin('target')).toBe(true);
    mend?.(one.runId);
    expect(await restored(one.run)).toEqual([]);
    await undo(one);
  },
);

test.each(['when-allowed', 'required'] as const)(
  'an intermediate › that its login may not close: %s',
  async (closeIntermediate) => {
    const one = newRun();
    const settings = { ...(fixture.source.settings as object), closeIntermediate };
    const closer = String(sourceSettings.parse(settings).closer).replace(/:[^:@]*@/, ':wrong@');
    const source = { ...fixture.source, settings: { ...settings, closer } };
    const run = aRun({ ...fixture, source }, one.runId, at, () => (fence += 1));
    const isRequired = closeIntermediate === 'required';
    expect(await restored(run, ['restore'])).toEqual(isRequired ? ['restore'] : []);
    const isSaid = run.log.some((line) =>
      line.includes(`AxDB__rw_${one.runId} stays open to whoever production admits`),
    );
    expect(isSaid).toBe(!isRequired);
    expect(leftOn(fixture.azure.sandbox).length).toBe(isRequired ? 0 : 2);
    expect(await restored(run, ['drop-incoming'])).toEqual([]);
    expect([...leftOn(fixture.azure.production), ...leftOn(fixture.azure.sandbox)]).toEqual([]);
  },
);

test('a drop › leaves alone what has only been given the name of a run’s copy', async () => {
  const one = newRun();
  await fixture.azure.sandbox.sql.administer('master', `CREATE DATABASE [AxUAT__incoming_${one.runId}]`);
  expect(await restored(one.run, ['drop-incoming'])).toEqual([]);
  expect(one.run.log.join('\n')).toMatch(/does not carry the tags of R-\d+ and is left alone/);
  expect(leftOn(fixture.azure.sandbox)).toEqual([`AxUAT__incoming_${one.runId}`]);
  await fixture.azure.sandbox.sql.administer('master', `DROP DATABASE [AxUAT__incoming_${one.runId}]`);
});

test('a run › deletes no intermediate of another installation’s run with its number, though it has made one of that name', async () => {
  const one = newRun();
  const theirs = anothers(one.runId);
  expect(await restored(one.run, ['restore'])).toEqual([]);
  // As where a worker ended right behind its deletion.
  const made = fixture.azure.state.running.find(({ databaseName }) => databaseName === theirs.name);
  one.run.remembered[`operation-source-${theirs.name}`] = made?.id ?? 'none';
  fixture.clock.advance(1000);
  await theirs.lay();
  for (const action of ['restore', 'drop-incoming'] as const) {
    one.run.log.length = 0;
    expect(await restored(one.run, [action])).toEqual([]);
    expect(one.run.log.join('\n')).toContain(
      `${theirs.name} does not carry the tags of ${one.runId} and is left alone`,
    );
    expect(leftOn(fixture.azure.production)).toEqual([theirs.name]);
  }
  theirs.take();
  await undo(one);
});

test('a worker › that was frozen in the middle of a switch and wakes behind its successor changes nothing', async () => {
  const one = newRun();
  expect(await restored(one.run, ['restore'])).toEqual([]);
  const asleep = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  fixture.azure.faults.add({
    ...{ method: 'POST', path: /AxUAT\/move$/, when: 'after' },
    effect: { kind: 'run', run: () => (reached.resolve(), asleep.promise) },
  });
  const frozen = one.run.attempt(REFRESH.slice(1), fixture.another(), alive());
  await reached.promise;
  expect(await one.run.attempt(REFRESH.slice(1), fixture.another(), alive())).toEqual([]);
  const writes = () => fixture.azure.requests.filter(({ method }) => method !== 'GET').length;
  const sent = writes();
  asleep.resolve();
  // What its successor has done it finds done; what it would do itself it may not.
  expect(await frozen).toEqual(['open']);
  expect(one.run.log.at(-1)).toMatch(/Another worker has taken uat over/);
  expect(writes()).toBe(sent);
  expect(await proveWhole(fixture, one.runId, true)).toBe('new');
  await undo(one);
});

test('a rename that Azure throttles › is not sent again when another worker has taken the sandbox over meanwhile', async () => {
  const one = newRun();
  expect(await restored(one.run, ['restore'])).toEqual([]);
  const move = { method: 'POST', path: /AxUAT\/move$/ };
  const { controlDatabase } = sandboxSettings.parse(fixture.target.settings);
  const take = () =>
    fixture.azure.sandbox.sql.administer(controlDatabase, `UPDATE fence SET fence = ${String(fence + 10)}`);
  fixture.azure.faults.add({ ...move, effect: { kind: 'run', run: async () => void (await take()) } });
  fixture.azure.faults.add({ ...move, effect: answer(429, 'SubscriptionTooManyCreateUpdateRequests', 30) });
  const sent = () => fixture.azure.requests.filter(({ method, path }) => method === 'POST' && move.path.test(path));
  const before = sent().length;
  expect(await restored(one.run, ['swap'])).toEqual(['swap']);
  expect(one.run.log.at(-1)).toMatch(/Another worker has taken uat over/);
  expect(sent().length).toBe(before + 1);
  fence += 10;
  expect(await restored(one.run, ['swap', 'open'])).toEqual([]);
  await undo(one);
});

test('an intermediate › that a look does not show for a moment is deleted all the same', async () => {
  const one = newRun();
  fixture.azure.faults.add({ method: 'DELETE', path: /MRDB__rw_[^/]*$/, effect: answer(403, 'AuthorizationFailed') });
  expect(await restored(one.run)).toEqual(REFRESH);
  // The first look is at everything that lies there.
  const look = { method: 'GET', path: /MRDB__rw_[^/]*$/, nth: 2 };
  fixture.azure.faults.add({ ...look, effect: answer(404, 'ResourceNotFound') });
  expect(await restored(one.run)).toEqual([]);
  expect(leftOn(fixture.azure.production)).toEqual([]);
  await undo(one);
});

test('a stop › does not wait until the server of the fence admits anybody', async () => {
  const hold = new AbortController();
  const sleep = (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((_, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('woken')), { once: true });
      setImmediate(() => hold.abort(new Error('stopped by a person')));
    });
  const provider = fixture.another({ ...fixture.clock, sleep });
  fixture.azure.sandbox.sql.turnAway({ number: 40_613, times: 1 });
  const writer = provider.open(
    fixture.target,
    { runId: 'R-0', fence: (fence += 1), signal: hold.signal },
    fixture.source,
  );
  const { run } = newRun();
  const progress = () => undefined;
  const options = { source: fixture.source, at, remembered: run.remembered, remember: async () => undefined };
  await expect(writer.act('swap', { ...options, progress, log: progress })).rejects.toThrow('stopped by a person');
  await provider.close();
});

const PATHS = [/__rw_[^/]*$/, /__incoming_[^/]*$/, /\/move$/, /AsyncOperation/, /RetentionPolicies/, /./];

function wishFrom(random: Random): Wish {
  const effects: readonly Wish['effect'][] = [
    { kind: 'cut' },
    { kind: 'cut' },
    answer(429, 'TooManyRequests', random.below(40)),
    answer(409, 'ConflictingDatabaseOperation'),
    answer(503, ''),
    answer(404, 'ResourceNotFound'),
    { kind: 'tags-lost' },
    { kind: 'operation-fails', code: 'OperationInterrupted' },
  ];
  return {
    path: random.pick(PATHS),
    nth: 1 + random.below(12),
    when: random.pick(['before', 'after']),
    effect: random.pick(effects),
  };
}

test.each(Array.from({ length: isLongRun ? 300 : 2 }, (_, seed) => seed))(
  'schedule %i › of faults and deaths ends with the refresh whole, or with the sandbox as it was',
  async (seed) => {
    const random = createRandom(seed);
    const { azure } = fixture;
    Object.assign(azure.state, { nameFreeAfterMs: random.below(2) * 30_000, listedAfterMs: random.below(2) * 300_000 });
    const one = newRun();
    let left: readonly Action[] = REFRESH;
    for (let tries = 0; left.length > 0 && tries < 12; tries += 1) {
      const wishes = tries < 6 ? Array.from({ length: random.below(4) }, () => wishFrom(random)) : [];
      for (const wish of wishes) azure.faults.add(wish);
      const worker = new AbortController();
      const death =
        tries < 6 && random.chance(0.4)
          ? dieAt(
              fixture,
              {
                at: random.pick(['request', 'target']),
                nth: 1 + random.below(90),
                when: random.pick(['before', 'after']),
              },
              worker,
            )
          : undefined;
      left = await one.run.attempt(left, fixture.another(), worker.signal);
      death?.lift();
      azure.faults.clear();
      await proveWhole(fixture, one.runId, left.length <= 1);
    }
    Object.assign(azure.state, { nameFreeAfterMs: 0, listedAfterMs: 0 });
    // A request that was taken, whose tags were lost and whose answer as well, is nobody's by its looks: a person has to say.
    const unclear = [...leftOn(azure.production), ...leftOn(azure.sandbox)].filter((name) =>
      one.run.log.some((line) => line.includes(`${name} lies on`)),
    );
    if (unclear.length > 0) {
      for (const name of unclear)
        for (const { sql } of azure.state.servers)
          sql.state.databases.splice(
            0,
            sql.state.databases.length,
            ...sql.state.databases.filter((each) => each.name !== name),
          );
      left = await restored(one.run, left);
    }
    expect(left).toEqual([]);
    expect(await proveWhole(fixture, one.runId, true)).toBe('new');
    expect(leftOn(azure.production)).toEqual([]);
    await undo(one);
  },
);

// The last of those that use the sandbox: it keeps the databases of its runs.
test.each(['noted', 'not noted'])(
  'a drop › of the former databases, whose ids are %s, leaves alone what has only been given the name of one',
  async (isNoted) => {
    const one = newRun();
    const { sql } = fixture.azure.sandbox;
    expect(await restored(one.run)).toEqual([]);
    if (isNoted === 'not noted') for (const role of DATABASE_ROLES) delete one.run.remembered[`former-${role}`];
    const theirs = `AxUAT__previous_${one.runId}`;
    const former = database('sandbox', theirs);
    if (former) former.name = 'AxUAT-kept';
    await sql.administer('master', `CREATE DATABASE [${theirs}]`);
    expect(await restored(one.run, ['drop-previous'])).toEqual([]);
    expect(one.run.log.join('\n')).toContain(`${theirs} is not the database that ${one.runId} has put aside`);
    expect(leftOn(fixture.azure.sandbox)).toEqual([theirs]);
    await sql.administer('master', `DROP DATABASE [${theirs}]`);
    if (former) former.name = theirs;
    expect(await restored(one.run, ['drop-previous'])).toEqual([]);
    expect(leftOn(fixture.azure.sandbox)).toEqual([]);
  },
);

test('production › was named by nothing that writes, and is what it was', async () => {
  expect(fixture.azure.requests.filter(({ method }) => method !== 'GET').length).toBeGreaterThan(10);
  expect(writesToProduction(fixture)).toEqual([]);
  expect(await fixture.productionFingerprint()).toBe(before);
});
