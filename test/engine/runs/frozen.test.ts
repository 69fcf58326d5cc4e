import { expect, test } from 'vitest';
import type { Command } from '../../../engine/contracts.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import { JONAS, MIRA } from '../../builders.ts';
import { printer } from '../doubles/smallCompany.ts';
import { InjectedError, watched } from '../doubles/troubles.ts';
import { aHouse, stepStates, type House, type HouseOptions } from '../house.ts';

const DAY = 86_400_000;
const saysYes: Command = { command: 'true', args: [], timeoutMs: 5000 };
const saysNo: Command = { command: 'false', args: [], timeoutMs: 5000 };

const freeze = (house: House, days = 5) =>
  house.journal.freeze('uat', {
    until: new Date(Date.parse(house.clock.now()) + days * DAY).toISOString(),
    reason: 'month-end',
    by: MIRA,
  });
const thaw = (house: House) => house.journal.liftFreeze('uat', MIRA);

/** Freezes the sandbox right behind one record. */
function freezesAfter(isThen: (event: RunEvent) => boolean): HouseOptions & { house?: House } {
  const options: HouseOptions & { house?: House } = {
    journal: watched((event) => {
      if (isThen(event) && options.house) void freeze(options.house);
    }),
  };
  return options;
}

test('a frozen sandbox › takes no request, no confirmation and no approval, until the freeze is lifted', async () => {
  const house = aHouse();
  const { runId } = await house.desk.draft(JONAS, 'uat', 'UTC');
  await freeze(house);
  await expect(house.desk.draft(JONAS, 'uat', 'UTC')).rejects.toMatchObject({
    code: 'frozen',
    message: 'UAT is frozen until 2026-11-25T12:00:01.000Z: month-end',
  });
  await house.desk.chooseMoment(JONAS, runId, '2026-11-20T12:00:00.500Z');
  await thaw(house);
  const waiting = await house.approvedRun().catch(() => undefined);
  expect(waiting?.state).toBe('queued');
});

test('a frozen sandbox › refuses what leads to a switch, whoever asks, and for as long as the freeze lasts', async () => {
  const house = aHouse();
  const approved = await house.approvedRun();
  await house.journal.record(approved.runId, { kind: 'stop' }, { actor: JONAS });
  await house.proceed(approved.runId);
  expect((await house.run(approved.runId)).state).toBe('aborted');
  await freeze(house, 1);
  await expect(house.approvedRun()).rejects.toMatchObject({ code: 'frozen' });
  await house.clock.advance(DAY);
  expect((await house.approvedRun()).state).toBe('queued');
});

test('an approved run › does not start while its sandbox is frozen, and does afterwards', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  await freeze(house);
  expect(await house.proceed(runId)).toBe('done');
  expect(await house.run(runId)).toMatchObject({ state: 'queued' });
  expect(house.world.actions).toEqual([]);
  await house.clock.advance(5 * DAY);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
});

test('a run under way › waits before its switch until the freeze is over, and is announced anew', async () => {
  const options = freezesAfter(({ kind }) => kind === 'start');
  const house = aHouse({ ...options, sandbox: { policy: { cutoverWarningMs: 600_000 } } });
  options.house = house;
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'awaiting-cutover', cutover: { isFrozen: true } });
  expect((await house.run(runId)).cutover?.at).toBeUndefined();
  await house.clock.advance(DAY);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('awaiting-cutover');
  await expect(house.desk.switchNow(JONAS, runId)).rejects.toMatchObject({ code: 'frozen' });
  await thaw(house);
  await house.proceed(runId);
  const announced = new Date(Date.parse(house.clock.now()) + 600_000).toISOString();
  expect(await house.run(runId)).toMatchObject({ state: 'awaiting-cutover', cutover: { at: announced } });
  await house.clock.advance(600_000);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
});

test('a switch that was announced › does not come once the sandbox is frozen', async () => {
  const house = aHouse({ sandbox: { policy: { cutoverWarningMs: 600_000 } } });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect((await house.run(runId)).cutover?.at).toBeDefined();
  await freeze(house, 1);
  await house.clock.advance(600_000);
  await house.proceed(runId);
  expect((await house.run(runId)).cutover).toEqual({ kind: 'when-ready', isFrozen: true });
  await house.clock.advance(DAY);
  await house.proceed(runId);
  expect((await house.run(runId)).cutover?.at).toBe(new Date(Date.parse(house.clock.now()) + 600_000).toISOString());
});

test('a sandbox that is frozen in the last moment › is not switched, and its settings are read anew afterwards', async () => {
  const options = freezesAfter(
    ({ kind, ...event }) => kind === 'step-done' && 'step' in event && event.step === 'apply-target-settings',
  );
  const house = aHouse({ ...options, sandbox: { commands: { stopServices: saysYes } } });
  options.house = house;
  house.world.change('uat', 'application', printer(8, 'one that goes'));
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  const run = await house.run(runId);
  expect(run).toMatchObject({ state: 'awaiting-cutover', targetState: 'old', cutover: { isFrozen: true } });
  expect(stepStates(run)).toMatchObject({
    'verify-sanitization': 'done',
    'await-cutover': 'waiting',
    'apply-target-settings': 'waiting',
    'stop-services': 'waiting',
  });
  expect(await house.logged(runId)).not.toContain('Stopping the services');
  house.world.change('uat', 'application', { sql: 'DELETE FROM public."PRINTMGMTSETTINGS" WHERE "RECID" = 8' });
  options.house = undefined;
  await thaw(house);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
  expect(house.content().printers).toEqual(['printer of the sandbox']);
});

test('a switch that has begun › is finished, whatever is frozen meanwhile', async () => {
  const options = freezesAfter(
    ({ kind, ...event }) => kind === 'step-started' && 'step' in event && event.step === 'stop-services',
  );
  const house = aHouse(options);
  options.house = house;
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
});

test('Stop, Rollback and a retry behind the switch › work while the sandbox is frozen', async () => {
  const stopped = aHouse();
  const first = await stopped.approvedRun();
  await freeze(stopped);
  await stopped.desk.stop(JONAS, first.runId);
  await stopped.proceed(first.runId);
  expect((await stopped.run(first.runId)).state).toBe('aborted');

  const failed = aHouse({ sandbox: { policy: { synchronize: 'after-switch' }, commands: { synchronize: saysNo } } });
  const second = await failed.approvedRun();
  await failed.proceed(second.runId);
  await freeze(failed);
  await failed.desk.retry(JONAS, second.runId);
  await failed.proceed(second.runId);
  expect(await failed.run(second.runId)).toMatchObject({ state: 'failed', failure: { step: 'synchronize-database' } });
  await failed.desk.rollBack(JONAS, second.runId);
  await failed.proceed(second.runId);
  expect((await failed.run(second.runId)).state).toBe('rolled-back');
});

test('a retry before the switch › is refused while the sandbox is frozen', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'session', error: new InjectedError() });
  await house.proceed(runId);
  await freeze(house, 0.1);
  await expect(house.desk.retry(JONAS, runId)).rejects.toMatchObject({ code: 'frozen' });
  await house.clock.advance(0.1 * DAY);
  await house.desk.retry(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
});
