import { sql, type CompiledQuery } from 'kysely';
import { offlineBuilder } from '../sql.ts';
import type { CatalogueQuestions } from './catalogueQuestions.ts';

const compile = (query: ReturnType<typeof sql>): CompiledQuery => query.compile(offlineBuilder('mssql'));

/**
 * SQL Server's catalogue; it shows a login only what that login has some right to. An index has no collation of its own,
 * and IGNORE_DUP_KEY spares nobody who creates it (error 1505). Keys that the server does not trust were not checked when
 * they were made.
 */
export const sqlServerQuestions: CatalogueQuestions = {
  tables: compile(sql`
    SELECT t.object_id AS id, s.name AS [schema], t.name AS [table], 0 AS is_partitioned,
      CASE WHEN MAX(d.target_object_id) IS NULL THEN 0 ELSE 1 END AS is_hidden,
      HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'SELECT') AS may_select,
      COALESCE(MAX(p.rows), 0) AS rows
    FROM sys.tables AS t
    JOIN sys.schemas AS s ON s.schema_id = t.schema_id
    LEFT JOIN (SELECT object_id, SUM(rows) AS rows FROM sys.partitions WHERE index_id IN (0, 1) GROUP BY object_id) AS p
      ON p.object_id = t.object_id
    LEFT JOIN (SELECT r.target_object_id FROM sys.security_predicates AS r
        JOIN sys.security_policies AS y ON y.object_id = r.object_id WHERE y.is_enabled = 1) AS d
      ON d.target_object_id = t.object_id
    WHERE s.name NOT IN ('sys', 'cdc', 'rewind')
    GROUP BY t.object_id, s.name, t.name
    ORDER BY s.name, t.name`),

  uniqueIndexes: compile(sql`
    SELECT i.object_id AS id, i.name AS name, c.name AS [column], QUOTENAME(c.name) AS [key],
      i.filter_definition AS filter, 1 AS nulls_are_equal
    FROM sys.indexes AS i
    JOIN sys.index_columns AS k ON k.object_id = i.object_id AND k.index_id = i.index_id AND k.key_ordinal > 0
    JOIN sys.columns AS c ON c.object_id = k.object_id AND c.column_id = k.column_id
    WHERE i.is_unique = 1 AND i.is_disabled = 0 AND i.is_hypothetical = 0
    ORDER BY i.object_id, i.name, k.key_ordinal`),

  checks: compile(sql`
    SELECT parent_object_id AS id, name, definition
    FROM sys.check_constraints
    WHERE is_disabled = 0 AND is_not_trusted = 0
    ORDER BY parent_object_id, name`),

  foreignKeys: compile(sql`
    SELECT f.parent_object_id AS id, f.name AS name, c.name AS [column],
      ts.name AS to_schema, tt.name AS to_table, tc.name AS to_column
    FROM sys.foreign_keys AS f
    JOIN sys.foreign_key_columns AS k ON k.constraint_object_id = f.object_id
    JOIN sys.columns AS c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id
    JOIN sys.tables AS tt ON tt.object_id = f.referenced_object_id
    JOIN sys.schemas AS ts ON ts.schema_id = tt.schema_id
    JOIN sys.columns AS tc ON tc.object_id = k.referenced_object_id AND tc.column_id = k.referenced_column_id
    WHERE f.is_disabled = 0 AND f.is_not_trusted = 0
    ORDER BY f.parent_object_id, f.name, k.constraint_column_id`),

  columns: (ids) =>
    compile(sql`
      SELECT c.object_id AS id, c.name AS [column], y.name AS type, c.is_nullable,
        CASE WHEN c.is_computed = 1 OR c.is_identity = 1 OR y.name = 'timestamp' THEN 1 ELSE 0 END AS is_made,
        d.definition AS fallback
      FROM sys.columns AS c
      LEFT JOIN sys.types AS y ON y.user_type_id = c.system_type_id
      LEFT JOIN sys.default_constraints AS d ON d.object_id = c.default_object_id
      WHERE c.object_id IN ${sql.raw(`(${ids.join(', ')})`)}
      ORDER BY c.object_id, c.column_id`),
};
