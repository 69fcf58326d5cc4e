import type { Instant, RecoveryGap, Survey } from '../contracts.ts';

/** Where a moment lies in what a source can be restored to, as far as the survey knows. */
export type MomentLocation =
  | { readonly kind: 'reachable' }
  /** Later than `now`; the nearest is the end of the last window. */
  | { readonly kind: 'future'; readonly nearest: readonly Instant[] }
  /** No moment at all is reachable. */
  | { readonly kind: 'no-window' }
  | {
      /** Before the first window, after the last one, or between two. */
      readonly kind: 'before' | 'after' | 'between';
      /** The known gap it lies in. */
      readonly gap?: RecoveryGap;
      /** Nearest reachable moments: at most one before and one after. */
      readonly nearest: readonly Instant[];
    };

export function locateMoment(
  at: Instant,
  { windows, gaps }: Pick<Survey, 'windows' | 'gaps'>,
  now: Instant,
): MomentLocation {
  const moment = Date.parse(at);
  const holds = ({ from, to }: { readonly from: Instant; readonly to: Instant }) =>
    Date.parse(from) <= moment && moment <= Date.parse(to);
  if (moment > Date.parse(now)) return { kind: 'future', nearest: windows.slice(-1).map(({ to }) => to) };
  if (windows.length === 0) return { kind: 'no-window' };
  if (windows.some(holds)) return { kind: 'reachable' };
  const before = windows.findLast(({ to }) => Date.parse(to) < moment)?.to;
  const after = windows.find(({ from }) => Date.parse(from) > moment)?.from;
  const gap = gaps.find(holds);
  return {
    kind: before === undefined ? 'before' : after === undefined ? 'after' : 'between',
    ...(gap && { gap }),
    nearest: [before, after].filter((instant) => instant !== undefined),
  };
}
