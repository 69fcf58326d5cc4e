import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationMs, sizeBytes } from '../../env/duration.ts';

test.for([
  ['7d', 7 * 86_400_000],
  ['1h 30m', 5_400_000],
  ['90s', 90_000],
  ['250ms', 250],
  [0, 0],
  ['0', 0],
] as const)('a duration › %s', ([text, ms]) => {
  expect(durationMs.parse(text)).toBe(ms);
});

test.for(['', '5', 5, '1.5h', '-5m', 'soon', '5 minutes', '1h later', '5m5'])('a duration › %s is refused', (text) => {
  expect(durationMs.safeParse(text).success).toBe(false);
});

test('a duration › of any parts is their sum', () => {
  const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
  const part = fc.tuple(
    fc.integer({ min: 0, max: 999 }),
    fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[])),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const text = parts.map(([count, unit]) => `${String(count)}${unit}`).join(' ');
      expect(durationMs.parse(text)).toBe(parts.reduce((sum, [count, unit]) => sum + count * units[unit], 0));
    }),
  );
});

test.for([
  ['250 GB', 250 * 1024 ** 3],
  ['1.5TB', 1.5 * 1024 ** 4],
  ['10 kB', 10 * 1024],
] as const)('a size › %s', ([text, bytes]) => {
  expect(sizeBytes.parse(text)).toBe(bytes);
});

test.for(['250', '250 gb', 'GB', '-1 GB', '1 PB'])('a size › %s is refused', (text) => {
  expect(sizeBytes.safeParse(text).success).toBe(false);
});
