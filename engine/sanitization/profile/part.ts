import type { ProfileLine } from '../../contracts.ts';
import type { ReadSession } from '../../environments/provider.ts';

/** One part of the profile, written to the copy. */
export interface WrittenPart {
  readonly line: ProfileLine;
  /** Counts what is not as it was written, on a session of the caller's own; what it compares with stays in memory. */
  readonly prove: (session: ReadSession) => Promise<number>;
  readonly table: string;
  readonly written: readonly Written[];
}

/** Rows that stand otherwise than the packs leave them, by a key that says nothing of anybody: ids of users, names, record numbers. */
export interface Written {
  readonly table: string;
  readonly key: string;
  readonly keys: readonly string[];
  /** Which columns were written; absent: the rows themselves are new. */
  readonly columns?: readonly string[];
}

/** How many members of two collections have no partner in the other. */
export function differing(expected: readonly string[], found: readonly string[]): number {
  const open = new Map<string, number>();
  for (const each of expected) open.set(each, (open.get(each) ?? 0) + 1);
  for (const each of found) open.set(each, (open.get(each) ?? 0) - 1);
  return [...open.values()].reduce((sum, each) => sum + Math.abs(each), 0);
}
