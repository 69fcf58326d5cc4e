import { expect, test } from 'vitest';
import { STEP_NAMES, type StepName } from '../../../engine/contracts.ts';
import { FencedError } from '../../../engine/environments/errors.ts';
import { LeaseLostError } from '../../../engine/journal/errors.ts';
import { JournalUnavailableError } from '../../../engine/journal/access.ts';
import { aHouse, stepStates } from '../house.ts';
import { BlipError, failingSession, watched } from '../doubles/troubles.ts';

const startsOf = (records: readonly { readonly event: string; readonly data: unknown }[]) =>
  records.flatMap(({ event, data }) => (event === 'step-started' ? [(data as { step: StepName }).step] : []));

test('a refresh › walks all steps in order and leaves the sanitized copy under the target’s name', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  expect(await house.proceed(runId)).toBe('done');
  const run = await house.run(runId);
  expect(startsOf(await house.journal.records(runId))).toEqual(
    STEP_NAMES.filter((name) => !name.startsWith('synchronize')),
  );
  expect(stepStates(run)).toMatchObject({ 'synchronize-beside': 'skipped', 'synchronize-database': 'skipped' });
  expect(run).toMatchObject({ state: 'completed', targetState: 'new', generation: 1, failure: undefined });
  expect(house.content()).toEqual({ addresses: ['', ''], printers: ['printer of the sandbox'] });
  expect(house.databases()).toEqual({
    axdb: runId,
    mrdb: runId,
    [`axdb__previous_${runId}`]: 'its own',
    [`mrdb__previous_${runId}`]: 'its own',
  });
});

test('a refresh › never changes production', async () => {
  const house = aHouse();
  const before = house.world.fingerprint();
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect(house.world.fingerprint()).toBe(before);
});

const performed = STEP_NAMES.filter((name) => !name.startsWith('synchronize'));

test.for(performed)(
  'a refresh › handed back after %s is gone on with by another worker, nothing twice',
  async (step) => {
    const shutdown = new AbortController();
    const house = aHouse({
      journal: watched((event) => {
        if (event.kind === 'step-done' && event.step === step) shutdown.abort();
      }),
    });
    const { runId } = await house.approvedRun();
    const isLast = step === 'bring-online';
    expect(await house.proceed(runId, { signal: shutdown.signal })).toBe(isLast ? 'done' : 'handed-back');
    expect(await house.proceed(runId, { worker: 'worker-b' })).toBe('done');
    expect(startsOf(await house.journal.records(runId))).toEqual(performed);
    expect((await house.run(runId)).state).toBe('completed');
    expect(house.world.actions.map(({ action }) => action)).toEqual(['restore', 'swap', 'open']);
  },
);

test.for(performed)('a refresh › interrupted in the middle of %s performs it again and completes', async (step) => {
  const shutdown = new AbortController();
  const house = aHouse({
    journal: watched((event) => {
      if (event.kind === 'step-started' && event.step === step && !shutdown.signal.aborted) shutdown.abort();
    }),
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId, { signal: shutdown.signal });
  expect((await house.run(runId)).failure).toBeUndefined();
  await house.proceed(runId, { worker: 'worker-b' });
  expect(await house.run(runId)).toMatchObject({ state: 'completed', targetState: 'new' });
  expect(house.content()).toEqual({ addresses: ['', ''], printers: ['printer of the sandbox'] });
});

test('a refresh › that is over is left alone', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  const { version } = await house.run(runId);
  expect(await house.proceed(runId)).toBe('done');
  expect((await house.run(runId)).version).toBe(version);
});

test('a refresh › whose plan is no longer the approved one ends as plan-drifted and nothing has happened', async () => {
  let sourceIdentity = 'production';
  const house = aHouse({
    provider: (provider) => ({
      ...provider,
      plan: async (...args) => ({ ...(await provider.plan(...args)), sourceIdentity }),
    }),
  });
  const { runId } = await house.approvedRun();
  sourceIdentity = 'another server';
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({
    state: 'failed',
    targetState: 'old',
    failure: {
      step: 'check-prerequisites',
      code: 'plan-drifted',
      remedy: 'Plan again and have the new plan approved.',
    },
  });
  expect(house.world.actions).toEqual([]);
});

test('a refresh › does not switch over a target that has become another database since the approval', async () => {
  let isRestoredByHand = false;
  const house = aHouse({
    provider: (provider) => ({
      ...provider,
      measure: async (environment) => ({
        ...(await provider.measure(environment)),
        ...(isRestoredByHand && environment.kind === 'sandbox' ? { identity: 'restored by hand' } : {}),
      }),
    }),
    journal: watched((event) => {
      if (event.kind === 'step-done' && event.step === 'verify-sanitization') isRestoredByHand = true;
    }),
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect((await house.run(runId)).failure).toMatchObject({ step: 'apply-target-settings', code: 'plan-drifted' });
  expect(house.databases()).toMatchObject({ axdb: 'its own', mrdb: 'its own' });
});

test('a refresh › proves the copy although its backups are gone by the cutover', async () => {
  let areBackupsGone = false;
  const house = aHouse({
    provider: (provider) => ({
      ...provider,
      plan: (...args) => (areBackupsGone ? Promise.reject(new Error('no backup')) : provider.plan(...args)),
    }),
    journal: watched((event) => {
      if (event.kind === 'step-done' && event.step === 'restore-beside') areBackupsGone = true;
    }),
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('completed');
});

test('a passing trouble › is tried again after 1, 2 and 4 s, and said in the log', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  for (let n = 0; n < 3; n += 1) house.world.inject({ at: 'restore:2', error: new BlipError() });
  await house.proceed(runId);
  const run = await house.run(runId);
  expect(run.state).toBe('completed');
  expect(run.figures.restoreSeconds).toBe(7);
  expect(await house.logged(runId)).toContain('restore-beside: Tried again after: The network blinked');
});

test('a passing trouble › that does not pass fails the step at its fourth try', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  for (let n = 0; n < 4; n += 1) house.world.inject({ at: 'restore:2', error: new BlipError() });
  await house.proceed(runId);
  expect(await house.run(runId)).toMatchObject({ state: 'failed', failure: { step: 'restore-beside', code: 'blip' } });
});

test('an error that is not ours › tells people one neutral sentence; the log has its class and place, its text is nowhere', async () => {
  const text = 'duplicate key: Key (email)=(ann@fabrikam.example) already exists; password=hunter22';
  const house = aHouse({ provider: failingSession(1, () => new Error(text)) });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  const run = await house.run(runId);
  expect(run.failure).toEqual({
    step: 'sanitize',
    code: 'unexpected',
    message: 'Something unforeseen stopped Rewind here.',
    remedy: 'Open the log of the run; it names the place. Nothing further happens to the target by itself.',
  });
  const log = await house.logged(runId);
  expect(log).toMatch(/Cause: Error; its text is withheld: it may hold data at .*run\.test\.ts:\d+/);
  expect(`${log}${JSON.stringify(run)}${JSON.stringify(await house.journal.records(runId))}`).not.toMatch(
    /ann@fabrikam|hunter22|duplicate/,
  );
});

test.for([
  ['a lost lease', () => new LeaseLostError('uat')],
  ['a stale fence', () => new FencedError('uat', 1, 2)],
] as const)('a worker with %s › hands back and does nothing further', async ([, error]) => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  house.world.inject({ at: 'restore:3', error: error() });
  expect(await house.proceed(runId)).toBe('handed-back');
  expect(await house.run(runId)).toMatchObject({ state: 'in-progress', failure: undefined });
  expect(house.world.actions.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['restore failed']);
});

test('a worker whose target was taken over › writes nothing more to the journal or the target', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  const stale = await house.journal.acquireLease('uat', 'worker-a', 1000);
  await house.clock.advance(1001);
  await house.journal.acquireLease('uat', 'worker-b', 60_000);
  const { createEngine } = await import('../../../engine/engine.ts');
  const before = await house.run(runId);
  const going = createEngine(house.parts).proceed(runId, {
    signal: new AbortController().signal,
    lease: stale ?? { target: 'uat', worker: 'worker-a', fence: 0 },
    progress: () => undefined,
  });
  expect(await house.clock.runUntil(going)).toBe('handed-back');
  expect(await house.run(runId)).toEqual(before);
  expect(house.world.actions).toEqual([]);
});

test('a journal that is away › fails no step: the run goes on where it was once it is back', async () => {
  let isAway = true;
  const house = aHouse({
    journal: (journal) => ({
      ...journal,
      async record(runId, event, by) {
        if (isAway && event.kind === 'step-done' && event.step === 'swap')
          throw new JournalUnavailableError(new Error('cut'));
        return journal.record(runId, event, by);
      },
    }),
  });
  const { runId } = await house.approvedRun();
  await expect(house.proceed(runId)).rejects.toThrow(JournalUnavailableError);
  expect(await house.run(runId)).toMatchObject({ state: 'in-progress', failure: undefined });
  isAway = false;
  await house.proceed(runId, { worker: 'worker-b' });
  expect(await house.run(runId)).toMatchObject({ state: 'completed', targetState: 'new' });
});
