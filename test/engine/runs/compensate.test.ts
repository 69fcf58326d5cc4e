import { expect, test } from 'vitest';
import type { Command, StepName } from '../../../engine/contracts.ts';
import { JONAS } from '../../builders.ts';
import { aHouse, stepStates, type House, type HouseOptions } from '../house.ts';
import { printer } from '../doubles/smallCompany.ts';
import { withWriter } from '../doubles/withWriter.ts';
import { failingSession, InjectedError, watched } from '../doubles/troubles.ts';

const HOUR = 3_600_000;
const saysNo: Command = { command: 'sh', args: ['-c', 'echo it says no; exit 3'], timeoutMs: 5000 };
const saysYes: Command = { command: 'true', args: [], timeoutMs: 5000 };
const noLuck = () => new InjectedError();

interface Case {
  readonly step: StepName;
  readonly house: HouseOptions;
  readonly fault?: string;
  readonly code?: string;
  readonly targetState: 'old' | 'new' | 'closed';
  readonly copy: 'none' | 'dropped' | 'kept' | 'switched';
}

/** ARCHITECTURE's third column, step by step. */
const CASES: readonly Case[] = [
  { step: 'check-prerequisites', house: {}, fault: 'plan', targetState: 'old', copy: 'none' },
  { step: 'restore-beside', house: {}, fault: 'restore:4', targetState: 'old', copy: 'dropped' },
  {
    step: 'inspect-copy',
    house: { sandbox: { policy: { integrityCheck: 'physical' } } },
    fault: 'checkIntegrity',
    targetState: 'old',
    copy: 'dropped',
  },
  { step: 'sanitize', house: { provider: failingSession(1, noLuck) }, targetState: 'old', copy: 'kept' },
  {
    step: 'synchronize-beside',
    house: { sandbox: { policy: { synchronize: 'beside' }, commands: { synchronize: saysNo } } },
    code: 'command-failed',
    targetState: 'old',
    copy: 'kept',
  },
  { step: 'verify-sanitization', house: { provider: failingSession(5, noLuck) }, targetState: 'old', copy: 'kept' },
  {
    step: 'await-cutover',
    house: { sandbox: { policy: { cutover: { kind: 'at', time: '22:00' } }, timeZone: 'Mars/Base' } },
    code: 'unexpected',
    targetState: 'old',
    copy: 'kept',
  },
  { step: 'apply-target-settings', house: { provider: failingSession(11, noLuck) }, targetState: 'old', copy: 'kept' },
  {
    step: 'stop-services',
    house: { sandbox: { commands: { stopServices: saysNo } } },
    code: 'command-failed',
    targetState: 'old',
    copy: 'kept',
  },
  { step: 'swap', house: {}, fault: 'swap:3', targetState: 'old', copy: 'kept' },
  {
    step: 'synchronize-database',
    house: { sandbox: { policy: { synchronize: 'after-switch' }, commands: { synchronize: saysNo } } },
    code: 'command-failed',
    targetState: 'closed',
    copy: 'switched',
  },
  {
    step: 'bring-online',
    house: { sandbox: { commands: { startServices: saysNo } } },
    code: 'command-failed',
    targetState: 'new',
    copy: 'switched',
  },
];

test.for(CASES)('a failure of $step › leaves the target $targetState and the copy $copy, and says so', async (one) => {
  const house = aHouse(one.house);
  const { runId } = await house.approvedRun();
  if (one.fault !== undefined) house.world.inject({ at: one.fault, error: noLuck() });
  expect(await house.proceed(runId)).toBe('done');
  const run = await house.run(runId);
  expect(run).toMatchObject({
    state: 'failed',
    targetState: one.targetState,
    failure: { step: one.step, code: one.code ?? 'injected', message: expect.any(String), remedy: expect.any(String) },
  });
  expect(stepStates(run)[one.step]).toBe('failed');
  expect(run.copyKeptUntil !== undefined).toBe(one.copy === 'kept');
  const copy = { [`axdb__incoming_${runId}`]: runId, [`mrdb__incoming_${runId}`]: runId };
  const previous = { [`axdb__previous_${runId}`]: 'its own', [`mrdb__previous_${runId}`]: 'its own' };
  const isSwitched = one.copy === 'switched';
  expect(house.databases()).toEqual({
    axdb: isSwitched ? runId : 'its own',
    mrdb: isSwitched ? runId : 'its own',
    ...(one.copy === 'kept' ? copy : {}),
    ...(isSwitched ? previous : {}),
  });
  const { heldBy } = await house.journal.hold('uat');
  expect(heldBy).toBe(one.targetState === 'old' ? undefined : runId);
});

test('a failure of stop-services › starts the services again', async () => {
  const house = aHouse({ sandbox: { commands: { stopServices: saysNo, startServices: saysYes } } });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  const log = await house.logged(runId);
  expect(log).toContain('stop-services: it says no');
  expect(log).toContain('stop-services: Done after the failure: starting the services again');
});

test('a failure of the swap › is undone, the target opened and its services started again', async () => {
  const house = aHouse({ sandbox: { commands: { startServices: saysYes } } });
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'swap:2', error: noLuck() });
  await house.proceed(runId);
  expect(house.world.actions.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'restore done',
    'swap failed',
    'swap-back done',
    'open done',
  ]);
  expect(await house.logged(runId)).toContain('Done after the failure: starting the services again');
});

test('a failure of the swap › that cannot be undone is said to leave nothing whole under the target’s name, and a rollback brings it back', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  const before = house.content();
  house.world.inject({ at: 'swap:3', error: noLuck() });
  house.world.inject({ at: 'swap-back:1', error: noLuck() });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'failed', targetState: 'none', failure: { step: 'swap' } });
  await house.desk.rollBack(JONAS, runId);
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'rolled-back', targetState: 'old' });
  expect(house.content()).toEqual(before);
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});

test('a failure of the swap › after its last effect is owned up to: new, closed, rollback offered', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'swap:5', error: noLuck() });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'failed', targetState: 'closed', generation: 1 });
});

test('a failure behind the switch › while the target’s server does not answer is said all the same', async () => {
  const house = aHouse({ sandbox: { commands: { startServices: saysNo } } });
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'observe', error: new Error('no route to host') });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'failed', targetState: 'none' });
});

test('a failure behind the switch › is rolled back by itself where the policy says so', async () => {
  const house = aHouse({
    sandbox: {
      policy: { synchronize: 'after-switch', rollbackOnFailure: 'automatic' },
      commands: { synchronize: saysNo },
    },
  });
  const { runId } = await house.approvedRun();
  const before = house.content();
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({
    state: 'rolled-back',
    targetState: 'old',
    failure: { step: 'synchronize-database', code: 'command-failed' },
    rollback: { by: { name: 'Rewind' } },
  });
  expect(house.content()).toEqual(before);
});

test('a failure behind the switch › whose worker ends before its automatic rollback is found by housekeeping', async () => {
  const house = aHouse({
    sandbox: {
      policy: { synchronize: 'after-switch', rollbackOnFailure: 'automatic' },
      commands: { synchronize: saysNo },
    },
    journal: (journal) => ({
      ...journal,
      record: (runId, event, by) =>
        event.kind === 'roll-back' && by.lease
          ? Promise.reject(new Error('the worker ends here'))
          : journal.record(runId, event, by),
    }),
  });
  const { runId } = await house.approvedRun();
  await expect(house.proceed(runId)).rejects.toThrow('the worker ends here');
  expect((await house.run(runId)).state).toBe('failed');
  await house.housekeep();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('rolled-back');
});

test('a failure before the switch › is not rolled back by any policy: nothing was switched', async () => {
  const house = aHouse({
    sandbox: { policy: { rollbackOnFailure: 'automatic' } },
    provider: failingSession(1, noLuck),
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'failed', targetState: 'old' });
});

test('a copy that cannot be dropped › is dropped by housekeeping, and the run offers no retry', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'restore:5', error: noLuck() });
  house.world.inject({ at: 'drop-incoming:1', error: noLuck() });
  await house.proceed(runId);
  expect(Object.keys(house.databases())).toHaveLength(4);
  await expect(house.desk.retry(JONAS, runId)).rejects.toMatchObject({ code: 'retry-impossible' });
  await house.housekeep();
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
  expect((await house.run(runId)).copyKeptUntil).toBeUndefined();
});

test('a compensation that is interrupted › is handed back, and the next worker compensates', async () => {
  const shutdown = new AbortController();
  const house = aHouse({
    provider: withWriter((writer) => ({
      act: async (action, options) => {
        if (action === 'drop-incoming') shutdown.abort();
        return writer.act(action, options);
      },
    })),
  });
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'restore:4', error: noLuck() });
  expect(await house.proceed(runId, { signal: shutdown.signal })).toBe('handed-back');
  expect(await house.run(runId)).toMatchObject({ state: 'in-progress', failure: undefined });
  house.world.inject({ at: 'restore:1', error: noLuck() });
  await house.proceed(runId, { worker: 'worker-b' });
  expect((await house.run(runId)).state).toBe('failed');
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});

test('a kept copy › lives as long as the policy says', async () => {
  const house = await failedAtSanitize({ keepFailedCopyMs: 8 * HOUR });
  const { copyKeptUntil } = await house.run('R-1042');
  expect(copyKeptUntil).toBe('2026-11-20T20:00:01.000Z');
});

test('a kept copy › never lives longer than 24 h from the start of the run, also after a retry', async () => {
  const house = await failedAtSanitize({ keepFailedCopyMs: 24 * HOUR });
  await house.clock.advance(20 * HOUR);
  await house.desk.retry(JONAS, 'R-1042');
  house.world.inject({ at: 'session', error: noLuck() });
  await house.proceed('R-1042');
  expect((await house.run('R-1042')).copyKeptUntil).toBe('2026-11-21T12:00:01.000Z');
});

test('a retry › goes on from the failed step with the kept copy', async () => {
  const house = await failedAtSanitize({});
  await house.clock.advance(HOUR);
  await house.desk.retry(JONAS, 'R-1042');
  await house.proceed('R-1042');
  const run = await house.run('R-1042');
  expect(run).toMatchObject({ state: 'completed', failure: undefined, copyKeptUntil: undefined });
  expect(house.world.actions.filter(({ action }) => action === 'restore')).toHaveLength(1);
});

test('a retry › after a failure near the switch warns people, reads settings and stops services anew', async () => {
  const house = aHouse({
    sandbox: { policy: { cutoverWarningMs: 60_000 }, commands: { stopServices: saysYes, startServices: saysYes } },
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  await house.clock.advance(60_000);
  house.world.inject({ at: 'swap:3', error: noLuck() });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'failed', targetState: 'old' });
  house.world.change('uat', 'application', {
    sql: `INSERT INTO public."PRINTMGMTSETTINGS" ("RECID", "PRINTER") VALUES (10, 'a new printer')`,
  });
  await house.desk.retry(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('awaiting-cutover');
  await house.desk.stop(JONAS, runId).then(() => undefined);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('aborted');
});

test('a retry › carries over what the target still keeps by then, and nothing that the plan has not seen', async () => {
  const house = aHouse();
  house.world.change('uat', 'application', printer(8, 'one that goes'));
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'swap:3', error: noLuck() });
  await house.proceed(runId);
  house.world.change('uat', 'application', printer(10, 'a new printer'));
  house.world.change('uat', 'application', { sql: 'DELETE FROM public."PRINTMGMTSETTINGS" WHERE "RECID" = 8' });
  await house.desk.retry(JONAS, runId);
  await house.proceed(runId);
  const { state, steps } = await house.run(runId);
  expect(state).toBe('completed');
  expect(steps.find(({ name }) => name === 'apply-target-settings')?.detail).toMatch(/^1 row .*, 1 left, added or/);
  expect(house.content().printers).toEqual(['printer of the sandbox']);
});

test('a retry › does not switch over what another refresh has brought since', async () => {
  // Planned by a version that leaves kept copies where they are.
  const house = await failedAtSanitize({}, (provider) => ({
    ...provider,
    plan: async (...wanted) => ({ ...(await provider.plan(...wanted)), copies: [] }),
  }));
  await house.clock.advance(1000);
  const other = await house.approvedRun();
  await house.proceed(other.runId);
  expect((await house.run(other.runId)).state).toBe('completed');
  await house.desk.retry(JONAS, 'R-1042');
  await house.proceed('R-1042');
  expect((await house.run('R-1042')).failure?.code).toBe('plan-drifted');
  expect(house.databases()).toMatchObject({ axdb: other.runId, mrdb: other.runId });
});

test('a retry › after the copy’s time is refused', async () => {
  const house = await failedAtSanitize({ keepFailedCopyMs: HOUR });
  await house.clock.advance(HOUR);
  await expect(house.desk.retry(JONAS, 'R-1042')).rejects.toMatchObject({ code: 'retry-impossible' });
});

async function failedAtSanitize(
  policy: { readonly keepFailedCopyMs?: number },
  provider: HouseOptions['provider'] = (one) => one,
): Promise<House> {
  const house = aHouse({ sandbox: { policy }, provider });
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'session', error: noLuck() });
  await house.proceed(runId);
  expect((await house.run(runId)).failure?.step).toBe('sanitize');
  return house;
}

test('a failure › is recorded once, after its log', async () => {
  const order: string[] = [];
  const house = aHouse({
    provider: failingSession(1, noLuck),
    journal: (journal) =>
      watched((event) => {
        if (event.kind === 'fail') order.push('fail');
      })({
        ...journal,
        async appendLog(runId, lines) {
          if (lines.some(({ text }) => text.startsWith('Failed:'))) order.push('log');
          return journal.appendLog(runId, lines);
        },
      }),
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect(order).toEqual(['log', 'fail']);
});
