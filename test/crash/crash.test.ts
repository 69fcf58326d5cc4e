import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STEP_NAMES, type StepName } from '../../engine/contracts.ts';
import { isLongRun } from '../longRun.ts';
import { startCrashHouse, type CrashHouse, type KillPoint } from './crashHouse.ts';

let house: CrashHouse;

beforeAll(async () => {
  house = await startCrashHouse();
}, 300_000);
afterAll(() => house[Symbol.asyncDispose](), 60_000);

const LONG = { timeout: 900_000, skip: !isLongRun };
const OF_UAT: readonly StepName[] = STEP_NAMES.filter((name) => name !== 'synchronize-database');

const COMPLETED = { state: 'completed', targetState: 'new', failure: undefined, brokenPromises: [], intact: true };

/** How the run ended, and whether the databases and the record bear it out. */
async function endOf(runId: string) {
  const { state, targetState, failure } = await house.reaches(runId, ['completed', 'failed', 'aborted']);
  const { intact } = await house.journal.verify(runId);
  return { state, targetState, failure, brokenPromises: await house.brokenPromises('uat'), intact };
}

async function rollBack(target: 'uat' | 'test', runId: string): Promise<void> {
  const before = contents[target];
  await house.desk.rollBack(house.jonas, runId);
  await house.reaches(runId, ['rolled-back']);
  expect(await house.content(target)).toEqual(before);
}

const contents: Partial<Record<'uat' | 'test', unknown>> = {};
async function remember(): Promise<void> {
  contents.uat ??= await house.content('uat');
  contents.test ??= await house.content('test');
}

test(
  'a worker killed in two runs, Redis killed and emptied meanwhile › both end as if nothing had been',
  { timeout: 240_000 },
  async () => {
    await remember();
    const [uat, failing] = await Promise.all([house.approvedRun('uat'), house.approvedRun('test')]);
    await house.killWorker(uat.runId, { step: 'restore-beside', at: 'middle' });
    await loseRedis();
    await house.killWorker(uat.runId, { step: 'swap', at: 'begin' });
    expect(await endOf(uat.runId)).toEqual(COMPLETED);
    const failed = await house.reaches(failing.runId, ['failed', 'completed']);
    expect(failed).toMatchObject({ state: 'failed', targetState: 'closed', failure: { step: 'synchronize-database' } });
    await Promise.all([rollBack('uat', uat.runId), rollBack('test', failing.runId)]);
  },
);

test('all that failed › failed with a name: nothing was unexpected', async () => {
  const runs = await house.journal.runs({});
  expect(runs.length).toBeGreaterThan(1);
  expect(runs.flatMap(({ runId, failure }) => (failure?.code === 'unexpected' ? [runId] : []))).toEqual([]);
});

async function loseRedis(): Promise<void> {
  house.demo.supervisor.kill('redis', 'SIGKILL');
  const redis = new Redis(house.demo.redisUrl, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  await redis.flushall();
  redis.disconnect();
}

test('Redis killed and emptied in the middle of a run › nobody notices but the log', LONG, async () => {
  await remember();
  const { runId } = await house.approvedRun('uat');
  await house.reaches(runId, ['in-progress']);
  await loseRedis();
  expect(await endOf(runId)).toEqual(COMPLETED);
  await rollBack('uat', runId);
});

test.for<KillPoint['at']>(['begin', 'middle', 'end'])(
  'a worker killed at the %s of each step › the run completes',
  LONG,
  async (at) => {
    await remember();
    const { runId } = await house.approvedRun('uat');
    // After its last step a run is over in the same breath.
    for (const step of OF_UAT.slice(0, at === 'end' ? -1 : undefined)) await house.killWorker(runId, { step, at });
    expect(await endOf(runId)).toEqual(COMPLETED);
    await rollBack('uat', runId);
  },
);

test.for<StepName>(['restore-beside', 'sanitize', 'swap'])(
  'a worker that stands still in %s while another takes over › wakes up and does no harm',
  LONG,
  async (step) => {
    await remember();
    const { demo } = house;
    const { runId } = await house.approvedRun('uat');
    await house.begins(runId, step);
    demo.supervisor.kill('worker', 'SIGSTOP');
    await demo.supervisor.start({
      name: 'second-worker',
      command: process.execPath,
      args: ['queue/main.ts'],
      env: demo.variables,
      ready: { line: /worker-ready/ },
      stopWithinMs: 30_000,
    });
    try {
      await house.takenOver(runId, step);
      demo.supervisor.kill('worker', 'SIGCONT');
      expect(await endOf(runId)).toEqual(COMPLETED);
    } finally {
      await demo.supervisor.stop('second-worker');
    }
    await rollBack('uat', runId);
  },
);
