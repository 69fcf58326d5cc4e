import { sql, type CompiledQuery } from 'kysely';
import { z } from 'zod';
import type { Dialect, ReadSession } from '../../environments/provider.ts';
import { offlineBuilder } from '../../sql.ts';
import { familyOf, type ColumnFact, type Unseen } from './columnFacts.ts';

/**
 * Every column of every table that holds rows of its own, by one question. Partitions and what children inherit stand in the
 * table above them, history in the table that it belongs to, and computed columns repeat others.
 */
export async function readColumns(session: ReadSession): Promise<readonly ColumnFact[]> {
  const rows = await session.select(columnsQuestion(session.dialect));
  return rows.map((row) => factOf(described.parse(row), session.dialect));
}

const flag = z
  .union([z.boolean(), z.coerce.number().transform((value) => value !== 0)])
  .nullish()
  .transform((value) => value ?? false);
const may = flag.nullish().transform((value) => value ?? true);

/** One column; what a server's version does not know is missing. */
const described = z.looseObject({
  schema: z.string(),
  table: z.string(),
  name: z.string(),
  base: z.string().nullish(),
  max_length: z.coerce.number().int().nullish(),
  is_nullable: flag,
  may_select: may,
  may_unmask: may,
  hides_rows: flag,
  is_masked: flag,
  encryption_type: z.coerce.number().nullish(),
});

function factOf(row: z.infer<typeof described>, dialect: Dialect): ColumnFact {
  const { schema, table, name: column, max_length: length, is_nullable: isNullable } = row;
  const type = row.base?.toLowerCase() ?? '';
  const family = familyOf(type);
  // SQL Server counts bytes, two for a character of Unicode, and -1 for no limit.
  const characters = (length ?? 0) / (dialect === 'mssql' && type.startsWith('n') ? 2 : 1);
  const unseen = unseenOf(row);
  return {
    ...{ schema, table, column, type, family, isNullable },
    ...(family === 'text' && characters > 0 && !['text', 'ntext'].includes(type) && { maxLength: characters }),
    ...(unseen !== undefined && { unseen }),
  };
}

function unseenOf(row: z.infer<typeof described>): Unseen | undefined {
  if (typeof row.encryption_type === 'number') return 'encrypted';
  if (!row.may_select) return 'no right to read it';
  if (row.hides_rows) return 'rows hidden by a policy';
  return row.is_masked && !row.may_unmask ? 'masked for this account' : undefined;
}

function columnsQuestion(dialect: Dialect): CompiledQuery {
  return QUESTIONS[dialect].compile(offlineBuilder(dialect));
}

const QUESTIONS = {
  // `c.*`: older servers refuse by name the columns that they do not have.
  mssql: sql`
    SELECT c.*, y.name AS base, s.name AS [schema], t.name AS [table],
      HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'SELECT', c.name, 'COLUMN') AS may_select,
      HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'UNMASK') AS may_unmask,
      CASE WHEN t.object_id IN (
        SELECT d.target_object_id FROM sys.security_predicates AS d
        JOIN sys.security_policies AS p ON p.object_id = d.object_id WHERE p.is_enabled = 1) THEN 1 ELSE 0 END AS hides_rows
    FROM sys.columns AS c
    JOIN sys.tables AS t ON t.object_id = c.object_id
    JOIN sys.schemas AS s ON s.schema_id = t.schema_id
    LEFT JOIN sys.types AS y ON y.user_type_id = c.system_type_id
    WHERE s.name NOT IN ('sys', 'cdc', 'rewind') AND c.is_computed = 0
      AND t.object_id NOT IN (SELECT h.history_table_id FROM sys.tables AS h WHERE h.history_table_id IS NOT NULL)
    ORDER BY s.name, t.name, c.column_id`,
  postgres: sql`
    select n.nspname as "schema", c.relname as "table", a.attname as name, b.typname as base,
      case when b.typname in ('varchar', 'bpchar') and m.typmod > 4 then m.typmod - 4 end as max_length,
      not (a.attnotnull or t.typnotnull) as is_nullable,
      has_column_privilege(a.attrelid, a.attnum, 'SELECT') as may_select, row_security_active(c.oid) as hides_rows
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_catalog.pg_type t on t.oid = a.atttypid
    join pg_catalog.pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
    cross join lateral (select case when t.typtype = 'd' then t.typtypmod else a.atttypmod end as typmod) m
    where c.relkind in ('r', 'p') and c.relpersistence <> 't' and a.attinhcount = 0 and a.attgenerated = ''
      and c.oid >= 16384 and n.nspname <> 'rewind'
    order by n.nspname, c.relname, a.attnum`,
} satisfies Record<Dialect, ReturnType<typeof sql>>;
