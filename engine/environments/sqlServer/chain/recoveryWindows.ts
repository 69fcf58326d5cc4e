import { finishedAt } from './arrangement.ts';
import type { Arrangement } from './arrangement.ts';
import { walkLogs } from './logWalk.ts';
import { lowerBound } from './lsnOrder.ts';

/** From the first to the last reachable moment, both inclusive, milliseconds since 1970. */
export interface ReachableWindow {
  readonly from: number;
  readonly to: number;
  /** The backup that carries the window to its end; -1 when two recovery paths end it. */
  readonly lastBackup: number;
}

/**
 * Every moment that a restore chain reaches, ascending; windows do not touch.
 * In the simple recovery model the windows are the ends of the backups.
 */
export function findRecoveryWindows(arrangement: Arrangement): readonly ReachableWindow[] {
  const { windows, shared } = separate(findForkWindows(arrangement));
  return mergeWindows([...windows, ...findMoments(arrangement, [...windows, ...shared])]);
}

/** Per recovery fork, what its log backups cover: the earliest moment from which they can be joined, up to their coverage. */
function findForkWindows(arrangement: Arrangement): ReachableWindow[][] {
  const { sets, times, fork, bridgeStart } = arrangement;
  const { value } = walkLogs(arrangement, {
    start: (base) => (sets[base]?.isSimpleRecovery === true ? Infinity : finishedAt(arrangement, base)),
    apply: (log, before) => Math.max(before, times[log]?.wholeUntil ?? Infinity),
    cross: (log, before) => Math.max(before, (bridgeStart[fork[log] ?? 0] ?? Infinity) + 1),
  });

  // Log backups of one chain share their beginning: only the furthest of them counts.
  const furthest = Array.from(bridgeStart, () => new Map<number, ReachableWindow>());
  for (const index of sets.keys()) {
    const from = value[index] ?? Infinity;
    const to = times[index]?.coveredUntil ?? -Infinity;
    const windows = furthest[fork[index] ?? 0];
    if (from <= to && to >= (windows?.get(from)?.to ?? -Infinity)) windows?.set(from, { from, to, lastBackup: index });
  }
  return furthest.map((windows) => mergeWindows([...windows.values()]));
}

/** Splits what one fork covers alone from what several cover at once. */
function separate(perFork: readonly (readonly ReachableWindow[])[]) {
  const windows: ReachableWindow[] = [];
  const shared: ReachableWindow[] = [];
  const bounds = perFork.flat().flatMap((window) => [
    { at: window.from, window, opens: true },
    { at: window.to + 1, window, opens: false },
  ]);
  bounds.sort((left, right) => left.at - right.at);
  const open = new Set<ReachableWindow>();
  let from = -Infinity;
  for (const { at, window, opens } of bounds) {
    const [only] = open;
    if (only !== undefined && from < at) {
      const lastBackup = only.to === at - 1 ? only.lastBackup : -1;
      (open.size === 1 ? windows : shared).push({ from, to: at - 1, lastBackup });
    }
    from = at;
    if (opens) open.add(window);
    else open.delete(window);
  }
  return { windows, shared: mergeWindows(shared) };
}

/** The ends of full and differential backups that no log backup covers: reachable to the moment, without STOPAT. */
function findMoments(arrangement: Arrangement, taken: ReachableWindow[]): ReachableWindow[] {
  taken.sort((left, right) => left.from - right.from);
  const moments: ReachableWindow[] = [];
  for (const index of arrangement.sets.keys()) {
    if ((arrangement.baseRank[index] ?? -1) < 0) continue;
    const at = finishedAt(arrangement, index);
    const window = findWindow(taken, at);
    if (window === undefined || window.to < at) moments.push({ from: at, to: at, lastBackup: index });
  }
  return moments;
}

/** The last window that begins at or before `at`. */
export function findWindow(windows: readonly ReachableWindow[], at: number): ReachableWindow | undefined {
  return windows[lowerBound(windows.length, (place) => (windows[place]?.from ?? Infinity) <= at) - 1];
}

function mergeWindows(windows: ReachableWindow[]): ReachableWindow[] {
  windows.sort((left, right) => left.from - right.from);
  const merged: ReachableWindow[] = [];
  for (const window of windows) {
    const last = merged.at(-1);
    if (last === undefined || window.from > last.to + 1) {
      merged.push(window);
    } else if (window.to >= last.to) {
      merged[merged.length - 1] = { from: last.from, to: window.to, lastBackup: window.lastBackup };
    }
  }
  return merged;
}
