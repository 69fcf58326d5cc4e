import { expect, test } from 'vitest';
import { createTicker } from '../../../bot/schedules/ticker.ts';
import type { Run } from '../../../engine/contracts.ts';
import { createEngine } from '../../../engine/engine.ts';
import { JONAS, MIRA } from '../../builders.ts';
import { proved, whenProving } from '../../engine/doubles/proving.ts';
import { pack } from '../../engine/doubles/smallCompany.ts';
import { aHouse } from '../../engine/house.ts';
import { OWN } from '../../engine/reports/samples.ts';

const HOUR = 3_600_000;
const CLEAN = [proved('verify-sanitization'), proved('apply-target-settings')];

/** A sandbox with a clean report, and a request behind it that was confirmed by a process which then ended. */
async function confirmedAndLeft() {
  const house = aHouse({
    sandbox: { packs: ['personal-data'], policy: { approvals: 'none' } },
    journal: whenProving(CLEAN),
    parts: { reportKey: OWN.own, packs: () => [{ ...pack, name: 'personal-data' }] },
  });
  const { desk, journal, clock, parts } = house;
  const engine = createEngine(parts);
  const planned = async () => {
    const { runId } = await desk.draft(JONAS, 'uat', 'UTC');
    await desk.chooseMoment(JONAS, runId, '2026-11-20T12:00:00.500Z');
    await engine.plan(runId, new AbortController().signal);
    return house.run(runId);
  };
  const first = await planned();
  const digest = (run: Run) => run.plan?.digest ?? '';
  await desk.confirm(JONAS, first.runId, digest(first), 'Month-end tests');
  await desk.approve(MIRA, first.runId, digest(first));
  await house.proceed(first.runId);
  const run = await planned();
  const expiresAt = new Date(Date.parse(clock.now()) + HOUR).toISOString();
  const event = { kind: 'confirm', digest: digest(run), reason: 'Month-end tests', expiresAt } as const;
  await journal.record(run.runId, event, { actor: JONAS });
  const errors: string[] = [];
  const log = { info: () => {}, warn: () => {}, error: (event: string) => void errors.push(event) };
  const own = { journal, desk, installation: parts.installation, chat: {}, clock, log };
  const aTicker = () => createTicker(own as unknown as Parameters<typeof createTicker>[0]);
  return { house, run: () => house.run(run.runId), aTicker, errors, sandboxes: parts.installation.sandboxes };
}

test('what nobody has to approve › goes on once where whoever confirmed it ended before it was let go', async () => {
  const { house, run, aTicker } = await confirmedAndLeft();
  expect((await run()).state).toBe('awaiting-approval');
  await Promise.all([aTicker().round(), aTicker().round()]);
  const { runId, state } = await run();
  expect(state).toBe('queued');
  expect((await house.journal.records(runId)).filter(({ event }) => event === 'go-ahead')).toHaveLength(1);
  await house.proceed(runId);
  expect((await run()).state).toBe('completed');
});

test('what nobody has to approve › does not go on once its time to be decided is over', async () => {
  const { house, run, aTicker } = await confirmedAndLeft();
  await house.clock.advance(HOUR);
  await aTicker().round();
  expect((await run()).state).toBe('awaiting-approval');
});

test('what nobody has to approve › waits without a complaint where the file names its sandbox no more', async () => {
  const { run, aTicker, errors, sandboxes } = await confirmedAndLeft();
  // The file as it is read by then.
  (sandboxes as unknown[]).length = 0;
  await aTicker().round();
  expect((await run()).state).toBe('awaiting-approval');
  expect(errors).toEqual([]);
});
