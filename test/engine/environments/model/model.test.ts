import { expect, test } from 'vitest';
import { actOn } from '../actOn.ts';
import { createModelClock } from '../../../../engine/environments/model/clock.ts';
import { createModelWorld, type ModelWorld } from '../../../../engine/environments/model/world.ts';
import type { ActContext } from '../../../../engine/environments/provider.ts';
import { aSandbox, aSource } from '../builders.ts';
import { conformanceSuite, type ConformanceFixture } from '../conformance.ts';

const schema = [{ sql: 'CREATE TABLE moments (n int PRIMARY KEY)' }];

function createModelFixture(): Promise<ConformanceFixture> {
  const clock = createModelClock();
  const world = createModelWorld({ clock, schema });
  const [source, target] = [aSource(), aSandbox()];
  for (const role of ['application', 'financialReporting'] as const) {
    world.change('uat', role, { sql: 'INSERT INTO moments VALUES (-1)' });
  }
  let n = 0;
  const commit = async () => {
    n += 1;
    for (const role of ['application', 'financialReporting'] as const) {
      clock.advance(10);
      world.commit(role, { sql: 'INSERT INTO moments VALUES ($1)', parameters: [n] });
    }
    clock.advance(10);
    return clock.now();
  };
  return Promise.resolve({
    provider: world.provider,
    source,
    target,
    commit,
    archive: async () => undefined,
    rowsInProduction: async () => Array.from({ length: n }, (_, index) => index + 1),
    rowsInTargetAtFirst: [-1],
    async sourceWithGap() {
      const before = await commit();
      const from = clock.now();
      const inGap = await commit();
      const reason = 'a log backup is missing';
      world.lose({ from, to: await commit(), reason });
      const after = await commit();
      await commit();
      return { source, before, inGap, after, reason };
    },
    breakChain: async (at) => ({
      source,
      break: async () => world.inject({ at: 'restore:3', error: new MissingBackupError(at) }),
    }),
    productionFingerprint: async () => world.fingerprint(),
    canOrdinaryLogin: async (side) => {
      const found = [...world.databasesOf('uat')].filter(
        ([name]) => name.includes('__incoming_') === (side === 'incoming'),
      );
      return found.some(([name, { isOpen }]) => isOpen && !name.includes('__previous_'));
    },
    holdTransaction: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
    [Symbol.asyncDispose]: async () => undefined,
  });
}

class MissingBackupError extends Error {
  readonly remedy = 'Copy the log backup back.';
  constructor(at: string) {
    super(`A log backup needed for ${at} is missing`);
  }
}

conformanceSuite('model', createModelFixture);

function aRun(world: ModelWorld, parts: Partial<ActContext> = {}): ActContext {
  for (const role of ['application', 'financialReporting'] as const) {
    world.commit(role, { sql: 'INSERT INTO moments VALUES (1)' });
  }
  return {
    source: aSource(),
    target: aSandbox(),
    runId: 'R-1',
    at: '2026-11-20T12:00:00.000Z',
    fence: 1,
    signal: new AbortController().signal,
    remember: async () => undefined,
    remembered: {},
    progress: () => undefined,
    log: () => undefined,
    ...parts,
  };
}

test('model › a swap that dies between two renames leaves no target or one of each, and says so', async () => {
  const seen: string[] = [];
  for (const at of ['swap:1', 'swap:2', 'swap:3', 'swap:4', 'swap:5']) {
    const clock = createModelClock();
    const world = createModelWorld({ clock, schema });
    clock.advance(1000);
    const run = aRun(world);
    await actOn(world.provider, 'restore', run);
    world.inject({ at });
    await expect(actOn(world.provider, 'swap', run)).rejects.toThrow(`dies before ${at}`);
    seen.push((await world.provider.observe(run.target, run.runId, run.source)).target);
    await actOn(world.provider, 'swap', run);
    expect((await world.provider.observe(run.target, run.runId, run.source)).target).toBe('new');
  }
  expect(seen).toEqual(['old', 'split', 'split', 'split', 'new']);
});

test('model › records every action with its outcome', async () => {
  const clock = createModelClock();
  const world = createModelWorld({ clock, schema });
  clock.advance(1000);
  const run = aRun(world, { fence: 7 });
  world.inject({ at: 'restore:2', when: 'after' });
  await expect(actOn(world.provider, 'restore', run)).rejects.toThrow('dies after restore:2');
  await actOn(world.provider, 'restore', run);
  expect(world.actions).toEqual([
    { action: 'restore', runId: 'R-1', target: 'uat', fence: 7, outcome: 'failed' },
    { action: 'restore', runId: 'R-1', target: 'uat', fence: 7, outcome: 'done' },
  ]);
});
