import { array, assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { describeTarget } from '../../../engine/contracts/mayBeDone/index.ts';
import { writeLog } from '../../../bot/logs/writeLog.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';
import { aiko, aPlan, jonas, LATER, NOW } from '../builders.ts';
import { REWIND, RUN_STATES, type LogLine, type Run } from '../../../engine/contracts.ts';
import { aRun, aStartedRun, aSwitchedRun } from '../../cards/samples.ts';

test('the log of a run › says what it was, what the target is, who asked what, and every line', async () => {
  const journal = createMemoryJournal(() => NOW);
  const at = '2026-11-20T17:00:00.000Z';
  const { runId } = await journal.draft({
    target: 'uat',
    source: 'prod',
    requestedBy: jonas,
    zone: 'UTC',
    expiresAt: LATER,
  });
  await journal.record(runId, { kind: 'choose-moment', at, expiresAt: LATER }, { actor: jonas });
  await journal.record(runId, { kind: 'plan-made', at, plan: aPlan(at) }, { actor: REWIND });
  await journal.record(
    runId,
    { kind: 'confirm', digest: `digest of ${at}`, reason: 'testing\nState         completed', expiresAt: LATER },
    { actor: jonas },
  );
  await journal.record(runId, { kind: 'approve', digest: `digest of ${at}` }, { actor: aiko });
  const run = await journal.record(runId, { kind: 'start' }, { actor: REWIND });
  const text = writeLog(run, await journal.records(runId), [
    { at: NOW, step: 'swap', text: 'To undo by hand:\nALTER DATABASE \u001b[31m…\u202e uat\r' },
  ]);
  expect(text.split('\n').slice(0, 6)).toEqual([
    'Rewind R-1042: uat from prod as of 2026-11-20T17:00:00.000Z',
    'State         in-progress',
    'Sandbox       uat is as it was before the run, and in use',
    `Requested by  Jonas Weber (${jonas.id}) at ${NOW}`,
    'Reason        testing State         completed',
    `Approved by   Aiko Tanaka (${aiko.id}) at ${NOW}`,
  ]);
  expect(text).toContain(`  ${NOW} approve        Aiko Tanaka (${aiko.id})\n`);
  expect(text).not.toContain('plan-made');
  expect(text).toContain(`  ${NOW} swap                   To undo by hand:\n    ALTER DATABASE  [31m…  uat\n`);
});

const headOf = (run: Run, lines: readonly LogLine[] = []) =>
  writeLog(run, [], lines).split('\n\n')[0]?.split('\n') ?? [];

const ENDED_BEHIND_A_SWITCH = new Set<string>(['completed', 'signed-off', 'failed', 'rollback-failed']);

test.each(RUN_STATES)('the log of a run › names the state, the target and the way back: %s', (state) => {
  const started = aStartedRun({ state, targetState: 'old' });
  const before = headOf(started);
  expect(before).toContain(`State         ${state}`);
  expect(before).toContain(`Sandbox       uat ${describeTarget(started)}`);
  expect(before.filter((line) => line.startsWith('Rollback '))).toEqual([]);
  const switched = aSwitchedRun({ state, targetState: 'new' });
  const behind = headOf(switched);
  expect(behind).toContain(`Sandbox       uat ${describeTarget(switched)}`);
  expect(behind.filter((line) => line.startsWith('Rollback '))).toHaveLength(ENDED_BEHIND_A_SWITCH.has(state) ? 1 : 0);
});

test.each([
  [{ targetState: 'closed' }, 'holds the new database and is closed: people cannot sign in'],
  [{ targetState: 'none' }, 'does not answer: neither its former database nor the new one serves it as a whole'],
  [{ replacedBy: { runId: 'R-1050', at: LATER } }, `was switched to another database since, by R-1050 at ${LATER}`],
] as const)('the log of a run › says what stands under the target’s name: %j', (change, words) => {
  expect(headOf(aSwitchedRun({ state: 'failed', ...change }))).toContain(`Sandbox       uat ${words}`);
});

test('the log of a run › says whatever was decided about it, and by whom', () => {
  const decided = headOf(
    aSwitchedRun({
      state: 'failed',
      failure: { step: 'swap', code: 'target-in-use', message: 'UAT is in use\nby 3 sessions', remedy: 'Close them.' },
      ending: { how: 'kept', by: jonas, at: LATER, reason: 'not needed' },
      rollback: { by: aiko, requestedAt: LATER },
      acceptedBy: aiko,
      signedOffBy: jonas,
      replacedBy: { runId: 'R-1050', at: LATER },
    }),
  );
  expect(decided).toEqual(
    expect.arrayContaining([
      `Ended         cancelled by Jonas Weber (${jonas.id}) at ${LATER} not needed`,
      `Rolled back   asked by Aiko Tanaka (${aiko.id}) at ${LATER}`,
      `Taken over by Aiko Tanaka (${aiko.id})`,
      `Signed off by Jonas Weber (${jonas.id})`,
      'Failed in     swap (target-in-use)',
      '              UAT is in use',
      '              by 3 sessions',
      '              Close them.',
      `Sandbox       uat was switched to another database since, by R-1050 at ${LATER}`,
    ]),
  );
});

test('the log of a run › lets no text pass for another entry, heading or line', () => {
  const hostile = string({
    unit: constantFrom('a', ' ', '\n', '\r', '\t', '\u2028', '\u202e', '\u001b', '\u0085'),
  });
  assert(
    property(hostile, hostile, array(hostile, { maxLength: 4 }), (name, reason, texts) => {
      const harmless = writeLog(
        aRun({ reason: 'x' }),
        [],
        texts.map(() => ({ at: NOW, step: 'swap', text: 'x' })),
      );
      const run = aRun({ reason: `x${reason}`, requestedBy: { ...jonas, name: `x${name}` } });
      const text = writeLog(
        run,
        [],
        texts.map((each) => ({ at: NOW, step: 'swap', text: `x${each}` })),
      );
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u2028|\u2029|[\u202a-\u202e]/u);
      const entries = (log: string) => log.split('\n').filter((line) => line !== '' && !line.startsWith('    ')).length;
      expect(entries(text)).toBe(entries(harmless));
    }),
    { numRuns: 200 },
  );
});
