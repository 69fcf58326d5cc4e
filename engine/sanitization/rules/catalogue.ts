import { z } from 'zod';
import type { CompiledQuery } from 'kysely';
import type { Dialect, ReadSession } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import { SCHEMA } from './queryBuilder.ts';

export interface Column {
  readonly family: 'text' | 'binary' | 'number' | 'other';
  readonly isNullable: boolean;
  /** The server makes its values itself: computed, identity, row version. */
  readonly isGenerated: boolean;
  /** geography, geometry, hierarchyid, or a type of an assembly: the driver reads bytes that it cannot send back. */
  readonly isClr: boolean;
}
export type TableColumns = ReadonlyMap<string, Column>;
/** Columns per table, only of tables that exist; names in upper case. */
export type Catalogue = ReadonlyMap<string, TableColumns>;

/** Looks up which of `tables` exist as base tables, with their columns. */
export async function readCatalogue(session: ReadSession, tables: readonly string[]): Promise<Catalogue> {
  const rows = await session.select(describeTables(session.dialect, [...new Set(tables)]));
  const catalogue = new Map<string, Map<string, Column>>();
  for (const each of rows.map((row) => describedColumn.parse(row))) {
    const table = catalogue.get(each.table_name.toUpperCase()) ?? new Map<string, Column>();
    catalogue.set(each.table_name.toUpperCase(), table);
    table.set(each.column_name.toUpperCase(), {
      family: familyOf(each.data_type ?? ''),
      isClr: each.data_type === null,
      isNullable: each.is_nullable,
      isGenerated: each.is_generated || (each.data_type === 'timestamp' && session.dialect === 'mssql'),
    });
  }
  return catalogue;
}

const flag = z.union([z.boolean(), z.literal([0, 1, '0', '1']).transform((value) => Number(value) === 1)]);
const describedColumn = z.object({
  table_name: z.string(),
  column_name: z.string(),
  /** Null for a CLR type: no basic type stands behind it. */
  data_type: z.string().toLowerCase().nullable(),
  is_nullable: flag,
  is_generated: flag,
});

/** SQL Server's own catalogue instead of INFORMATION_SCHEMA: only it tells computed and identity columns. */
export function describeTables(dialect: Dialect, tables: readonly string[]): CompiledQuery {
  const db = offlineBuilder(dialect);
  switch (dialect) {
    case 'mssql':
      return db
        .selectFrom('sys.columns as c')
        .innerJoin('sys.tables as t', 't.object_id', 'c.object_id')
        .innerJoin('sys.schemas as s', 's.schema_id', 't.schema_id')
        .leftJoin('sys.types as y', 'y.user_type_id', 'c.system_type_id')
        .select(({ case: when, or, eb }) => [
          't.name as table_name',
          'c.name as column_name',
          'y.name as data_type',
          'c.is_nullable as is_nullable',
          when()
            .when(or([eb('c.is_computed', '=', 1), eb('c.is_identity', '=', 1)]))
            .then(eb.lit(1))
            .else(eb.lit(0))
            .end()
            .as('is_generated'),
        ])
        .where('s.name', '=', SCHEMA.mssql)
        .where('t.name', 'in', tables)
        .orderBy('t.name')
        .orderBy('c.column_id')
        .compile();
    case 'postgres':
      return db
        .selectFrom('information_schema.columns as c')
        .innerJoin('information_schema.tables as t', (join) =>
          join.onRef('t.table_schema', '=', 'c.table_schema').onRef('t.table_name', '=', 'c.table_name'),
        )
        .select(({ or, eb }) => [
          'c.table_name as table_name',
          'c.column_name as column_name',
          'c.data_type as data_type',
          eb('c.is_nullable', '=', 'YES').as('is_nullable'),
          or([eb('c.is_generated', '=', 'ALWAYS'), eb('c.is_identity', '=', 'YES')]).as('is_generated'),
        ])
        .where('c.table_schema', '=', SCHEMA.postgres)
        .where('t.table_type', '=', 'BASE TABLE')
        .where('c.table_name', 'in', tables)
        .orderBy('c.table_name')
        .orderBy('c.ordinal_position')
        .compile();
  }
}

const TYPES: Readonly<Record<string, Column['family']>> = {
  'character varying': 'text',
  character: 'text',
  text: 'text',
  varchar: 'text',
  nvarchar: 'text',
  char: 'text',
  nchar: 'text',
  bytea: 'binary',
  varbinary: 'binary',
  binary: 'binary',
  tinyint: 'number',
  smallint: 'number',
  integer: 'number',
  int: 'number',
  bigint: 'number',
  numeric: 'number',
  decimal: 'number',
  bit: 'number',
};

/** `ntext`, `image`, dates, xml, … cannot be compared with an empty value: `other`. */
function familyOf(dataType: string): Column['family'] {
  return TYPES[dataType] ?? 'other';
}
