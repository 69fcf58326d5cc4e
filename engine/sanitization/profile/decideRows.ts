import type { ExactValue } from '../target/exactValues.ts';
import type { TargetRow } from '../target/targetRows.ts';
import { fold, isAdmin } from './accounts.ts';
import type { PlannedList } from './list.ts';
import { hashOf, isSecret, textIn } from './rows.ts';

/** What rows of the sandbox say: of what no secret could be guessed from. */
export const contentOf = (row: TargetRow, columns: readonly string[]): string => hashOf(saidBy(row, columns));

export const saidBy = (row: TargetRow, columns: readonly string[]): readonly unknown[] =>
  columns.filter((column) => !isSecret(column)).map((column) => [column, shown(row[column])]);

const shown = (value: ExactValue | undefined): unknown => (value instanceof Uint8Array ? 'bytes' : (value ?? null));

/** By the hash of its key: the row, or nothing where several have it. */
export function rowsByKey(rows: readonly TargetRow[], key: readonly string[]): ReadonlyMap<string, TargetRow> {
  const byKey = Map.groupBy(rows, (row) => hashOf(key.map((column) => folded(row[column]))));
  return new Map([...byKey].flatMap(([name, [row, ...others]]) => (row && others.length === 0 ? [[name, row]] : [])));
}

const folded = (value: ExactValue | undefined): unknown => (typeof value === 'string' ? fold(value) : value);

export interface SettingChange {
  /** Of the row of the copy. */
  readonly recId: string;
  readonly values: TargetRow;
}

/** What stood so in the sandbox at the plan and stands so now, for the rows of the copy with the same key. */
export function decideSettings(
  contents: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, TargetRow>,
  own: ReadonlyMap<string, TargetRow>,
  columns: readonly string[],
): readonly SettingChange[] {
  return [...contents].flatMap(([key, content]) => {
    const [row, into] = [given.get(key), own.get(key)];
    if (row === undefined || into === undefined || contentOf(row, columns) !== content) return [];
    return [{ recId: textIn(into, 'RECID'), values: Object.fromEntries(columns.map((c) => [c, row[c] ?? null])) }];
  });
}

/** Of the named rows, each that stands there once and does not act as Admin. */
export function namedRows(
  rows: readonly TargetRow[],
  named: readonly string[],
  { key, user }: { readonly key: string; readonly user: string | undefined },
): ReadonlyMap<string, TargetRow> {
  const wanted = new Set(named.map(fold));
  const byKey = Map.groupBy(rows, (row) => fold(textIn(row, key)));
  return new Map(
    [...byKey].flatMap(([name, [row, ...others]]) => {
      const isOne = row !== undefined && others.length === 0 && wanted.has(name);
      return isOne && !(user !== undefined && isAdmin(textIn(row, user))) ? [[name, row]] : [];
    }),
  );
}

export const contentsOf = (rows: ReadonlyMap<string, TargetRow>): PlannedList['clients'] =>
  [...rows].map(([key, row]) => ({ key, content: contentOf(row, Object.keys(row).toSorted()) }));

/** Of the rows that were so at the plan, those that are so now and are none of production's. */
export function decideOwnRows(
  planned: PlannedList['clients'],
  now: ReadonlyMap<string, TargetRow>,
  ofProduction: readonly string[],
): readonly TargetRow[] {
  const present = new Map(contentsOf(now).map(({ key, content }) => [key, content]));
  return planned.flatMap(({ key, content }) => {
    const row = now.get(key);
    return row !== undefined && present.get(key) === content && !ofProduction.includes(key) ? [row] : [];
  });
}
