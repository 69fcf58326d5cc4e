import type { Instant, RecoveryGap, Survey } from '../../engine/contracts.ts';

/** Whether a source can be restored to a moment, as far as its last survey knows. */
export type Reach =
  | { readonly kind: 'reachable' }
  | { readonly kind: 'future' }
  | { readonly kind: 'unsurveyed' }
  | {
      readonly kind: 'unreachable';
      /** The gap the moment lies in, when it lies in one. */
      readonly gap?: RecoveryGap;
      readonly side: 'before' | 'after' | 'gap';
      /** Nearest reachable moments: at most one before and one after. */
      readonly nearest: readonly Instant[];
    };

export function reach(at: Instant, survey: Survey | undefined, now: Instant): Reach {
  if (at > now) return { kind: 'future' };
  if (!survey || survey.windows.length === 0) return { kind: 'unsurveyed' };
  const { windows } = survey;
  if (windows.some(({ from, to }) => from <= at && at <= to)) return { kind: 'reachable' };
  const before = windows.findLast(({ to }) => to < at)?.to;
  const after = windows.find(({ from }) => from > at)?.from;
  return {
    kind: 'unreachable',
    gap: survey.gaps.find(({ from, to }) => from <= at && at <= to),
    side: before === undefined ? 'before' : after === undefined ? 'after' : 'gap',
    nearest: [before, after].filter((moment) => moment !== undefined),
  };
}
