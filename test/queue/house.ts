import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { systemClock } from '../../engine/clock.ts';
import { REWIND, type Run } from '../../engine/contracts.ts';
import type { Journal, Lease } from '../../engine/journal/journal.ts';
import { openJournal } from '../../engine/journal/sql/sqlJournal.ts';
import { openQueueClient, type QueueClient } from '../../queue/queueClient.ts';
import { startReconciler, type Reconciler } from '../../queue/reconciler.ts';
import { startWorker, type RunningWorker, type WorkerSettings } from '../../queue/worker.ts';
import { aDraft, ANN, BOB, EVENTS } from '../engine/journal/builders.ts';
import { startTestServer, type TestServer } from '../engine/journal/testDatabase.ts';
import type { FakeEngine } from './fakeEngine.ts';
import { SHORT } from './short.ts';
import { startTestRedis, type TestRedis } from './testRedis.ts';

export interface House {
  redis(): TestRedis;
  journal(): Journal;
  journalUrl(): string;
  /** A name of its own per test keeps the tests of one Redis apart. */
  prefix(): string;
  logged(): readonly string[];
  door(targets?: readonly string[]): QueueClient;
  worker(engine: FakeEngine, change?: Partial<WorkerSettings>): RunningWorker;
  reconciler(engine: FakeEngine, serves?: readonly string[]): Reconciler;
  /** Another worker has the target, between two renewals of `lease`: as if that had run out. */
  takeOver(lease: Lease, worker: string): Promise<Lease>;
  /** A run that waits for a worker, though nobody has woken one. */
  queuedRun(target?: string): Promise<Run>;
}

/** Real Redis and a real journal for one test file; closes all that a test has opened. */
export function aHouse(): House {
  let redis: TestRedis;
  let server: TestServer;
  let journalUrl = '';
  let journal: Journal;
  let test = 0;
  const events: string[] = [];
  const open: { close(): Promise<unknown> }[] = [];
  const note = (event: string) => void events.push(event);
  const log = { info: note, warn: note, error: note };
  const keep = <Thing extends { close(): Promise<unknown> }>(thing: Thing): Thing => {
    open.push(thing);
    return thing;
  };

  beforeAll(async () => {
    [redis, server] = await Promise.all([startTestRedis(), startTestServer()]);
    journalUrl = await server.newDatabase();
    journal = openJournal({ url: journalUrl });
    await journal.migrate();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((thing) => thing.close()));
    events.length = 0;
    test += 1;
  });
  afterAll(async () => {
    await journal[Symbol.asyncDispose]();
    await Promise.all([redis[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]);
  });

  const prefix = () => `test-${test}`;
  const targetOf = (name: string) => `${name}-${test}`;
  return {
    ...{ redis: () => redis, journal: () => journal, journalUrl: () => journalUrl, prefix, logged: () => events },
    door: (targets = ['uat', 'test']) =>
      keep(openQueueClient({ redis: redis.url, prefix: prefix(), targets: targets.map(targetOf), log })),
    worker: (engine, { serves = ['uat'], ...change } = {}) =>
      keep(
        startWorker({
          ...{ redis: redis.url, prefix: prefix(), engine, journal, log, clock: systemClock, workerId: 'worker-a' },
          ...{ ...SHORT, ...change, serves: serves.map(targetOf) },
        }),
      ),
    reconciler: (engine, serves = ['uat']) =>
      keep(
        startReconciler({
          ...{ redis: redis.url, prefix: prefix(), engine, journal, log, clock: systemClock },
          ...{ everyMs: 100, surveyEveryMs: 600_000, serves: serves.map(targetOf) },
        }),
      ),
    async takeOver({ target, fence }, worker) {
      // In one statement: a lease that is given back first would be its holder's again with the next renewal.
      const until = `${server.dialect.nowMs} + 60000`;
      await server.query(
        journalUrl,
        `UPDATE target SET lease_worker = '${worker}', fence = fence + 1, lease_until = ${until} WHERE name = '${target}'`,
      );
      const taken = { target, worker, fence: fence + 1 };
      await journal.renewLease(taken, 60_000);
      return taken;
    },
    async queuedRun(target = 'uat') {
      const { runId } = await journal.draft(aDraft({ target: targetOf(target) }));
      for (const kind of ['choose-moment', 'plan-made', 'confirm'] as const) {
        await journal.record(runId, EVENTS[kind], { actor: kind === 'plan-made' ? REWIND : ANN });
      }
      return journal.record(runId, EVENTS.approve, { actor: BOB });
    },
  };
}

/** Waits until what is claimed holds; real processes need real time. */
export function until(claim: () => void | Promise<void>, timeout = 30_000): Promise<void> {
  return vi.waitFor(claim, { timeout, interval: 10 });
}
