import type { Clock } from '../../../clock.ts';
import { DATABASE_ROLES, type RecoveryGap, type RecoveryWindow, type Source, type Survey } from '../../../contracts.ts';
import { earliestMoment } from '../../../recovery/earliestMoment.ts';
import type { RecoveryWords } from '../../../recovery/refuseUnreachable.ts';
import { findGaps } from '../chain/gaps.ts';
import { findRecoveryWindows } from '../chain/recoveryWindows.ts';
import { formatInstant } from '../chain/serverTime.ts';
import { newestOf, type SourceHistory } from './history.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** `datetime` holds thirds of hundredths: STOPAT is rounded down by up to 3 ms. */
const PRECISION_MS = 4;

/** Moments that both databases reach, within the retention; a gap of either is a gap. */
export function surveyHistory(source: Source, history: SourceHistory, clock: Clock): Survey {
  const now = clock.now();
  const earliest = earliestMoment(source, now);
  const perDatabase = DATABASE_ROLES.map((role) => {
    const windows = findRecoveryWindows(history[role]);
    const name = history[role].history.databaseName;
    return {
      windows,
      gaps: findGaps(history[role], windows).map(({ from, to, reason }) => ({
        from,
        to,
        reason: `${name}: ${reason}`,
      })),
    };
  });
  const shared = perDatabase.map(({ windows }): readonly Span[] => windows).reduce(intersect);
  const windows = clip(shared, earliest, Date.parse(now));
  const sizeBytes = DATABASE_ROLES.map((role) => Number(newestFullOf(history, role)?.sizeBytes ?? 0)).reduce(
    (a, b) => a + b,
  );
  return {
    source: source.name,
    measuredAt: now,
    windows: windows.map(asInstants),
    gaps: gapsBetween(
      windows,
      perDatabase.flatMap(({ gaps }) => gaps),
    ),
    precisionMs: PRECISION_MS,
    ...(sizeBytes > 0 ? { sizeBytes } : {}),
    ...(history.notes.length > 0 ? { notes: history.notes } : {}),
  };
}

function newestFullOf(history: SourceHistory, role: (typeof DATABASE_ROLES)[number]) {
  const arrangement = history[role];
  return newestOf({ ...arrangement, sets: arrangement.sets.filter(({ type }) => type === 'full') });
}

function intersect(left: readonly Span[], right: readonly Span[]): Span[] {
  return left.flatMap((one) =>
    right.flatMap((other) => {
      const from = Math.max(one.from, other.from);
      const to = Math.min(one.to, other.to);
      return from <= to ? [{ from, to }] : [];
    }),
  );
}

/** A clock of production that runs ahead must not offer moments that have not come yet. */
const clip = (spans: readonly Span[], earliest: number, latest: number): Span[] =>
  intersect(spans, [{ from: earliest, to: latest }]);

function gapsBetween(windows: readonly Span[], known: readonly (Span & { readonly reason: string })[]): RecoveryGap[] {
  return windows.slice(1).flatMap((next, index) => {
    const previous = windows[index];
    if (previous === undefined) return [];
    const reasons = known.filter(({ from, to }) => from < next.from && to > previous.to).map(({ reason }) => reason);
    const reason = [...new Set(reasons)].join('; ') || 'the two databases have no moment in common there';
    return [{ from: formatInstant(previous.to), to: formatInstant(next.from), reason }];
  });
}

const asInstants = ({ from, to }: Span): RecoveryWindow => ({ from: formatInstant(from), to: formatInstant(to) });

/** What the engine says of a moment that no window holds. */
export const sqlServerWords: RecoveryWords = {
  noWindow: 'no moment is reachable with the backups that are known',
  after: (last) => `no log backup covers anything later than ${last} yet`,
};
