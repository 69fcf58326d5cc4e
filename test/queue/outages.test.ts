import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REWIND } from '../../engine/contracts.ts';
import { aDraft, ANN, BOB, EVENTS, NOW } from '../engine/journal/builders.ts';
import { fakeEngine, untilAborted } from './fakeEngine.ts';
import { aHouse, until } from './house.ts';

const house = aHouse();
const PAST = NOW.replace('2026', '2020');

/** A stopped run whose copy could not be dropped: housekeeping has something to do. */
async function overdueCopy(): Promise<void> {
  const { runId } = await house.queuedRun();
  await house.journal().record(runId, { kind: 'stopped', copyKeptUntil: PAST }, { actor: REWIND });
}

test('Redis away at the click › is answered meanwhile, and the run starts once Redis is back', async () => {
  const engine = fakeEngine(house.journal());
  await overdueCopy();
  const run = await house.queuedRun();
  const open = house.door();
  await open.wakeSurvey(run.target);
  await house.redis().kill();
  try {
    const fresh = house.door();
    // Redis comes back below: what waited for it would wait here for ever.
    await open.wake.proceed(run);
    await fresh.wake.proceed(run);
    expect(house.logged().filter((event) => event === 'wake-up-lost')).toHaveLength(2);
    house.worker(engine);
    house.reconciler(engine);
    // Once per connection that is lost, however long it lasts: two doors, the worker, the reconciler.
    await until(() => expect(house.logged().filter((event) => event === 'redis-away')).toHaveLength(4));
    await until(() => expect(engine.kept).toContain(run.target));
    expect([engine.proceeded, new Set(house.logged())]).toEqual([[], new Set(['redis-away', 'wake-up-lost'])]);
  } finally {
    await house.redis().start();
  }
  await until(async () => expect(await house.journal().run(run.runId)).toMatchObject({ state: 'completed' }));
  expect(engine.proceeded).toHaveLength(1);
});

test('a door that was opened while Redis was away › opens when it is back', async () => {
  await house.redis().kill();
  const door = house.door();
  const engine = fakeEngine(house.journal());
  const run = await house.queuedRun();
  try {
    await door.wake.proceed(run);
  } finally {
    await house.redis().start();
  }
  house.worker(engine);
  await until(async () => {
    await door.wake.proceed(run);
    expect(engine.proceeded).toHaveLength(1);
  });
});

test('a worker that is told to end while Redis is away › ends its work, lets go of the target and ends', async () => {
  const engine = fakeEngine(house.journal(), ({ signal }) => untilAborted(signal));
  const worker = house.worker(engine);
  const door = house.door();
  const end = door.watchProgress(() => {});
  const run = await house.queuedRun();
  await door.wake.proceed(run);
  await until(() => expect(engine.proceeded).toHaveLength(1));
  await house.redis().kill();
  try {
    await Promise.all([worker.close(), end()]);
    expect(engine.proceeded[0]?.signal.reason).toMatchObject({ why: 'shutdown' });
    expect(await house.journal().leases()).toEqual([]);
  } finally {
    await house.redis().start();
  }
});

test('Redis frozen at the click › is answered meanwhile', async () => {
  const run = await house.queuedRun();
  const door = house.door();
  await door.wakeSurvey(run.target);
  house.redis().freeze();
  try {
    await door.wake.proceed(run);
  } finally {
    house.redis().thaw();
  }
  expect(house.logged()).toEqual(['wake-up-lost']);
});

test('Redis emptied › gets every job again that the journal asks for, and no other', async () => {
  const engine = fakeEngine(house.journal());
  const door = house.door();
  const journal = house.journal();
  const run = await house.queuedRun();
  const { target } = run;
  await door.wake.proceed(run);
  const planning = await journal.draft(aDraft({ target }));
  await door.wake.plan(await journal.record(planning.runId, EVENTS['choose-moment'], { actor: ANN }));
  await journal.draft(aDraft({ target }));
  await house.redis().client.flushall();
  house.reconciler(engine);
  house.reconciler(engine);
  house.worker(engine);
  await until(async () => expect(await journal.run(run.runId)).toMatchObject({ state: 'completed' }));
  await until(async () => expect((await journal.run(planning.runId))?.isPlanning).toBe(false));
  expect([engine.proceeded.map(({ runId }) => runId), engine.planned]).toEqual([[run.runId], [planning.runId]]);
});

test('Redis emptied under a running job › leaves the run to its worker', async () => {
  const work = Promise.withResolvers<void>();
  const engine = fakeEngine(house.journal(), () => work.promise);
  const door = house.door();
  const run = await house.queuedRun();
  house.worker(engine);
  house.worker(engine, { workerId: 'worker-b' });
  await door.wake.proceed(run);
  await until(() => expect(engine.proceeded).toHaveLength(1));
  await house.redis().client.flushall();
  const reconciler = house.reconciler(engine);
  await reconciler.reconcile();
  await reconciler.reconcile();
  expect(house.logged()).not.toContain('work-added-again');
  work.resolve();
  await until(async () => expect(await house.journal().run(run.runId)).toMatchObject({ state: 'completed' }));
  expect([engine.proceeded.length, engine.mostAtOnce()]).toEqual([1, 1]);
});

/** A worker in a process of its own, and what it has said so far. */
function aWorkerProcess(target: string) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'workerProcess.ts'), house.redis().url, house.prefix(), target, house.journalUrl()],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(...text.trim().split('\n')));
  return { child, said, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

test('a worker that is killed › is followed by another, under a higher fence', async () => {
  const run = await house.queuedRun();
  using first = aWorkerProcess(run.target);
  await house.door().wake.proceed(run);
  await until(() => expect(first.said).toEqual([`started ${run.runId}`]));
  const engine = fakeEngine(house.journal());
  house.worker(engine, { workerId: 'worker-b' });
  first.child.kill('SIGKILL');
  await until(() => expect(engine.proceeded).toHaveLength(1));
  expect(engine.proceeded[0]?.lease.fence).toBe(2);
  await until(async () => expect(await house.journal().run(run.runId)).toMatchObject({ state: 'completed' }));
});

test('a worker that was frozen and wakes up › learns that its target is another’s and can record nothing', async () => {
  const run = await house.queuedRun();
  using frozen = aWorkerProcess(run.target);
  await house.door().wake.proceed(run);
  await until(() => expect(frozen.said).toEqual([`started ${run.runId}`]));
  const engine = fakeEngine(house.journal(), ({ signal }) => untilAborted(signal));
  house.worker(engine, { workerId: 'worker-b' });
  frozen.child.kill('SIGSTOP');
  await until(() => expect(engine.proceeded).toHaveLength(1));
  frozen.child.kill('SIGCONT');
  await until(() => expect(frozen.said.slice(1)).toEqual(['Interruption: lock lost, lease-lost']));
  expect((await house.journal().records(run.runId)).map(({ event }) => event)).not.toContain('swapped');
  expect(engine.proceeded[0]?.signal.aborted).toBe(false);
});

test('a worker process that gets SIGTERM › hands its run back and ends', async () => {
  const run = await house.queuedRun();
  using first = aWorkerProcess(run.target);
  await house.door().wake.proceed(run);
  await until(() => expect(first.said).toEqual([`started ${run.runId}`]));
  const engine = fakeEngine(house.journal(), ({ signal }) => untilAborted(signal));
  house.worker(engine, { workerId: 'worker-b' });
  const exit = once(first.child, 'exit');
  first.child.kill('SIGTERM');
  await until(() => expect(engine.proceeded).toHaveLength(1));
  expect(await exit).toEqual([0, null]);
  // Its lease was still its own, so what it recorded last counts.
  expect(first.said.slice(1)).toEqual(['recorded']);
});

test('drafts and approvals whose time is over › expire once, by Rewind', async () => {
  const journal = house.journal();
  await overdueCopy();
  const { target } = await house.queuedRun();
  const old = await journal.draft(aDraft({ target, expiresAt: PAST }));
  const young = await journal.draft(aDraft({ target }));
  const waiting = await journal.draft(aDraft({ target: `${target}-x` }));
  for (const kind of ['choose-moment', 'plan-made'] as const) {
    await journal.record(waiting.runId, EVENTS[kind], { actor: ANN });
  }
  await journal.record(waiting.runId, { ...EVENTS.confirm, expiresAt: PAST }, { actor: ANN });
  const engine = fakeEngine(journal);
  const reconcilers = [house.reconciler(engine), house.reconciler(engine), house.reconciler(engine, ['uat'])];
  await Promise.all(reconcilers.map((one) => one.reconcile()));
  expect((await journal.records(old.runId)).map(({ event, actor }) => [event, actor.id])).toEqual([
    ['draft', ANN.id],
    ['expire', REWIND.id],
  ]);
  expect(await journal.run(young.runId)).toMatchObject({ state: 'draft' });
  // Another worker's target is another worker's business.
  expect(await journal.run(waiting.runId)).toMatchObject({ state: 'awaiting-approval' });
  expect(engine.kept).toContain(target);
});

test('an urgent refresh › goes ahead once its delay is over, by Rewind, and never expires', async () => {
  const journal = house.journal();
  const { target, runId: other } = await house.queuedRun();
  await journal.record(other, { kind: 'stopped' }, { actor: REWIND });
  const { runId } = await journal.draft(aDraft({ target, isUrgent: true }));
  for (const kind of ['choose-moment', 'plan-made'] as const) await journal.record(runId, EVENTS[kind], { actor: ANN });
  await journal.record(runId, { ...EVENTS.confirm, expiresAt: PAST, isUrgent: true }, { actor: ANN });
  const engine = fakeEngine(journal);
  const reconcilers = [house.reconciler(engine), house.reconciler(engine)];
  await Promise.all(reconcilers.map((one) => one.reconcile()));
  expect((await journal.records(runId)).slice(-2).map(({ event, actor }) => [event, actor.id])).toEqual([
    ['confirm', ANN.id],
    ['go-ahead', REWIND.id],
  ]);
  expect((await journal.run(runId))?.state).toBe('queued');
});

test('a stop and a cutover whose click was lost › are found in the journal', async () => {
  const journal = house.journal();
  const [stopped, due, waiting] = [
    await house.queuedRun('uat'),
    await house.queuedRun('test'),
    await house.queuedRun('dev'),
  ];
  for (const { runId } of [stopped, due, waiting]) {
    await journal.record(runId, EVENTS.start, { actor: REWIND });
    await journal.record(runId, EVENTS['await-cutover'], { actor: REWIND });
  }
  await journal.record(stopped.runId, EVENTS.stop, { actor: ANN });
  await journal.record(due.runId, { kind: 'switch-now', at: PAST }, { actor: BOB });
  const engine = fakeEngine(journal);
  house.worker(engine, { serves: ['uat', 'test', 'dev'] });
  const reconciler = house.reconciler(engine, ['uat', 'test', 'dev']);
  await until(() => expect(engine.proceeded).toHaveLength(2));
  await reconciler.reconcile();
  expect(engine.proceeded.map(({ runId }) => runId).sort()).toEqual([stopped.runId, due.runId].sort());
});

test('surveys › come by themselves, also after Redis was emptied', async () => {
  const { target } = await house.queuedRun();
  const engine = fakeEngine(house.journal());
  house.worker(engine);
  house.reconciler(engine);
  await until(() => expect(engine.surveyed).toEqual([target]));
  await house.redis().client.flushall();
  await until(() => expect(engine.surveyed).toEqual([target, target]));
});
