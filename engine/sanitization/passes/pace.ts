/** Of one part: how large it was, and what became of it. `struck`: the platform broke it off. */
export type Outcome =
  | { readonly kind: 'done'; readonly size: number; readonly ms: number | undefined }
  | { readonly kind: 'struck'; readonly size: number };

export interface Limits {
  readonly most: number;
  readonly goalMs: number;
}

/**
 * Longer than a part takes where nothing holds it up (a second or two, at 100,000 rows). Azure SQL slows down what writes more log than
 * its service objective admits, and what it breaks off is lost.
 */
export const GOAL_MS = 20_000;

/**
 * How large the next part is, from 1 to `most`: what was broken off is halved; what took longer than the goal becomes what would have
 * met it; what took less than half of it is doubled.
 */
export function nextSize(size: number, outcome: Outcome, { most, goalMs }: Limits): number {
  const within = (wanted: number) => Math.max(1, Math.min(most, Math.floor(wanted)));
  if (outcome.kind === 'struck') return within(Math.min(size, outcome.size) / 2);
  const { ms, size: done } = outcome;
  if (ms === undefined) return within(size);
  if (ms > goalMs) return within(Math.min(size, (done * goalMs) / ms));
  // The last part of a table is smaller than it might be, and says less.
  return within(ms <= goalMs / 2 && done >= size ? size * 2 : size);
}
