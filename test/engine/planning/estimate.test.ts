import { expect, test } from 'vitest';
import { estimateFrom } from '../../../engine/planning/estimate.ts';
import { aRun } from '../../builders.ts';
import { aPlan } from '../journal/builders.ts';

const GB = 1024 ** 3;
const took = (figures: ReturnType<typeof aRun>['figures'], restoreBytes?: number) =>
  aRun({ figures, ...(restoreBytes === undefined ? {} : { plan: { ...aPlan(), restoreBytes } }) });
const nothing = { own: [], others: [] };

test('an estimate › is unknown where nothing tells', () => {
  expect(estimateFrom(nothing)).toEqual({ kind: 'unknown' });
  expect(estimateFrom({ own: [aRun()], others: [aRun()], restoreBytes: GB })).toEqual({ kind: 'unknown' });
});

test('an estimate › goes from the quickest to the slowest of the earlier refreshes', () => {
  const own = [
    took({ totalSeconds: 100, unavailableSeconds: 12 }),
    took({ totalSeconds: 340, unavailableSeconds: 9 }),
    took({ totalSeconds: 220 }),
  ];
  expect(estimateFrom({ ...nothing, own })).toEqual({
    kind: 'known',
    fromSeconds: 100,
    toSeconds: 340,
    unavailableSeconds: 12,
    runs: 3,
  });
});

test('an estimate › from one or two earlier refreshes is wider than they were', () => {
  const own = [took({ totalSeconds: 100 })];
  expect(estimateFrom({ ...nothing, own })).toMatchObject({ fromSeconds: 80, toSeconds: 120, runs: 1 });
});

test('an estimate › leaves out what people made a refresh wait for', () => {
  const own = [
    took({ totalSeconds: 40_000, waitedSeconds: 39_000 }),
    // Two tries with a weekend between them.
    took({ totalSeconds: 200_000, workSeconds: 1100 }),
    took({ totalSeconds: 1200 }),
  ];
  expect(estimateFrom({ ...nothing, own })).toMatchObject({ fromSeconds: 1000, toSeconds: 1200 });
});

test('an estimate › stretches the restore to the size of this one, and nothing else', () => {
  const own = [1, 2, 3].map(() => took({ workSeconds: 1000, restoreSeconds: 600 }, 100 * GB));
  expect(estimateFrom({ ...nothing, own, restoreBytes: 150 * GB })).toMatchObject({
    fromSeconds: 1300,
    toSeconds: 1300,
  });
  expect(estimateFrom({ ...nothing, own, restoreBytes: 50 * GB })).toMatchObject({ fromSeconds: 700, toSeconds: 700 });
});

test('the first refresh of a sandbox › is guessed from what others restored, by size, and else from its backups', () => {
  const others = [took({ restoreSeconds: 1000 }, 100 * GB), took({ restoreSeconds: 4000 }, 200 * GB)];
  const restoreGuess = { fromSeconds: 5, toSeconds: 50 };
  const estimate = estimateFrom({ own: [], others, restoreBytes: 100 * GB, restoreGuess });
  expect(estimate).toEqual({
    ...{ kind: 'guessed', basis: 'other-sandboxes', runs: 2 },
    ...{ fromSeconds: 600, toSeconds: 2800 },
  });
  expect(estimateFrom({ ...nothing, restoreBytes: GB, restoreGuess })).toEqual({
    ...{ kind: 'guessed', basis: 'backups' },
    ...restoreGuess,
  });
});
