import type { Instant, Survey } from '../contracts.ts';
import { RecoveryPointUnreachableError } from '../environments/errors.ts';
import { locateMoment, type MomentLocation } from './locateMoment.ts';

/** What a platform calls its backups. */
export interface RecoveryWords {
  readonly noWindow: string;
  /** Why nothing after `last` is reachable. */
  readonly after: (last: Instant) => string;
}

/** @throws RecoveryPointUnreachableError with the reason and the nearest moments, unless a window holds `at` */
export function refuseUnreachable(survey: Survey, at: Instant, words: RecoveryWords): void {
  const location = locateMoment(at, survey, survey.measuredAt);
  if (location.kind === 'reachable') return;
  const nearest = 'nearest' in location ? location.nearest : [];
  throw new RecoveryPointUnreachableError(survey.source, at, describe(location, words), nearest);
}

function describe(location: Exclude<MomentLocation, { kind: 'reachable' }>, words: RecoveryWords): string {
  if (location.kind === 'future') return 'that moment lies in the future';
  if (location.kind === 'no-window') return words.noWindow;
  const { gap, nearest } = location;
  if (gap !== undefined) return `it lies in a gap from ${gap.from} to ${gap.to}: ${gap.reason}`;
  const [nearestBefore = '', nearestAfter = ''] = nearest;
  switch (location.kind) {
    case 'before':
      return `the recovery window begins at ${nearestBefore}`;
    case 'after':
      return words.after(nearestBefore);
    case 'between':
      return `nothing between ${nearestBefore} and ${nearestAfter} can be reached`;
  }
}
