import type { Arrangement } from './arrangement.ts';
import { lowerBound } from './lsnOrder.ts';

/** What a walk looks for, as one number per backup: the smallest is kept, Infinity means "not this way". */
export interface WalkRule {
  /** The number a full or differential backup starts with. */
  start(base: number): number;
  /** The number after a log backup, from the one before it. */
  apply(log: number, before: number): number;
  /** The number on entering another recovery fork through this log backup. */
  cross(log: number, before: number): number;
}

export interface Walk {
  /** Per backup; Infinity where no chain arrives. */
  readonly value: Float64Array;
  /** Per backup, the one restored before it; -1 for bases. */
  readonly before: Int32Array;
}

/**
 * One pass over all backups in the order of their `last_lsn`, for all bases at once.
 *
 * A database that stands at position p of a fork takes a log backup when `first_lsn <= p < last_lsn` (else 4305 or 4326)
 * and the log backup begins on that fork (else 4330); it then stands at `last_lsn` of the log backup's last fork.
 * So of all positions reached so far a log backup sees those from its `first_lsn` on, and a position that is neither
 * later nor better than another will never be chosen again: what remains is a stack with ascending positions and values.
 */
export function walkLogs(arrangement: Arrangement, rule: WalkRule): Walk {
  const { position, firstPosition, forkPosition, fork, firstFork, baseRank, bridgeStart, isEmpty } = arrangement;
  const value = new Float64Array(position.length).fill(Infinity);
  const before = new Int32Array(position.length).fill(-1);
  const reached = Array.from(bridgeStart, createReached);

  const join = (log: number, onFork: number, from: number, to: number) => {
    const best = reached[onFork]?.best(from, to) ?? -1;
    if (best < 0) return;
    const arrived = value[best] ?? Infinity;
    const entered = onFork === fork[log] ? arrived : rule.cross(log, arrived);
    const next = isEmpty[log] === 1 ? entered : rule.apply(log, entered);
    if (next < (value[log] ?? Infinity)) {
      value[log] = next;
      before[log] = best;
    }
  };

  for (let index = 0; index < position.length; index += 1) {
    const here = position[index] ?? 0;
    const onto = fork[index] ?? 0;
    const first = firstPosition[index] ?? 0;
    if (isEmpty[index] === 1) {
      // It moves nothing; it only proves that nothing happened up to its start.
      if (firstFork[index] === onto) join(index, onto, here, here);
      continue;
    }
    if ((baseRank[index] ?? -1) >= 0) {
      value[index] = rule.start(index);
    } else {
      join(index, onto, first, here - 1);
      const bridge = forkPosition[index] ?? -1;
      if (bridge >= 0) join(index, firstFork[index] ?? 0, first, bridge);
    }
    const own = value[index] ?? Infinity;
    if (own < Infinity) reached[onto]?.add(here, own, index);
  }
  return { value, before };
}

/** Positions reached on one fork. Additions ascend. */
function createReached() {
  const positions: number[] = [];
  const values: number[] = [];
  const indexes: number[] = [];
  // Bridges ask for a range that ends before the latest position; the stack has forgotten parts of it.
  const all: { readonly position: number; readonly value: number; readonly index: number }[] = [];

  return {
    add(position: number, value: number, index: number): void {
      all.push({ position, value, index });
      while ((values.at(-1) ?? NaN) >= value) {
        positions.pop();
        values.pop();
        indexes.pop();
      }
      positions.push(position);
      values.push(value);
      indexes.push(index);
    },

    /** Index of the best backup that ends within the positions; -1 when there is none. */
    best(from: number, to: number): number {
      if ((positions.at(-1) ?? -1) <= to) {
        const at = lowerBound(positions.length, (middle) => (positions[middle] ?? 0) < from);
        return indexes[at] ?? -1;
      }
      const within = all.slice(
        lowerBound(all.length, (place) => (all[place]?.position ?? 0) < from),
        lowerBound(all.length, (place) => (all[place]?.position ?? 0) <= to),
      );
      return within.sort((left, right) => left.value - right.value)[0]?.index ?? -1;
    },
  };
}
