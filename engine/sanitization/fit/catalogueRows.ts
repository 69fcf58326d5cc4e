import { z } from 'zod';

/** Both drivers hand out some numbers as text, and SQL Server's bits as booleans or numbers. */
export const flag = z.union([
  z.boolean(),
  z.literal([0, 1, '0', '1', 't', 'f']).transform((value) => ['1', 't'].includes(String(value))),
]);
const number = z.coerce.number().int();
const optionalNumber = number.nullish().transform((value) => value ?? undefined);
const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
/** `has_table_privilege` and HAS_PERMS_BY_NAME: NULL where the right is unknown to the server's version. */
const may = flag.nullish().transform((value) => value ?? true);
const unless = flag.nullish().transform((value) => value ?? false);

/** One row of each question that the catalogue is asked, the same in both dialects. */
export const catalogueRows = {
  tables: z.object({
    id: number,
    schema: z.string(),
    table: z.string(),
    kind: z.enum(['table', 'partitioned', 'foreign', 'ledger', 'memory-optimized']),
    hides_rows: unless,
    history_id: optionalNumber,
    is_tracked: unless,
    is_captured: unless,
    may_select: may,
    may_update: may,
    may_delete: may,
    may_alter: may,
    may_unmask: may,
    sees_everything: may,
  }),
  columns: z.object({
    id: number,
    column: z.string(),
    type: z.string(),
    base: z.string().nullish(),
    length: optionalNumber,
    precision: optionalNumber,
    scale: optionalNumber,
    is_nullable: flag,
    is_computed: flag,
    definition: optionalText,
    is_server_made: flag,
    is_encrypted: unless,
    is_masked: unless,
    is_partition_key: unless,
    collation: optionalText,
    is_loose: unless,
    may_select: may,
    may_update: may,
  }),
  indexes: z.object({
    id: number,
    index: z.string(),
    position: number,
    key: z.string(),
    column: optionalText,
    reads: z
      .array(z.string())
      .nullish()
      .transform((value) => value ?? []),
    filter: optionalText,
    nulls_are_equal: flag,
  }),
  checks: z.object({ id: number, name: z.string(), definition: z.string(), is_unproved: unless }),
  foreignKeys: z.object({
    id: number,
    name: z.string(),
    schema: z.string(),
    table: z.string(),
    column: z.string(),
    to_id: number,
    to_schema: z.string(),
    to_table: z.string(),
    to_column: z.string(),
    position: number,
  }),
  triggers: z.object({
    id: number,
    name: z.string(),
    kind: z.enum(['trigger', 'rule']),
    state: z.enum(['on', 'always', 'replica', 'off']),
    text: optionalText,
  }),
  policies: z.object({ id: number }),
  views: z.object({
    /** NULL for a materialized view of which nobody knows what it reads. */
    id: optionalNumber,
    schema: z.string(),
    view: z.string(),
    kind: z.enum(['view', 'materialized', 'indexed']),
    is_filled: flag,
    depth: number,
  }),
  parts: z.object({ id: number, part_id: number }),
  statistics: z.object({ id: number, schema: z.string(), name: z.string(), definition: z.string() }),
} as const;

export type CatalogueRow<Kind extends keyof typeof catalogueRows> = z.infer<(typeof catalogueRows)[Kind]>;
