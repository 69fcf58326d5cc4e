import type { Estimate, Run } from '../contracts.ts';
import type { Span } from '../environments/provider.ts';

/** What a duration is reckoned from; runs have ended well. */
export interface Precedents {
  /** Earlier refreshes of the same target. */
  readonly own: readonly Run[];
  /** Of other sandboxes on the same platform. */
  readonly others: readonly Run[];
  /** To be restored this time. */
  readonly restoreBytes?: number | undefined;
  /** What the platform makes of its backups. */
  readonly restoreGuess?: Span | undefined;
}

/** Fewer than this say little about how much one refresh differs from the next. */
const FEW = 3;
const WIDENED = 0.2;
/** Between two sandboxes of one platform. */
const UNLIKE = 0.4;

/**
 * How long a refresh may take, always as a range: from earlier ones of the same target by size; on the first run the restore alone,
 * from what other sandboxes restored or else from how long the backups took; unknown where nothing tells.
 */
export function estimateFrom({ own, others, restoreBytes, restoreGuess }: Precedents): Estimate {
  const seconds = own.flatMap((run) => secondsAt(run, restoreBytes) ?? []);
  if (seconds.length > 0) {
    const widened = seconds.length < FEW ? WIDENED : 0;
    return {
      kind: 'known',
      ...{ fromSeconds: Math.min(...seconds) * (1 - widened), toSeconds: Math.max(...seconds) * (1 + widened) },
      unavailableSeconds: Math.max(...own.map(({ figures }) => figures.unavailableSeconds ?? 0)),
      runs: seconds.length,
    };
  }
  const rates = others.flatMap((run) => rateOf(run) ?? []);
  if (rates.length > 0 && restoreBytes !== undefined)
    return {
      ...{ kind: 'guessed', basis: 'other-sandboxes', runs: rates.length },
      fromSeconds: (restoreBytes / Math.max(...rates)) * (1 - UNLIKE),
      toSeconds: (restoreBytes / Math.min(...rates)) * (1 + UNLIKE),
    };
  return restoreGuess ? { kind: 'guessed', basis: 'backups', ...restoreGuess } : { kind: 'unknown' };
}

/** The work of an earlier refresh, its restore stretched to the size of this one. What people made it wait for is none of it. */
function secondsAt({ figures, plan }: Run, restoreBytes: number | undefined): number | undefined {
  const { totalSeconds, waitedSeconds = 0, restoreSeconds = 0 } = figures;
  const worked = figures.workSeconds ?? (totalSeconds === undefined ? undefined : totalSeconds - waitedSeconds);
  const before = plan?.restoreBytes;
  if (worked === undefined || !before || restoreBytes === undefined) return worked;
  return worked + restoreSeconds * (restoreBytes / before - 1);
}

/** Bytes per second of a restore. */
function rateOf({ figures: { restoreSeconds }, plan }: Run): number | undefined {
  return restoreSeconds && plan?.restoreBytes ? plan.restoreBytes / restoreSeconds : undefined;
}
