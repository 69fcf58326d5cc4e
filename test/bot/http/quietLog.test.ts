import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createQuietLog } from '../../../bot/http/quietLog.ts';

test('the log of the door › says one cause once a minute, and how often it has happened since', () => {
  let elapsedMs = 0;
  const lines: unknown[] = [];
  const log = pino({ base: undefined, timestamp: false }, { write: (line) => void lines.push(JSON.parse(line)) });
  const warn = createQuietLog(log, { elapsedMs: () => elapsedMs });
  for (let n = 0; n < 1_000; n += 1) {
    warn('refused', { reason: 'a' });
    if (n % 2 === 0) warn('refused', { reason: 'b' });
  }
  elapsedMs = 60_000;
  warn('refused', { reason: 'a' });
  elapsedMs = 120_000;
  warn('refused', { reason: 'a' });
  const line = (reason: string, more = {}) => ({ level: 40, reason, ...more, msg: 'refused' });
  expect(lines).toEqual([line('a'), line('b'), line('a', { timesSince: 999 }), line('a')]);
});
