import type { LoginList } from '../contracts.ts';

/** A plan keeps no more names than people read; how many there are, it says all the same. */
const KEPT = 20;

export function loginList(names: readonly string[]): LoginList {
  const each = [...new Set(names)].toSorted();
  return { names: each.slice(0, KEPT), count: each.length };
}
