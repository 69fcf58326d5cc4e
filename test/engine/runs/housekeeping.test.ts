import { expect, test } from 'vitest';
import { REWIND, type Command } from '../../../engine/contracts.ts';
import { JONAS, MIRA } from '../../builders.ts';
import { aHouse, type HouseOptions } from '../house.ts';
import { InjectedError } from '../doubles/troubles.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const saysNo: Command = { command: 'false', args: [], timeoutMs: 5000 };
const ALONE = { axdb: 'its own', mrdb: 'its own' };

async function ended(options: HouseOptions = {}, fault?: string) {
  const house = aHouse(options);
  const { runId } = await house.approvedRun();
  if (fault !== undefined) house.world.inject({ at: fault, error: new InjectedError() });
  await house.proceed(runId);
  return { house, runId };
}

test('housekeeping › keeps a failed run’s copy until its time and drops it then', async () => {
  const { house, runId } = await ended({ sandbox: { policy: { keepFailedCopyMs: HOUR } } }, 'session');
  await house.clock.advance(HOUR - 1);
  await house.housekeep();
  expect(Object.keys(house.databases())).toHaveLength(4);
  await house.clock.advance(1);
  await house.housekeep();
  expect(house.databases()).toEqual(ALONE);
  expect((await house.run(runId)).copyKeptUntil).toBeUndefined();
  expect(await house.logged(runId)).toContain('retire: Kept copy dropped');
});

test('housekeeping › retires the previous databases when their time is over, and not before', async () => {
  const { house, runId } = await ended({ sandbox: { policy: { keepPreviousMs: 3 * DAY } } });
  await house.clock.advance(3 * DAY);
  await house.housekeep();
  expect(Object.keys(house.databases())).toHaveLength(4);
  await house.clock.advance(MINUTE);
  await house.housekeep();
  expect(house.databases()).toEqual({ axdb: runId, mrdb: runId });
  expect((await house.run(runId)).isPreviousRetired).toBe(true);
});

test('housekeeping › retires the previous databases of a signed-off run at once', async () => {
  const { house, runId } = await ended();
  await house.desk.signOff(MIRA, runId);
  await house.housekeep();
  expect(house.databases()).toEqual({ axdb: runId, mrdb: runId });
  await expect(house.desk.rollBack(JONAS, runId)).rejects.toMatchObject({ code: 'outdated-request' });
});

test('housekeeping › keeps the only way back of a failed switch until somebody accepts it', async () => {
  const { house, runId } = await ended({
    sandbox: { policy: { keepPreviousMs: HOUR }, commands: { startServices: saysNo } },
  });
  await house.clock.advance(30 * DAY);
  await house.housekeep();
  expect(Object.keys(house.databases())).toHaveLength(4);
  await house.desk.accept(MIRA, runId);
  await house.housekeep();
  expect(house.databases()).toEqual({ axdb: runId, mrdb: runId });
});

test('housekeeping › after a retry that completed retires the previous databases and nothing else', async () => {
  const { house, runId } = await ended({}, 'session');
  await house.desk.retry(JONAS, runId);
  await house.proceed(runId);
  await house.clock.advance(10 * DAY);
  await house.housekeep();
  expect(house.databases()).toEqual({ axdb: runId, mrdb: runId });
});

test('housekeeping › leaves a target alone while a worker holds its lease', async () => {
  const { house } = await ended({ sandbox: { policy: { keepFailedCopyMs: HOUR } } }, 'session');
  await house.clock.advance(HOUR);
  await house.journal.acquireLease('uat', 'worker-b', HOUR);
  await house.housekeep();
  expect(Object.keys(house.databases())).toHaveLength(4);
});

test('housekeeping › looks again under its lease: what another worker has done meanwhile is not done twice', async () => {
  const meanwhile: { act?: () => Promise<unknown> } = {};
  const house = aHouse({
    sandbox: { policy: { keepFailedCopyMs: HOUR } },
    journal: (journal) => ({
      ...journal,
      async acquireLease(...args) {
        await meanwhile.act?.();
        return journal.acquireLease(...args);
      },
    }),
  });
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'session', error: new InjectedError() });
  await house.proceed(runId);
  await house.clock.advance(HOUR);
  meanwhile.act = () => house.journal.record(runId, { kind: 'copy-dropped' }, { actor: REWIND });
  await house.housekeep();
  expect(house.world.actions.filter(({ action }) => action === 'drop-incoming')).toEqual([]);
});

test('housekeeping › does the rest although one thing cannot be done, and names the trouble', async () => {
  const house = aHouse({ sandbox: { policy: { keepFailedCopyMs: HOUR } } });
  const first = await house.approvedRun();
  house.world.inject({ at: 'session', error: new InjectedError() });
  await house.proceed(first.runId);
  const second = await house.approvedRun();
  house.world.inject({ at: 'session', error: new InjectedError() });
  await house.proceed(second.runId);
  await house.clock.advance(HOUR);
  house.world.inject({ at: 'drop-incoming:1', error: new InjectedError() });
  await expect(house.housekeep()).rejects.toThrow('A test has injected this error');
  expect(Object.keys(house.databases())).toHaveLength(4);
  await house.housekeep();
  expect(house.databases()).toEqual(ALONE);
});

test('a draft and an approval › run out', async () => {
  const house = aHouse();
  const draft = await house.desk.draft(JONAS, 'uat', 'UTC');
  expect(draft.expiresAt).toBe('2026-11-20T13:00:01.000Z');
  await house.clock.advance(HOUR);
  await house.journal.record(draft.runId, { kind: 'expire' }, { actor: JONAS });
  expect(await house.run(draft.runId)).toMatchObject({ state: 'aborted', ending: { how: 'expired' } });
});
