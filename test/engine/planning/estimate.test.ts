import { expect, test } from 'vitest';
import { estimateFrom } from '../../../engine/planning/estimate.ts';
import { aRun } from '../../builders.ts';

test('an estimate › is unknown before the first refresh, not guessed', () => {
  expect(estimateFrom([])).toEqual({ kind: 'unknown' });
  expect(estimateFrom([aRun()])).toEqual({ kind: 'unknown' });
});

test('an estimate › goes from the quickest to the slowest of the earlier refreshes', () => {
  const runs = [
    aRun({ figures: { totalSeconds: 100, unavailableSeconds: 12 } }),
    aRun({ figures: { totalSeconds: 340, unavailableSeconds: 9 } }),
    aRun({ figures: { totalSeconds: 220 } }),
  ];
  expect(estimateFrom(runs)).toEqual({
    kind: 'known',
    fromSeconds: 100,
    toSeconds: 340,
    unavailableSeconds: 12,
    runs: 3,
  });
});
