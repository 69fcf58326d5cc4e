import { expect, test } from 'vitest';
import { REWIND, type Run, type Schedule } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import { createTicker } from '../../../bot/schedules/ticker.ts';
import { JONAS, MIRA } from '../../builders.ts';
import { address } from '../../engine/doubles/smallCompany.ts';
import { aHouse, type House } from '../../engine/house.ts';

const HOUR = 3_600_000;
const signal = new AbortController().signal;

/** The real engine over a sandbox whose databases are others after each switch, and a bot that looks every two hours. */
async function live(rule: Schedule['rule']['every'], keepPreviousMs = 72 * HOUR) {
  const policy = { rollbackOnFailure: 'automatic', keepPreviousMs } as const;
  const house = aHouse({ sandbox: { policy } });
  const { journal, desk, clock, parts } = house;
  const engine = createEngine(parts);
  await journal.addSchedule({
    ...{ target: 'uat', source: 'prod', by: JONAS, shownZone: 'UTC', reason: 'weekly', conversation: '', address: {} },
    rule: { every: rule, moment: { kind: 'latest' }, zone: 'UTC' },
  });
  const lines: unknown[] = [];
  const note = (event: string, fields: unknown) => void lines.push(event, fields);
  const log = { info: note, warn: note, error: note };
  const chat = { withoutThread: () => ({ id: 'c' }), conversationOf: () => 'c' };
  // Only what the ticker asks for.
  const own = { journal, desk, installation: parts.installation, chat, clock, log };
  const ticker = createTicker(own as unknown as Parameters<typeof createTicker>[0]);
  const runs = async () => (await journal.runs({ limit: 100 })).toReversed();
  let hours = 0;
  /** `asked`: what somebody does with a plan that waits for them. */
  const passes = async (count: number, asked: (run: Run) => Promise<unknown>) => {
    for (let n = 0; n < count; n += 2) {
      hours += 2;
      await clock.advance(2 * HOUR);
      await house.housekeep();
      house.world.commit('application', address(100 + hours));
      await engine.survey('uat');
      await ticker.round();
      for (const { runId } of (await runs()).filter(({ isPlanning }) => isPlanning)) await engine.plan(runId, signal);
      await ticker.round();
      for (const run of await runs()) {
        if (run.state === 'awaiting-approval') await asked(run);
        if ((await house.run(run.runId)).state === 'queued') await house.proceed(run.runId);
      }
    }
  };
  return { house, passes, runs, lines };
}

const approve = (house: House, run: Run) => house.desk.approve(MIRA, run.runId, run.plan?.digest ?? '');
const inAdvance = async (house: House, run: Run) => {
  await approve(house, run);
  const schedule = await house.journal.schedule(1);
  if (schedule && run.plan) await house.desk.approveStanding(MIRA, schedule, run.plan);
};
const ends = async (runs: () => Promise<readonly Run[]>) =>
  (await runs()).filter(({ endedAt }) => endedAt).map((run) => [run.state, run.failure?.code ?? run.ending?.why]);

test('an approval in advance › holds from week to week, whatever databases the sandbox has by then', async () => {
  const { house, passes, runs } = await live({ kind: 'weekly', days: [7], time: '22:00' });
  const asked: string[] = [];
  await passes(24 * 18, async (run) => {
    asked.push(run.runId);
    await inAdvance(house, run);
  });
  expect(await ends(runs)).toEqual([
    ['completed', undefined],
    ['completed', undefined],
    ['completed', undefined],
  ]);
  const switched = (await runs()).filter(({ swappedAt }) => swappedAt);
  expect(new Set(switched.map(({ plan }) => plan?.binding.targetIdentity)).size).toBe(3);
  expect(asked).toHaveLength(1);
});

test('an approval in advance › holds while former databases are kept, once it was given with some', async () => {
  const { house, passes, runs } = await live({ kind: 'weekly', days: [7], time: '22:00' }, 240 * HOUR);
  let asked = 0;
  await passes(24 * 25, async (run) => {
    asked += 1;
    await inAdvance(house, run);
  });
  expect((await ends(runs)).map(([state]) => state)).toEqual(['completed', 'completed', 'completed', 'completed']);
  // With nothing behind it, with one way back, with one that goes: each was new once.
  expect(asked).toBeLessThanOrEqual(3);
});

test('a daily schedule › plans each occurrence behind the switch of the one before, and its approval holds', async () => {
  const { house, passes, runs } = await live({ kind: 'weekly', days: [1, 2, 3, 4, 5], time: '20:00' });
  await passes(24 * 5, (run) => approve(house, run));
  expect(await ends(runs)).toEqual([
    ['completed', undefined],
    ['completed', undefined],
    ['completed', undefined],
  ]);
  const [first, second] = await runs();
  expect(second?.createdAt && first?.endedAt && second.createdAt >= first.endedAt).toBe(true);
  const hours = (await runs()).slice(1).map(({ createdAt }) => new Date(createdAt).getUTCHours());
  expect(hours.filter((hour) => hour < 9 || hour >= 17)).toEqual([]);
});

test('an occurrence › whose time comes while another run goes on is skipped, and says whose the sandbox is', async () => {
  const { house, passes, runs } = await live({ kind: 'weekly', days: [1, 2, 3, 4, 5, 6, 7], time: '20:00' });
  const { runId } = await house.approvedRun();
  await house.journal.record(runId, { kind: 'start' }, { actor: REWIND });
  await passes(10, (run) => approve(house, run));
  expect((await runs()).at(-1)).toMatchObject({ ending: { why: 'busy', reason: `${runId} is not over` } });
});
