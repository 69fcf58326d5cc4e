import { z } from 'zod';
import { catalogueRows, type CatalogueRow } from './catalogueRows.ts';

const bit = z
  .union([z.boolean(), z.coerce.number()])
  .nullish()
  .transform((value) => Boolean(value));
const count = z.coerce.number().int().nullish();
const text = z.string().nullish();

/** `sys.tables`, as the server's version has it. */
const table = z
  .looseObject({
    object_id: z.coerce.number().int(),
    name: z.string(),
    schema: z.string(),
    temporal_type: count,
    history_table_id: count,
    is_tracked_by_cdc: bit,
    is_memory_optimized: bit,
    is_external: bit,
    is_filetable: bit,
    ledger_type: count,
    tracked_id: count,
  })
  .transform((row) =>
    catalogueRows.tables.parse({
      ...row,
      id: row.object_id,
      table: row.name,
      kind: row.ledger_type
        ? 'ledger'
        : row.is_memory_optimized
          ? 'memory-optimized'
          : row.is_external
            ? 'foreign'
            : 'table',
      history_id: row.temporal_type === 2 ? row.history_table_id : null,
      is_tracked: typeof row.tracked_id === 'number',
      is_captured: row.is_tracked_by_cdc,
    }),
  );

/** `sys.columns`, as the server's version has it. */
const column = z
  .looseObject({
    object_id: z.coerce.number().int(),
    name: z.string(),
    base: text,
    max_length: z.coerce.number().int(),
    precision: z.coerce.number().int(),
    scale: z.coerce.number().int(),
    is_nullable: bit,
    is_identity: bit,
    is_computed: bit,
    generated_always_type: count,
    encryption_type: count,
    is_masked: bit,
    collation_name: text,
  })
  .transform((row) => {
    const base = row.base?.toLowerCase() ?? '';
    return catalogueRows.columns.parse({
      ...row,
      id: row.object_id,
      column: row.name,
      // `text` without the n is another type than PostgreSQL's, one that no operator compares.
      base: base === 'text' || base === 'ntext' ? 'large-text' : base,
      type: declared(base, row),
      length: lengthOf(base, row.max_length),
      precision: row.precision,
      scale: row.scale,
      is_server_made: row.is_identity || Boolean(row.generated_always_type) || base === 'timestamp',
      is_encrypted: typeof row.encryption_type === 'number',
      collation: row.collation_name,
      is_loose: typeof row.collation_name === 'string' && !/_BIN2?(_UTF8)?$/i.test(row.collation_name),
    });
  });

interface Size {
  readonly max_length: number;
  readonly precision: number;
  readonly scale: number;
}

function declared(base: string, { max_length, precision, scale }: Size): string {
  if (base === 'decimal' || base === 'numeric') return `${base}(${String(precision)},${String(scale)})`;
  if (base === 'datetime2' || base === 'datetimeoffset' || base === 'time') return `${base}(${String(scale)})`;
  if (!SIZED.has(base)) return base;
  return `${base}(${max_length < 0 ? 'max' : String(lengthOf(base, max_length))})`;
}

const SIZED = new Set(['char', 'varchar', 'nchar', 'nvarchar', 'binary', 'varbinary']);

/** In characters; nvarchar counts two bytes for each, and -1 is without a limit. */
function lengthOf(base: string, bytes: number): number | null {
  if (!SIZED.has(base) || bytes < 0) return null;
  return base.startsWith('n') ? bytes / 2 : bytes;
}

export const sqlServerRows = { ...catalogueRows, tables: table, columns: column } satisfies {
  readonly [Kind in keyof typeof catalogueRows]: z.ZodType<CatalogueRow<Kind>>;
};
