import type { Arrangement } from './arrangement.ts';

/** A secondary that lags further behind is out of order. */
const longestLagMs = 60 * 60_000;

export interface Reserves {
  /** Into `arrangement.sets`: log backups to go on with, should those before end too early. */
  readonly indexes: readonly number[];
  /** The history ends before a log backup that a lagging secondary cannot have cut short. */
  readonly isOpen: boolean;
}

/**
 * A log backup of a secondary covers what that had received, not what the primary had committed: behind the one that should reach
 * the moment the next ones follow, up to one of the primary or one that started so late that no lag matters.
 */
export function findReserves(arrangement: Arrangement, chain: readonly number[], proof: number, at: number): Reserves {
  const { times } = arrangement;
  const indexes: number[] = [];
  const isDoubtful = (log: number) =>
    (times[log]?.coveredUntil ?? Infinity) < (times[log]?.isFromReplica === true ? at + longestLagMs : at);
  let last = chain.at(-1) ?? proof;
  let covering = proof;
  while (isDoubtful(covering)) {
    const next = findNext(arrangement, last, at);
    if (next < 0) return { indexes, isOpen: true };
    indexes.push(next);
    last = next;
    covering = next;
  }
  return { indexes, isOpen: false };
}

/** The log backup that joins and reaches least far; one that cannot be stopped at the moment is no help. */
function findNext({ times, fork, firstPosition, position }: Arrangement, last: number, at: number): number {
  const from = position[last] ?? 0;
  return times.findIndex(
    ({ wholeUntil }, next) =>
      (firstPosition[next] ?? 0) <= from &&
      (position[next] ?? 0) > from &&
      fork[next] === fork[last] &&
      wholeUntil <= at,
  );
}
