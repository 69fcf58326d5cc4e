import { expect, test } from 'vitest';
import { writeLog } from '../../../bot/logs/writeLog.ts';
import { createMemoryJournal } from '../doubles/memoryJournal.ts';
import { aiko, aPlan, jonas, LATER, NOW } from '../builders.ts';
import { REWIND } from '../../../engine/contracts.ts';

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
    'Target is     the former database, in use',
    `Requested by  Jonas Weber (${jonas.id}) at ${NOW}`,
    'Reason        testing State         completed',
    `Approved by   Aiko Tanaka (${aiko.id}) at ${NOW}`,
  ]);
  expect(text).toContain(`  ${NOW} approve        Aiko Tanaka (${aiko.id})\n`);
  expect(text).not.toContain('plan-made');
  expect(text).toContain(`  ${NOW} swap                   To undo by hand:\n    ALTER DATABASE  [31m…  uat\n`);
});
