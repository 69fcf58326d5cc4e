import { expect, test } from 'vitest';
import { jobIdOf } from '../../queue/jobs.ts';
import { expectedType } from '../../queue/mendKeys.ts';
import { fakeEngine } from './fakeEngine.ts';
import { aHouse, until } from './house.ts';

const house = aHouse();

const KEYS = [
  ...['wait', 'active', 'paused', 'stalled', 'meta', 'events', 'delayed', 'prioritized', 'completed', 'failed'],
  ...['marker', 'id', 'pc', 'limiter', 'stalled-check'],
];

/** Somebody else’s, under the name that BullMQ uses. */
async function misplace(key: string): Promise<void> {
  const { client } = house.redis();
  await client.del(key);
  if (expectedType(key.split(':').at(-1) ?? '') === 'string') await client.lpush(key, 'of somebody else');
  else await client.set(key, 'of somebody else');
}

test.for([...KEYS, 'the job'])(
  'a Redis key of the wrong type (%s) › is set aside by name, and the run completes',
  async (name) => {
    const engine = fakeEngine(house.journal());
    const run = await house.queuedRun();
    const queue = `refresh-${run.target}`;
    const key = `${house.prefix()}:${queue}:${name === 'the job' ? jobIdOf('proceed', run) : name}`;
    await misplace(key);
    house.worker(engine);
    house.reconciler(engine);
    await until(async () => expect(await house.journal().run(run.runId)).toMatchObject({ state: 'completed' }));
    expect(engine.proceeded).toHaveLength(1);
  },
);

test('a key that turns wrong while workers wait › is set aside, not deleted, and said', async () => {
  const engine = fakeEngine(house.journal());
  house.worker(engine);
  const first = await house.queuedRun();
  await house.door().wake.proceed(first);
  await until(async () => expect(await house.journal().run(first.runId)).toMatchObject({ state: 'completed' }));
  const queue = `refresh-${first.target}`;
  await misplace(`${house.prefix()}:${queue}:wait`);
  await misplace(`${house.prefix()}:${queue}:meta`);
  const second = await house.queuedRun();
  house.reconciler(engine);
  await until(async () => expect(await house.journal().run(second.runId)).toMatchObject({ state: 'completed' }));
  expect(house.logged()).toContain('queue-key-set-aside');
  const aside = await house.redis().client.keys(`${house.prefix()}:set-aside:*`);
  expect(new Set(aside.map((key) => key.split(':')[3]))).toEqual(new Set(['meta', 'wait']));
  expect(await house.redis().client.get(aside[0] ?? '')).toBe('of somebody else');
});

test('a key of the right type that has the name of a job and is none › is set aside as well', async () => {
  const run = await house.queuedRun();
  const key = `${house.prefix()}:refresh-${run.target}:${jobIdOf('proceed', run)}`;
  await house.redis().client.hset(key, 'colour', 'blue');
  const engine = fakeEngine(house.journal());
  house.worker(engine);
  house.reconciler(engine);
  await until(async () => expect(await house.journal().run(run.runId)).toMatchObject({ state: 'completed' }));
  expect(house.logged()).toContain('queue-key-set-aside');
});

test('surveys whose schedule has the wrong type › come again', async () => {
  const { target } = await house.queuedRun();
  await misplace(`${house.prefix()}:survey-${target}:repeat`);
  const engine = fakeEngine(house.journal());
  house.worker(engine);
  house.reconciler(engine);
  await until(() => expect(engine.surveyed).toEqual([target]));
});
