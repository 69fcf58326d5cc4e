import type { Arrangement } from './arrangement.ts';
import { createGapExplainer, describeGap } from './gapReasons.ts';
import type { ReachableWindow } from './recoveryWindows.ts';

/** The moments strictly between two windows, milliseconds since 1970. */
export interface UnreachableGap {
  readonly from: number;
  readonly to: number;
  /** One sentence without a full stop. */
  readonly reason: string;
}

/** Why each window ends where it ends; nothing is said about the time after the last one. */
export function findGaps(arrangement: Arrangement, windows: readonly ReachableWindow[]): readonly UnreachableGap[] {
  if (windows.length < 2) return [];
  const explain = createGapExplainer(arrangement);
  return windows.slice(1).flatMap((next, index) => {
    const previous = windows[index];
    if (previous === undefined) return [];
    const reason = describeGap(explain(previous.lastBackup, previous.to + 1));
    return [{ from: previous.to, to: next.from, reason }];
  });
}
