import type { BackupSet } from './backupSet.ts';

/** For sorting: ascending by `lastLsn`, the order in which backups can be restored. */
export function compareEnds(left: BackupSet, right: BackupSet): number {
  return compareLsns(left.lastLsn, right.lastLsn);
}

export const compareLsns = (left: bigint, right: bigint): number => Number(left - right);

/** The first of `count` places that is not `before`; all that are `before` come first. */
export function lowerBound(count: number, before: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
