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
  const { times, position } = arrangement;
  const indexes: number[] = [];
  const isDoubtful = (log: number) => {
    const { isFromReplica = false, coveredUntil = -Infinity } = times[log] ?? {};
    return coveredUntil < (isFromReplica ? at + longestLagMs : at);
  };
  let last = chain.at(-1) ?? proof;
  let covering = proof;
  while (isDoubtful(covering)) {
    const next = findNext(arrangement, last, position[last] ?? 0, at);
    if (next === undefined) return { indexes, isOpen: true };
    indexes.push(next);
    last = next;
    covering = next;
  }
  return { indexes, isOpen: false };
}

/** The log backup that joins and reaches least far; one that cannot be stopped at the moment is no help. */
function findNext(
  { sets, times, fork, firstPosition, position, isEmpty }: Arrangement,
  last: number,
  from: number,
  at: number,
) {
  for (let next = last + 1; next < sets.length; next += 1) {
    const joins = (firstPosition[next] ?? 0) <= from && (position[next] ?? 0) > from && fork[next] === fork[last];
    const isLog = sets[next]?.type === 'log' && isEmpty[next] === 0;
    if (joins && isLog && (times[next]?.wholeUntil ?? Infinity) <= at) return next;
  }
  return undefined;
}
