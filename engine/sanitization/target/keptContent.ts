import type { ReadSession } from '../../environments/provider.ts';
import type { Condition } from '../pack/conditionSchema.ts';
import { digestRows, type RowDigest } from './rowDigest.ts';
import { selectPage, type Side, type TargetRow } from './targetRows.ts';

/** So many rows of the target are in memory at a time. */
export const ROWS_PER_PAGE = 20_000;

export interface KeptSelection {
  readonly columns: readonly string[];
  readonly key: string;
  readonly where: readonly Condition[];
  readonly signal?: AbortSignal | undefined;
  readonly batchRows: number;
}

type ReadSide = Side & { readonly session: ReadSession };

/** At most one page is in memory, and with it the rows that share its last key. */
export async function* pagesOf(side: ReadSide, selection: KeptSelection): AsyncGenerator<readonly TargetRow[]> {
  const { columns, key, where, signal, batchRows } = selection;
  const read = [...new Set([...columns, key])];
  let after: TargetRow[string] | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const page = await side.session.select(selectPage(side, { columns: read, key, where, after, rows: batchRows }));
    if (page.length > 0) yield page;
    if (page.length < batchRows) return;
    after = page.at(-1)?.[key] ?? null;
  }
}

export async function contentOf(side: ReadSide, selection: KeptSelection): Promise<RowDigest> {
  const digest = digestRows(selection.columns, decimalsOf(side, selection.columns));
  for await (const page of pagesOf(side, selection)) page.forEach(digest.add);
  return digest;
}

export function decimalsOf({ columns }: Side, names: readonly string[]): ReadonlySet<string> {
  return new Set(names.filter((name) => (columns.get(name)?.scale ?? 0) > 0 || columns.get(name)?.base === 'numeric'));
}
