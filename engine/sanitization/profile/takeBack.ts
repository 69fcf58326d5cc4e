import { z } from 'zod';
import type { Session } from '../../environments/provider.ts';
import { restTables, wakeTables } from '../passes/rest/restTables.ts';
import { speakExactly, type ExactValue } from '../target/exactValues.ts';
import { isSecret, openTables, readRows, textIn, updateRows, type TableSide } from './rows.ts';

/** Columns of a row as they stood before the profile wrote to them: what the packs had left. */
const standing = z.object({
  table: z.string(),
  key: z.string(),
  value: z.string(),
  columns: z.record(z.string(), z.string().nullable()),
});
type Standing = z.infer<typeof standing>;

/** Is told of rows before the profile changes columns of theirs, by the values of a key. */
export type Remember = (
  side: TableSide,
  key: string,
  rows: readonly string[],
  columns: readonly string[],
) => Promise<void>;

/** `keep` is handed all that was remembered so far, as a text for `takeBack`. */
export function rememberIn(copy: Session, keep: (text: string) => Promise<void>): Remember {
  const all: Standing[] = [];
  return async (side, key, rows, columns) => {
    const found = await readRows(copy, side, [key, ...columns], { column: key, values: rows });
    if (found.length === 0) return;
    for (const row of found) {
      const own = columns.map((column) => [column, kept(side, column, row[column] ?? null)] as const);
      all.push({ table: side.scope.table, key, value: textIn(row, key), columns: Object.fromEntries(own) });
    }
    await keep(JSON.stringify(all));
  };
}

const BYTES = new Set(['bytea', 'varbinary', 'binary', 'image']);
const TEXTS = new Set(['varchar', 'nvarchar', 'char', 'nchar', 'bpchar', 'text', 'citext', 'large-text']);

/** Of bytes and secrets nothing is kept: they are taken back to nothing. */
function kept({ columns }: TableSide, column: string, value: ExactValue): string | null {
  const { base = '', isNullable = false } = columns.get(column) ?? {};
  if (value instanceof Uint8Array || BYTES.has(base) || (TEXTS.has(base) && isSecret(column)))
    return isNullable ? null : '';
  return value;
}

/** Sets back what an earlier attempt wrote, the last first: a row may have been written twice. Safe to repeat. */
export async function takeBack(copy: Session, text: string): Promise<void> {
  const all = z.array(standing).parse(JSON.parse(text)).toReversed();
  if (all.length === 0) return;
  await speakExactly(copy);
  const tables = await openTables(copy, [...new Set(all.map(({ table }) => table))]);
  const places = [...tables.values()].map(({ scope: { schema, table } }) => ({ schema, table }));
  await restTables(copy, places);
  for (const { table, key, value, columns } of all) {
    const side = tables.get(table.toUpperCase());
    if (side === undefined) continue;
    const set = Object.entries(columns).map(
      ([column, each]) =>
        [column, each === '' && BYTES.has(side.columns.get(column)?.base ?? '') ? new Uint8Array() : each] as const,
    );
    await copy.execute(updateRows(side, Object.fromEntries(set), { column: key, value }));
  }
  await wakeTables(copy, places);
}
