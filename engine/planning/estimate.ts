import type { Estimate, Run } from '../contracts.ts';

/** How long earlier refreshes of the same target took; unknown on the first one rather than guessed. */
export function estimateFrom(earlier: readonly Run[]): Estimate {
  const figures = earlier.flatMap(({ figures: { totalSeconds, unavailableSeconds } }) =>
    totalSeconds === undefined ? [] : [{ totalSeconds, unavailableSeconds: unavailableSeconds ?? 0 }],
  );
  if (figures.length === 0) return { kind: 'unknown' };
  const totals = figures.map((one) => one.totalSeconds);
  return {
    kind: 'known',
    fromSeconds: Math.min(...totals),
    toSeconds: Math.max(...totals),
    unavailableSeconds: Math.max(...figures.map((one) => one.unavailableSeconds)),
    runs: figures.length,
  };
}
