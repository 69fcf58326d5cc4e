import { z } from 'zod';
import { sql, type CompiledQuery } from 'kysely';
import type { Dialect, ReadSession } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import { DEFAULT_SCHEMA } from './queryBuilder.ts';

export interface Column {
  readonly family: 'text' | 'binary' | 'number' | 'other';
  /** How many characters a text may have, where there is a limit. */
  readonly maxLength?: number;
  readonly isNullable: boolean;
  /** The server makes its values itself: computed, identity, row version. */
  readonly isGenerated: boolean;
  /** geography, geometry, hierarchyid, or a type of an assembly: the driver reads bytes that it cannot send back. */
  readonly isClr: boolean;
}
/** By name in upper case. */
export type TableColumns = ReadonlyMap<string, Column>;
/** A table, by the names that the database itself gives it and its schema. */
export interface Place {
  readonly schema: string;
  readonly table: string;
}
export interface Table extends Place {
  readonly columns: TableColumns;
}
/** The tables of one name (in upper case), one per schema that has it, that of Finance & Operations first. */
export type Catalogue = ReadonlyMap<string, readonly Table[]>;

/** Looks up which of `tables` exist as base tables, in whichever schemas, with their columns. */
export async function readCatalogue(session: ReadSession, tables: readonly string[]): Promise<Catalogue> {
  const rows = await session.select(describeTables(session.dialect, [...new Set(tables)]));
  const catalogue = new Map<string, Table[]>();
  const byPlace = Map.groupBy(
    rows.map((row) => describedColumn.parse(row)),
    (each) => JSON.stringify([each.table_schema, each.table_name]),
  );
  for (const columns of byPlace.values()) {
    const [{ table_schema: schema, table_name: table } = { table_schema: '', table_name: '' }] = columns;
    const described = columns.map((each) => [each.column_name.toUpperCase(), columnOf(each, session.dialect)] as const);
    const namesakes = catalogue.get(table.toUpperCase()) ?? [];
    catalogue.set(table.toUpperCase(), namesakes);
    const isMain = schema === DEFAULT_SCHEMA[session.dialect];
    namesakes.splice(isMain ? 0 : namesakes.length, 0, { schema, table, columns: new Map(described) });
  }
  return catalogue;
}

function columnOf(each: z.infer<typeof describedColumn>, dialect: Dialect): Column {
  return {
    family: familyOf(each.data_type ?? ''),
    ...(each.max_length === null || each.max_length <= 0 ? {} : { maxLength: each.max_length }),
    isClr: each.data_type === null,
    isNullable: each.is_nullable,
    isGenerated: each.is_generated || (each.data_type === 'timestamp' && dialect === 'mssql'),
  };
}

const flag = z.union([z.boolean(), z.literal([0, 1, '0', '1']).transform((value) => Number(value) === 1)]);
const describedColumn = z.object({
  table_schema: z.string(),
  table_name: z.string(),
  column_name: z.string(),
  /** Null for a CLR type: no basic type stands behind it. */
  data_type: z.string().toLowerCase().nullable(),
  /** Characters of text; null for all else and where there is no limit. */
  max_length: z.coerce.number().int().nullable(),
  is_nullable: flag,
  is_generated: flag,
});

/** The server's own schemas, and the one in which Rewind keeps what it needs while it sanitizes. */
const NOT_OF_THE_COMPANY = {
  mssql: ['sys', 'INFORMATION_SCHEMA', 'rewind'],
  postgres: ['information_schema', 'rewind'],
} as const satisfies Record<Dialect, readonly string[]>;

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
          's.name as table_schema',
          't.name as table_name',
          'c.name as column_name',
          'y.name as data_type',
          // Bytes, two for a character of Unicode; -1 without a limit.
          when()
            .when(eb('y.name', 'in', ['nvarchar', 'nchar']))
            .then(eb('c.max_length', '/', eb.lit(2)))
            .when(eb('y.name', 'in', ['varchar', 'char']))
            .then(eb.ref('c.max_length'))
            .end()
            .as('max_length'),
          'c.is_nullable as is_nullable',
          when()
            .when(or([eb('c.is_computed', '=', 1), eb('c.is_identity', '=', 1)]))
            .then(eb.lit(1))
            .else(eb.lit(0))
            .end()
            .as('is_generated'),
        ])
        .where('s.name', 'not in', NOT_OF_THE_COMPANY.mssql)
        .where('t.name', 'in', tables)
        .orderBy('s.name')
        .orderBy('t.name')
        .orderBy('c.column_id')
        .compile();
    case 'postgres':
      // Not information_schema: it takes a hundred times as long, and is silent about what this account may not touch.
      return sql`
        select n.nspname as table_schema, c.relname as table_name, a.attname as column_name, format_type(b.oid, null) as data_type,
          case when b.typname in ('varchar', 'bpchar') and m.typmod > 4 then m.typmod - 4 end as max_length,
          not (a.attnotnull or t.typnotnull) as is_nullable, a.attgenerated <> '' or a.attidentity <> '' as is_generated
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_catalog.pg_type t on t.oid = a.atttypid
        join pg_catalog.pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
        cross join lateral (select case when t.typtype = 'd' then t.typtypmod else a.atttypmod end as typmod) m
        where c.relname = any(${[...tables]}::name[]) and c.relkind in ('r', 'p') and c.relpersistence <> 't'
          and n.nspname <> all(${[...NOT_OF_THE_COMPANY.postgres]}::name[]) and n.nspname not like 'pg\\_%'
        order by n.nspname, c.relname, a.attnum`.compile(db);
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
