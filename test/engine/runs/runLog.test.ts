import { expect, test } from 'vitest';
import type { LogLine } from '../../../engine/contracts.ts';
import type { Journal } from '../../../engine/journal/journal.ts';
import { openRunLog } from '../../../engine/runs/runLog.ts';
import { createScrub } from '../../../env/scrub.ts';
import { createVirtualClock } from '../doubles/virtualClock.ts';

function aLog(answer: () => Promise<void> = () => Promise.resolve()) {
  const written: LogLine[] = [];
  const journal = {
    async appendLog(_runId: string, lines: readonly LogLine[]) {
      await answer();
      written.push(...lines);
    },
  };
  const log = openRunLog('R-1', {
    // Only appendLog is asked for.
    journal: journal as unknown as Journal,
    clock: createVirtualClock(),
    scrub: createScrub(['hunter22']),
  });
  return { log, written };
}

test('a run’s log › stands in the journal after a flush: UTC, step, scrubbed', async () => {
  const { log, written } = aLog();
  log.write('sanitize', 'login hunter22\nof ann@fabrikam.example');
  expect(written).toEqual([]);
  await log.flush();
  expect(written).toEqual([{ at: '2026-11-20T12:00:00.000Z', step: 'sanitize', text: 'login … of …@…' }]);
});

test('a run’s log › is written in batches without being asked', async () => {
  const { log, written } = aLog();
  for (let n = 0; n < 120; n += 1) log.write('sanitize', String(n));
  await new Promise((resolve) => setImmediate(resolve));
  expect(written.length).toBeGreaterThanOrEqual(100);
  await log.flush();
  expect(written.map(({ text }) => Number(text))).toEqual(Array.from({ length: 120 }, (_, n) => n));
});

test('a run’s log › loses nothing and keeps its order while the journal is away', async () => {
  let isAway = true;
  const { log, written } = aLog(() => (isAway ? Promise.reject(new Error('away')) : Promise.resolve()));
  log.write('sanitize', 'one');
  await expect(log.flush()).rejects.toThrow('away');
  log.write('sanitize', 'two');
  isAway = false;
  await log.flush();
  expect(written.map(({ text }) => text)).toEqual(['one', 'two']);
});
