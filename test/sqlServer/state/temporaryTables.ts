import type { TypedColumn } from '../sql/scope.ts';
import type { Value } from '../sql/types.ts';

/** A table whose name begins with `#`: one session's own, for as long as the batch or the text runs that made it. */
export interface TemporaryTable {
  readonly columns: readonly TypedColumn[];
  readonly rows: (readonly Value[])[];
}

export type TemporaryTables = Map<string, TemporaryTable>;

export const isTemporaryName = (parts: readonly string[]): boolean =>
  parts.length === 1 && parts[0]?.startsWith('#') === true;

export const temporaryTable = (tables: TemporaryTables, parts: readonly string[]): TemporaryTable | undefined =>
  isTemporaryName(parts) ? tables.get(keyOf(parts)) : undefined;

export const keyOf = (parts: readonly string[]): string => (parts[0] ?? '').toLowerCase();
