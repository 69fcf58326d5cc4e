import { expect, test } from 'vitest';
import type { Run } from '../../engine/contracts.ts';
import type { Journal } from '../../engine/journal/journal.ts';
import { workOn } from '../../queue/jobs.ts';
import { createLostWork } from '../../queue/lostWork.ts';
import { aRun, JONAS, MIRA } from '../builders.ts';
import { createMemoryJournal } from '../bot/doubles/memoryJournal.ts';
import { createVirtualClock } from '../engine/doubles/virtualClock.ts';

const clock = createVirtualClock();
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** The runs of which a reconciler would add a job again. */
async function lost(journal: Journal): Promise<readonly string[]> {
  const notHere = () => Promise.reject(new Error('not asked for'));
  const queues = {
    ...{ coveredRuns: notHere, addWork: notHere, scheduleSurveys: notHere, close: notHere },
  } as unknown as Parameters<typeof createLostWork>[0]['queues'];
  const mender = { mend: notHere, setJobAside: notHere } as unknown as Parameters<typeof createLostWork>[0]['mender'];
  const found = await createLostWork({ journal, queues, mender, clock, log: silent }).find(['uat']);
  return [...found.values()].flat().map(({ state }) => state);
}

test.for<[string, Partial<Run>, readonly string[]]>([
  ['has not started', { state: 'queued' }, []],
  [
    'waits for its end before the switch',
    { state: 'awaiting-cutover', cutover: { kind: 'when-ready', isFrozen: true } },
    [],
  ],
  ['is to stop', { state: 'queued', stopRequestedBy: JONAS }, ['queued']],
  ['is behind its switch', { state: 'queued', targetState: 'closed' }, ['queued']],
  ['is at work', { state: 'in-progress' }, ['in-progress']],
])(
  'a frozen sandbox › whose run %s gives a worker something to do only where it would do it',
  async ([, run, able]) => {
    const memory = createMemoryJournal(clock.now);
    const journal = { ...memory, runs: () => Promise.resolve([aRun({ target: 'uat', ...run })]) };
    const until = new Date(Date.parse(clock.now()) + 1000).toISOString();
    await journal.freeze('uat', { until, reason: 'month-end', by: MIRA });
    expect(await lost(journal)).toEqual(able);
    await journal.liftFreeze('uat', MIRA);
    expect(await lost(journal)).toEqual([run.state]);
  },
);

test('a run that waits for an exception › gives a worker something to do when it is stopped, or its time is over', () => {
  const run = aRun({ state: 'awaiting-exception', expiresAt: '2026-11-21T12:00:00.000Z' });
  expect(workOn(run)).toEqual({ name: 'proceed', notBefore: '2026-11-21T12:00:00.000Z' });
  expect(workOn({ ...run, stopRequestedBy: JONAS })).toEqual({ name: 'proceed' });
});

test('an approved occurrence › is given to a worker at its time, and a stop of it at once', async () => {
  const memory = createMemoryJournal(clock.now);
  const at = new Date(Date.parse(clock.now()) + 60_000).toISOString();
  const scheduled = { schedule: 1, at, moment: { kind: 'latest' }, tooLate: 'keep' } as const;
  let run = aRun({ target: 'uat', state: 'queued', scheduled });
  const journal = { ...memory, runs: () => Promise.resolve([run]) };
  expect(workOn(run)).toEqual({ name: 'proceed', notBefore: at });
  expect(await lost(journal)).toEqual([]);
  run = { ...run, stopRequestedBy: JONAS };
  expect(await lost(journal)).toEqual(['queued']);
  run = aRun({ target: 'uat', state: 'queued', scheduled });
  await clock.advance(60_000);
  expect(await lost(journal)).toEqual(['queued']);
});
