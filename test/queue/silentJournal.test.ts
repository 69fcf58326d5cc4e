import { expect, test } from 'vitest';
import { systemClock } from '../../engine/clock.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { underLease } from '../../queue/lease.ts';
import { startFreezingProxy } from '../proxies/freezingProxy.ts';
import { fakeEngine, untilAborted } from './fakeEngine.ts';
import { aHouse, until } from './house.ts';
import { SHORT } from './short.ts';

const house = aHouse();
const TIMES = { ttlMs: 2_000, renewMs: 400 };

test('a journal that accepts everything and answers nothing › stops the work before its lease is over, and waits for nobody', async () => {
  await using proxy = await startFreezingProxy(house.journalUrl());
  const journal = openJournal({ url: proxy.url });
  const run = await house.queuedRun();
  const { target } = run;
  let silentAt = 0;
  let toldAt = Number.POSITIVE_INFINITY;
  const work = async (_: unknown, lost: AbortSignal) => {
    await systemClock.sleep(3 * TIMES.renewMs);
    proxy.freeze();
    silentAt = systemClock.elapsedMs();
    await untilAborted(lost);
    toldAt = systemClock.elapsedMs();
    // As every step would: what it has to say goes to the journal, which does not answer.
    return journal.run(run.runId);
  };
  const outcome = await underLease({ journal, clock: systemClock, times: TIMES }, { target, holder: 'a' }, work);
  const endedAt = systemClock.elapsedMs();
  expect(outcome).toBe('handed-back');
  // The last renewal lies before the silence, and the journal counts from there.
  expect(toldAt - silentAt).toBeLessThan(TIMES.ttlMs);
  expect(endedAt - silentAt).toBeLessThan(TIMES.ttlMs + 500);
});

test('a worker whose journal falls silent › lets go, and another one goes on', async () => {
  await using proxy = await startFreezingProxy(house.journalUrl());
  const journal = openJournal({ url: proxy.url });
  const engine = fakeEngine(journal, ({ signal }) => untilAborted(signal));
  const second = fakeEngine(house.journal());
  const run = await house.queuedRun();
  house.worker(engine, { journal });
  await house.door().wake.proceed(run);
  await until(() => expect(engine.proceeded).toHaveLength(1));
  proxy.freeze();
  const silentAt = systemClock.elapsedMs();
  await until(() => expect(engine.proceeded[0]?.signal.reason).toMatchObject({ why: 'lock lost' }));
  expect(systemClock.elapsedMs() - silentAt).toBeLessThan(2 * SHORT.lease.ttlMs);
  house.worker(second, { workerId: 'worker-b' });
  await until(async () => expect(await house.journal().run(run.runId)).toMatchObject({ state: 'completed' }));
});
