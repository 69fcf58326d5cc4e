import { expect, test } from 'vitest';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { startFreezingProxy } from '../proxies/freezingProxy.ts';
import { fakeEngine } from './fakeEngine.ts';
import { aHouse, until } from './house.ts';

const house = aHouse();

const BOUNDS = { connectMs: 600, statementMs: 60_000, answerMs: 60_000 };
/** Far below the minute for which a silent journal may hold whoever asks it. */
const SOON_MS = 10_000;

test('a worker to which the journal does not answer › leaves its work to another, and takes some again once it does', async () => {
  await using proxy = await startFreezingProxy(house.journalUrl());
  const journal = openJournal({ url: proxy.url, bounds: BOUNDS });
  const [deaf, hearing] = [fakeEngine(journal), fakeEngine(house.journal())];
  house.worker(deaf, { journal });
  proxy.freeze();
  const run = await house.queuedRun();
  await house.door().wake.proceed(run);
  await until(() => expect(house.logged()).toContain('journal-silent'));
  const other = house.worker(hearing, { workerId: 'worker-b' });
  await until(() => expect(hearing.proceeded).toHaveLength(1), SOON_MS);
  await other.close();

  proxy.thaw();
  await until(() => expect(house.logged()).toContain('journal-answers-again'));
  await house.door().wake.proceed(await house.queuedRun());
  await until(() => expect(deaf.proceeded).toHaveLength(1), SOON_MS);
});

test('a worker that rests › ends at once when it is told to', async () => {
  await using proxy = await startFreezingProxy(house.journalUrl());
  const journal = openJournal({ url: proxy.url, bounds: BOUNDS });
  const worker = house.worker(fakeEngine(journal), { journal });
  proxy.freeze();
  await house.door().wake.proceed(await house.queuedRun());
  await until(() => expect(house.logged()).toContain('journal-silent'));
  await worker.close();
  expect(house.logged()).not.toContain('journal-answers-again');
});
