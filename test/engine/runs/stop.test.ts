import { expect, test } from 'vitest';
import { STEP_NAMES } from '../../../engine/contracts.ts';
import { JONAS } from '../../builders.ts';
import { aHouse } from '../house.ts';
import { InjectedError, watched } from '../doubles/troubles.ts';
import { createVirtualClock } from '../doubles/virtualClock.ts';
import { watchForStop } from '../../../engine/runs/stop.ts';

const BEFORE_THE_SWITCH = STEP_NAMES.slice(0, STEP_NAMES.indexOf('stop-services')).filter(
  (name) => !name.startsWith('synchronize'),
);

test.for(BEFORE_THE_SWITCH)('a stop during %s › drops the copy and leaves the target as it was', async (step) => {
  const asked: Promise<unknown>[] = [];
  const house = aHouse({
    journal: watched((event) => {
      if (event.kind === 'step-started' && event.step === step) asked.push(house.desk.stop(JONAS, 'R-1042'));
    }),
  });
  const { runId } = await house.approvedRun();
  const before = { content: house.content(), databases: house.databases() };
  await house.proceed(runId);
  await Promise.all(asked);
  expect(await house.run(runId)).toMatchObject({
    state: 'aborted',
    targetState: 'old',
    failure: undefined,
    ending: { how: 'stopped', by: JONAS },
  });
  expect({ content: house.content(), databases: house.databases() }).toEqual(before);
});

test('a stop › before the first step ends the run without touching anything', async () => {
  const house = aHouse();
  const { runId } = await house.approvedRun();
  await house.desk.stop(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).ending).toMatchObject({ how: 'stopped', by: JONAS });
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});

test('a stop › while the run waits for its cutover drops the copy', async () => {
  const house = aHouse({ sandbox: { policy: { cutover: { kind: 'on-click' } } } });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('awaiting-cutover');
  await house.desk.stop(JONAS, runId);
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('aborted');
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});

test('a stop › after stop-services has begun is refused', async () => {
  const refused: Promise<unknown>[] = [];
  const house = aHouse({
    journal: watched((event) => {
      if (event.kind === 'step-started' && event.step === 'stop-services')
        refused.push(house.desk.stop(JONAS, 'R-1042').catch((error: unknown) => error));
    }),
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect(await Promise.all(refused)).toEqual([expect.objectContaining({ code: 'point-of-no-return' })]);
  expect((await house.run(runId)).state).toBe('completed');
});

test('a stop › accepted in the last instant before stop-services wins over it', async () => {
  const house = aHouse({
    journal: (journal) => ({
      ...journal,
      async record(runId, event, by) {
        // As if a click came between the end of the step before and the start of this one.
        if (event.kind === 'step-started' && event.step === 'stop-services' && by.lease)
          await journal.record(runId, { kind: 'stop' }, { actor: JONAS });
        return journal.record(runId, event, by);
      },
    }),
  });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('aborted');
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});

test('a stop › whose copy cannot be dropped now leaves it to housekeeping', async () => {
  const house = aHouse({ sandbox: { policy: { cutover: { kind: 'on-click' } } } });
  const { runId } = await house.approvedRun();
  await house.proceed(runId);
  await house.desk.stop(JONAS, runId);
  house.world.inject({ at: 'drop-incoming:1', error: new InjectedError() });
  await house.proceed(runId);
  expect((await house.run(runId)).state).toBe('aborted');
  expect(Object.keys(house.databases())).toHaveLength(4);
  await house.housekeep();
  expect(house.databases()).toEqual({ axdb: 'its own', mrdb: 'its own' });
});

test('the look for a stop › goes on while the journal is away and ends with its step', async () => {
  const clock = createVirtualClock();
  const answers = [Promise.reject(new Error('away')), Promise.resolve({ stopRequestedBy: JONAS, steps: [] })];
  for (const answer of answers) answer.catch(() => undefined);
  const journal = { run: () => answers.shift() ?? Promise.resolve(undefined) };
  // Only `run` is asked for.
  const watch = watchForStop({ journal, clock } as unknown as Parameters<typeof watchForStop>[0], 'R-1');
  await clock.advance(600);
  expect(watch.signal.aborted).toBe(false);
  await clock.advance(600);
  expect(watch.signal.aborted).toBe(true);
  watch.end();
  expect(clock.untilNextWake()).toBeUndefined();
});
