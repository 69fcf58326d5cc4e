import { Queue } from 'bullmq';
import { expect, test } from 'vitest';
import type { Progress } from '../../engine/contracts.ts';
import { REWIND } from '../../engine/contracts.ts';
import { aDraft, EVENTS } from '../engine/journal/builders.ts';
import { fakeEngine, untilAborted } from './fakeEngine.ts';
import { aHouse, until } from './house.ts';

const house = aHouse();

test('a click › starts the run on a worker that serves its target, by itself', async () => {
  const [uat, other] = [fakeEngine(house.journal()), fakeEngine(house.journal())];
  const door = house.door();
  house.worker(uat, { serves: ['uat'] });
  house.worker(other, { serves: ['test'] });
  for (let click = 0; click < 5; click++) {
    const run = await house.queuedRun();
    await door.wake.proceed(run);
    await until(() => expect(uat.proceeded.at(-1)?.runId).toBe(run.runId));
    await until(async () => expect(await house.journal().run(run.runId)).toMatchObject({ state: 'completed' }));
  }
  expect(other.proceeded).toEqual([]);
  // No reconciler runs here that would find the run later: the wake-up alone has brought each of them.
  expect(await house.journal().leases()).toEqual([]);
});

test('a plan and a survey › are made on queues of their own while a run is under way', async () => {
  const engine = fakeEngine(house.journal(), ({ signal }) => untilAborted(signal));
  const door = house.door();
  house.worker(engine);
  const run = await house.queuedRun();
  await door.wake.proceed(run);
  await until(() => expect(engine.proceeded).toHaveLength(1));
  const draft = await house.journal().draft(aDraft({ target: run.target }));
  await door.wake.plan(await house.journal().record(draft.runId, EVENTS['choose-moment'], { actor: REWIND }));
  await door.wakeSurvey(run.target);
  await until(() => expect([engine.planned, engine.surveyed]).toEqual([[draft.runId], [run.target]]));
});

test('a double click › is one job', async () => {
  const door = house.door();
  const run = await house.queuedRun();
  await Promise.all(Array.from({ length: 10 }, () => door.wake.proceed(run)));
  const queue = new Queue(`refresh-${run.target}`, { connection: house.redis().client, prefix: house.prefix() });
  expect((await queue.getJobs()).map((job) => [job.id, job.data])).toEqual([
    [`proceed-${run.runId}-${run.version}`, { runId: run.runId }],
  ]);
  await queue.close();
});

test('a forged job › does nothing', async () => {
  const engine = fakeEngine(house.journal());
  house.worker(engine, { serves: ['uat', 'test'] });
  const queued = await house.queuedRun('test');
  const draft = await house.journal().draft(aDraft({ target: queued.target.replace('test', 'uat') }));
  const ended = await house.queuedRun('uat');
  await house.journal().record(ended.runId, EVENTS.stop, { actor: REWIND });
  await house.journal().record(ended.runId, EVENTS.stopped, { actor: REWIND });
  const queue = new Queue(`refresh-${ended.target}`, { connection: house.redis().client, prefix: house.prefix() });
  const forged = [{ runId: queued.runId }, { runId: draft.runId }, { runId: ended.runId }, { runId: 'R-1' }, {}, 'x'];
  for (const data of [...forged, { runId: queued.runId, drop: true }, { runId: `${queued.runId}'; DROP` }]) {
    await queue.add('proceed', data);
  }
  await until(async () => expect(await queue.getJobCountByTypes('wait', 'active', 'delayed')).toBe(0));
  await until(() => expect(house.logged().filter((event) => event === 'job-without-work')).toHaveLength(8));
  expect(engine.proceeded).toEqual([]);
  await queue.close();
});

test('two workers of one target › never work on it at the same moment', async () => {
  const order: string[] = [];
  const one = fakeEngine(house.journal(), async ({ runId }) => {
    order.push(runId);
    await new Promise((resolve) => setTimeout(resolve, 30));
  });
  const door = house.door();
  house.worker(one, { workerId: 'worker-a' });
  house.worker(one, { workerId: 'worker-b' });
  const run = await house.queuedRun();
  // Two wishes about the same run are two jobs, and each worker takes one of them.
  await Promise.all([door.wake.proceed(run), door.wake.proceed({ ...run, version: run.version + 1 })]);
  await until(async () => expect(await house.journal().run(run.runId)).toMatchObject({ state: 'completed' }));
  const next = await house.queuedRun();
  await door.wake.proceed(next);
  await until(async () => expect(await house.journal().run(next.runId)).toMatchObject({ state: 'completed' }));
  expect([order, one.mostAtOnce()]).toEqual([[run.runId, next.runId], 1]);
});

test('a worker that is told to end › hands its run back and another goes on', async () => {
  const [first, second] = [
    fakeEngine(house.journal(), ({ signal }) => untilAborted(signal)),
    fakeEngine(house.journal()),
  ];
  const door = house.door();
  // Neither lease nor lock runs out within this test: only a hand-back lets the other one in.
  const worker = house.worker(first, {
    lease: { ttlMs: 600_000, renewMs: 200_000 },
    lock: { durationMs: 600_000, stalledMs: 500 },
  });
  const run = await house.queuedRun();
  await door.wake.proceed(run);
  await until(() => expect(first.proceeded).toHaveLength(1));
  house.worker(second, { workerId: 'worker-b' });
  await Promise.all([worker.close(), until(() => expect(second.proceeded).toHaveLength(1))]);
  expect(first.proceeded[0]?.signal.reason).toMatchObject({ why: 'shutdown' });
  await until(async () => expect(await house.journal().run(run.runId)).toMatchObject({ state: 'completed' }));
});

test('a worker whose lease was taken › is told so, and its records are refused', async () => {
  const engine = fakeEngine(house.journal(), ({ signal }) => untilAborted(signal));
  const door = house.door();
  house.worker(engine);
  const run = await house.queuedRun();
  await door.wake.proceed(run);
  await until(() => expect(engine.proceeded).toHaveLength(1));
  const [proceeding] = engine.proceeded;
  if (!proceeding) throw new Error('Nothing was started');
  const taken = await house.takeOver(proceeding.lease, 'somebody-else');
  await until(() => expect(proceeding.signal.reason).toMatchObject({ why: 'lock lost' }));
  await expect(
    house.journal().record(run.runId, EVENTS.closed, { actor: REWIND, lease: proceeding.lease }),
  ).rejects.toMatchObject({ code: 'lease-lost' });
  // It waits for its turn instead of taking the target back.
  expect(engine.proceeded).toHaveLength(1);
  await house.journal().releaseLease(taken);
  await until(() => expect(engine.proceeded).toHaveLength(2));
});

test('a worker whose job was taken in Redis › is told so', async () => {
  const engine = fakeEngine(house.journal(), ({ signal }) => untilAborted(signal));
  const door = house.door();
  house.worker(engine, { lease: { ttlMs: 60_000, renewMs: 20_000 } });
  const run = await house.queuedRun();
  await door.wake.proceed(run);
  await until(() => expect(engine.proceeded).toHaveLength(1));
  const lock = `${house.prefix()}:refresh-${run.target}:proceed-${run.runId}-${run.version}:lock`;
  await house.redis().client.set(lock, 'another-worker');
  await until(() => expect(engine.proceeded[0]?.signal.reason).toMatchObject({ why: 'lock lost' }));
  await house.redis().client.del(lock);
});

test('an engine that throws › is asked again later, and the run’s state stays the journal’s', async () => {
  let calls = 0;
  const engine = fakeEngine(house.journal(), async () => {
    calls += 1;
    throw new Error('secret of a database');
  });
  const door = house.door();
  house.worker(engine);
  const run = await house.queuedRun();
  await door.wake.proceed(run);
  await until(() => expect(house.logged()).toContain('job-failed'));
  const queue = new Queue(`refresh-${run.target}`, { connection: house.redis().client, prefix: house.prefix() });
  await until(async () => expect(await queue.getJobCounts('delayed', 'failed')).toEqual({ delayed: 1, failed: 0 }));
  expect([calls, (await house.journal().run(run.runId))?.state]).toEqual([1, 'in-progress']);
  await queue.close();
});

test('a cutover at a set time › finds a worker at that time', async () => {
  const at = new Date(Date.now() + 600).toISOString();
  const resumedAt: number[] = [];
  const engine = fakeEngine(house.journal(), async ({ runId, lease }) => {
    if (resumedAt.push(Date.now()) > 1) return;
    const by = { actor: REWIND, lease };
    await house.journal().record(runId, { kind: 'await-cutover', policy: 'at', at }, by);
    return 'done';
  });
  const door = house.door();
  house.worker(engine);
  const run = await house.queuedRun();
  await door.wake.proceed(run);
  await until(async () => expect(await house.journal().run(run.runId)).toMatchObject({ state: 'completed' }));
  // Not before it, and nobody comes by chance: no reconciler runs here.
  expect((resumedAt[1] ?? 0) - Date.parse(at)).toBeGreaterThanOrEqual(-5);
});

test('progress › arrives, at most twice a second and step', async () => {
  const engine = fakeEngine(house.journal(), async ({ runId, progress }) => {
    for (let percent = 0; percent <= 100; percent++) progress({ runId, step: 'restore-beside', percent, detail: '' });
    progress({ runId, step: 'sanitize', percent: 5, detail: '5 of 22 rules' });
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  const door = house.door();
  const seen: Progress[] = [];
  const end = door.watchProgress((progress) => seen.push(progress), { lastEventId: '0-0' });
  house.worker(engine);
  const run = await house.queuedRun();
  await door.wake.proceed(run);
  await until(() =>
    expect(seen).toEqual([
      { runId: run.runId, step: 'restore-beside', percent: 0, detail: '' },
      { runId: run.runId, step: 'sanitize', percent: 5, detail: '5 of 22 rules' },
    ]),
  );
  await end();
});
