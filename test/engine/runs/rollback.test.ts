import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Command } from '../../../engine/contracts.ts';
import { FencedError } from '../../../engine/environments/errors.ts';
import { JONAS, LARS, MIRA } from '../../builders.ts';
import { aHouse, type HouseOptions } from '../house.ts';
import { withWriter } from '../doubles/withWriter.ts';
import { BlipError, InjectedError, watched } from '../doubles/troubles.ts';

const DAY = 86_400_000;
const saysNo: Command = { command: 'false', args: [], timeoutMs: 5000 };
const OLD = { addresses: ['customer77@fabrikam.example'], printers: ['printer of the sandbox'] };

async function completed(options: HouseOptions = {}) {
  const house = aHouse(options);
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
  return { house, runId };
}

test('a rollback › after success brings back the target as it was and drops the refreshed databases', async () => {
  const { house, runId } = await completed();
  await house.clock.advance(DAY);
  await house.desk.rollBack(JONAS, runId);
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({
    state: 'rolled-back',
    targetState: 'old',
    rollback: { by: JONAS },
    figures: { rollbackSeconds: expect.any(Number) },
  });
  expect(house.content()).toEqual(OLD);
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
  expect((await house.journal.hold('uat')).heldBy).toBeUndefined();
});

test('a rollback › goes on when the services do not stop', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rewind-rollback-'));
  const once = `test ! -e '${folder}/stopped' && touch '${folder}/stopped'`;
  const stopServices: Command = { command: 'sh', args: ['-c', once], timeoutMs: 5000 };
  const { house, runId } = await completed({ sandbox: { commands: { stopServices } } });
  await house.desk.rollBack(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('rolled-back');
  expect((await house.journal.log(runId)).map(({ text }) => text).join('\n')).toMatch(
    /The services did not stop, and the rollback goes on without that/,
  );
  await rm(folder, { recursive: true });
});

test('a rollback › is refused once the previous databases’ time is over', async () => {
  const { house, runId } = await completed({ sandbox: { policy: { keepPreviousMs: DAY } } });
  await house.clock.advance(DAY);
  await expect(house.desk.rollBack(JONAS, runId)).rejects.toMatchObject({ code: 'rollback-impossible' });
});

test('a rollback › after a failed switch stays possible until somebody decides', async () => {
  const house = aHouse({ sandbox: { policy: { keepPreviousMs: 1000 }, commands: { startServices: saysNo } } });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  await house.clock.advance(7 * DAY);
  await house.housekeep();
  await house.desk.rollBack(JONAS, runId);
  house.world.inject({ at: 'drop-incoming:1', error: new InjectedError() });
  await house.proceed(runId);
  expect(house.content()).toEqual(OLD);
});

test('a rollback › of a run that another refresh has followed is refused', async () => {
  const { house, runId } = await completed();
  const second = await house.approvedRun();
  await house.proceed(second.runId);
  await expect(house.desk.rollBack(JONAS, runId)).rejects.toMatchObject({ code: 'rollback-impossible' });
  await house.desk.rollBack(JONAS, second.runId);
  await house.proceed(second.runId);
  expect(house.databases()).toMatchObject({ axdb: runId, mrdb: runId });
});

test('a rollback › is not for everybody, and not for two', async () => {
  const { house, runId } = await completed();
  await expect(house.desk.rollBack(LARS, runId)).rejects.toMatchObject({ code: 'not-allowed' });
  await house.desk.rollBack(JONAS, runId);
  await expect(house.desk.rollBack(JONAS, runId)).rejects.toMatchObject({ code: 'outdated-request' });
});

test.for([1, 2, 3, 4, 5])('a rollback › that dies at its rename %i is finished by the next worker', async (n) => {
  const { house, runId } = await completed();
  await house.desk.rollBack(JONAS, runId);
  const shutdown = new AbortController();
  house.world.inject({ at: `swap-back:${String(n)}`, error: new FencedError('uat', 1, 2) });
  expect(await house.proceed(runId, { signal: shutdown.signal })).toBe('handed-back');
  await house.proceed(runId, { worker: 'worker-b' });
  expect((await house.run(runId)).state).toBe('rolled-back');
  expect(house.content()).toEqual(OLD);
});

test('a rollback › tries again after a passing trouble', async () => {
  const { house, runId } = await completed();
  await house.desk.rollBack(JONAS, runId);
  house.world.inject({ at: 'swap-back:2', error: new BlipError() });
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('rolled-back');
});

test('a rollback › that fails says what stands there and can be asked for again', async () => {
  const { house, runId } = await completed();
  await house.desk.rollBack(JONAS, runId);
  house.world.inject({ at: 'swap-back:3', error: new InjectedError() });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({
    state: 'rollback-failed',
    targetState: 'none',
    failure: { step: 'rollback', code: 'injected' },
  });
  expect((await house.journal.hold('uat')).heldBy).toBe(runId);
  await house.clock.advance(30 * DAY);
  await house.housekeep();
  await house.desk.rollBack(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('rolled-back');
  expect(house.content()).toEqual(OLD);
});

test('a rollback › that fails while the server does not answer says that nothing answers, not what stands there', async () => {
  const { house, runId } = await completed();
  await house.desk.rollBack(JONAS, runId);
  house.world.inject({ at: 'swap-back:1', error: new InjectedError() });
  house.world.inject({ at: 'observe', error: new Error('no route to host') });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'rollback-failed', targetState: 'none' });
});

test('a rollback › whose services never become healthy again can be left as it is: the sandbox is free, and the run before it can be rolled back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rewind-rollback-'));
  const checkHealth: Command = { command: 'sh', args: ['-c', `test ! -e '${folder}/ill'`], timeoutMs: 5000 };
  const { house, runId: first } = await completed({ sandbox: { commands: { checkHealth } } });
  const second = await house.approvedRun();
  await house.proceed(second.runId);
  await writeFile(join(folder, 'ill'), '');
  for (const attempt of [1, 2]) {
    await house.desk.rollBack(JONAS, second.runId);
    await house.proceed(second.runId);
    expect(await house.run(second.runId), `attempt ${attempt}`).toMatchObject({
      ...{ state: 'rollback-failed', targetState: 'old', failure: { code: 'command-failed' } },
    });
  }
  expect(house.databases()).toMatchObject({ axdb: first, mrdb: first });
  await house.desk.accept(MIRA, second.runId);
  expect(await house.journal.hold('uat')).toEqual({ target: 'uat', generation: 1 });
  await expect(house.desk.rollBack(JONAS, second.runId)).rejects.toMatchObject({ code: 'rollback-impossible' });
  await house.housekeep();
  expect(Object.keys(house.databases())).toHaveLength(4);

  await rm(folder, { recursive: true });
  await house.desk.rollBack(JONAS, first);
  await house.proceed(first);
  expect(await house.run(first)).toMatchObject({ state: 'rolled-back', targetState: 'old' });
  expect(house.content()).toEqual(OLD);
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});

test('a rollback › that failed, was left as it is, and fails again can be left as it is again', async () => {
  const { house, runId } = await completed();
  for (const attempt of [1, 2]) {
    await house.desk.rollBack(JONAS, runId);
    house.world.inject({ at: 'swap-back:3', error: new InjectedError() });
    await house.proceed(runId);
    expect((await house.journal.hold('uat')).heldBy, `attempt ${attempt}`).toBe(runId);
    await house.desk.accept(MIRA, runId);
    expect((await house.journal.hold('uat')).heldBy).toBeUndefined();
  }
});

test('a rollback › has succeeded although the refreshed databases cannot be dropped yet', async () => {
  const { house, runId } = await completed();
  await house.desk.rollBack(JONAS, runId);
  house.world.inject({ at: 'drop-incoming:1', error: new InjectedError() });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'rolled-back', targetState: 'old' });
  expect(Object.keys(house.databases())).toHaveLength(4);
  await house.housekeep();
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});

test('a rollback › interrupted by a shutdown is handed back, not failed', async () => {
  const shutdown = new AbortController();
  const { house, runId } = await completed({
    provider: withWriter((writer) => ({
      act: async (action, options) => {
        if (action === 'swap-back') shutdown.abort();
        return writer.act(action, options);
      },
    })),
    journal: watched(() => undefined),
  });
  await house.desk.rollBack(JONAS, runId);
  expect(await house.proceed(runId, { signal: shutdown.signal })).toBe('handed-back');
  expect((await house.run(runId)).state).toBe('rollback-in-progress');
});
