import { expect, test } from 'vitest';
import { systemClock } from '../../engine/clock.ts';
import { connectForClicks, connectForWork } from '../../queue/connections.ts';
import { openQueues } from '../../queue/queues.ts';
import { startFreezingProxy } from '../proxies/freezingProxy.ts';
import { fakeEngine } from './fakeEngine.ts';
import { aHouse, until } from './house.ts';

const house = aHouse();
const BOUNDS = { answerMs: 200, silentMs: 500 };
const silentLog = { info: () => {}, warn: () => {}, error: () => {} };

test('Redis that freezes › ends every question of a click and of the reconciler with its name', async () => {
  await using proxy = await startFreezingProxy(house.redis().url);
  const connection = connectForClicks(proxy.url, silentLog, BOUNDS);
  const run = await house.queuedRun();
  const parts = { connection, prefix: house.prefix(), targets: [run.target], clock: systemClock, bounds: BOUNDS };
  const queues = openQueues(parts);
  await until(() => queues.addSurvey(run.target));
  proxy.freeze();
  const startedAt = systemClock.elapsedMs();
  const asked = [
    queues.addWork(run),
    queues.addSurvey(run.target),
    queues.scheduleSurveys(run.target, 60_000),
    queues.coveredRuns(run.target, 10_000),
  ];
  const outcomes = await Promise.all(asked.map((one) => one.catch((error: unknown) => error)));
  expect(outcomes).toEqual(
    asked.map(() => expect.objectContaining({ code: 'no-answer', message: 'Redis gave no answer within 200 ms' })),
  );
  expect(systemClock.elapsedMs() - startedAt).toBeLessThan(2_000);
  connection.disconnect();
});

test('a connection of a worker that freezes › is made anew, and what was asked on it is answered', async () => {
  await using proxy = await startFreezingProxy(house.redis().url);
  const connection = connectForWork(proxy.url, silentLog, BOUNDS);
  await connection.set(`${house.prefix()}:a`, '1');
  proxy.freeze();
  proxy.thaw();
  expect(await connection.get(`${house.prefix()}:a`)).toBe('1');
  connection.disconnect();
});

test('a worker whose connections to Redis freeze › works again on new ones, and ends in time while all is silent', async () => {
  await using proxy = await startFreezingProxy(house.redis().url);
  const engine = fakeEngine(house.journal());
  const worker = house.worker(engine, { redis: proxy.url, bounds: BOUNDS });
  const first = await house.queuedRun();
  await house.door().wake.proceed(first);
  await until(() => expect(engine.proceeded).toHaveLength(1));
  proxy.freeze();
  proxy.thaw();
  const second = await house.queuedRun();
  await house.door().wake.proceed(second);
  await until(() => expect(engine.proceeded).toHaveLength(2));
  proxy.freeze();
  const startedAt = systemClock.elapsedMs();
  await worker.close();
  expect(systemClock.elapsedMs() - startedAt).toBeLessThan(5_000);
});
