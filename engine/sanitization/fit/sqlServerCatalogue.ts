import { sql, type CompiledQuery } from 'kysely';
import { offlineBuilder } from '../../sql.ts';
import type { CatalogueQuestions } from './catalogueQuestions.ts';

const compile = (query: ReturnType<typeof sql>): CompiledQuery => query.compile(offlineBuilder('mssql'));
/** Numbers of the server's own, so they may stand in the text: a statement takes 2,100 parameters. */
const listed = (ids: readonly number[]) => sql.raw(`(${ids.map(String).join(', ')})`);
const named = (names: readonly string[]) => sql.join(names.map((name) => sql`${name}`));

/**
 * SQL Server's catalogue, one question per kind for all tables. `t.*`: SQL Server 2022 has columns (ledger_type) that
 * its elders refuse by name.
 */
export const sqlServerQuestions: CatalogueQuestions = {
  tables: (names) =>
    compile(sql`
      SELECT t.*, s.name AS [schema], k.object_id AS tracked_id,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'SELECT') AS may_select,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'UPDATE') AS may_update,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'DELETE') AS may_delete,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'ALTER') AS may_alter,
        HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'UNMASK') AS may_unmask,
        HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'VIEW DEFINITION') AS sees_everything
      FROM sys.tables AS t
      JOIN sys.schemas AS s ON s.schema_id = t.schema_id
      LEFT JOIN sys.change_tracking_tables AS k ON k.object_id = t.object_id
      WHERE s.name NOT IN ('sys', 'cdc', 'rewind')
        AND (t.name IN (${named(names)})
          OR t.object_id IN (SELECT h.history_table_id FROM sys.tables AS h WHERE h.name IN (${named(names)})))
      ORDER BY s.name, t.name`),

  columns: (ids) =>
    compile(sql`
      SELECT c.*, y.name AS base, x.definition,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'SELECT', c.name, 'COLUMN') AS may_select,
        HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(t.name), 'OBJECT', 'UPDATE', c.name, 'COLUMN') AS may_update
      FROM sys.columns AS c
      JOIN sys.tables AS t ON t.object_id = c.object_id
      JOIN sys.schemas AS s ON s.schema_id = t.schema_id
      LEFT JOIN sys.types AS y ON y.user_type_id = c.system_type_id
      LEFT JOIN sys.computed_columns AS x ON x.object_id = c.object_id AND x.column_id = c.column_id
      WHERE c.object_id IN ${listed(ids)}
      ORDER BY c.object_id, c.column_id`),

  indexes: (ids) =>
    compile(sql`
      SELECT i.object_id AS id, i.name AS [index], k.key_ordinal AS position, QUOTENAME(c.name) AS [key], c.name AS [column],
        i.filter_definition AS filter, 1 AS nulls_are_equal
      FROM sys.indexes AS i
      JOIN sys.index_columns AS k ON k.object_id = i.object_id AND k.index_id = i.index_id AND k.key_ordinal > 0
      JOIN sys.columns AS c ON c.object_id = k.object_id AND c.column_id = k.column_id
      WHERE i.is_unique = 1 AND i.is_disabled = 0 AND i.ignore_dup_key = 0 AND i.object_id IN ${listed(ids)}
      ORDER BY i.object_id, i.name, k.key_ordinal`),

  checks: (ids) =>
    compile(sql`
      SELECT parent_object_id AS id, name, definition FROM sys.check_constraints
      WHERE is_disabled = 0 AND parent_object_id IN ${listed(ids)} ORDER BY parent_object_id, name`),

  foreignKeys: (ids) =>
    compile(sql`
      SELECT f.parent_object_id AS id, f.name, s.name AS [schema], t.name AS [table], c.name AS [column],
        f.referenced_object_id AS to_id, ts.name AS to_schema, tt.name AS to_table, tc.name AS to_column,
        k.constraint_column_id AS position
      FROM sys.foreign_keys AS f
      JOIN sys.foreign_key_columns AS k ON k.constraint_object_id = f.object_id
      JOIN sys.tables AS t ON t.object_id = f.parent_object_id
      JOIN sys.schemas AS s ON s.schema_id = t.schema_id
      JOIN sys.columns AS c ON c.object_id = k.parent_object_id AND c.column_id = k.parent_column_id
      JOIN sys.tables AS tt ON tt.object_id = f.referenced_object_id
      JOIN sys.schemas AS ts ON ts.schema_id = tt.schema_id
      JOIN sys.columns AS tc ON tc.object_id = k.referenced_object_id AND tc.column_id = k.referenced_column_id
      WHERE f.is_disabled = 0 AND (f.parent_object_id IN ${listed(ids)} OR f.referenced_object_id IN ${listed(ids)})
      ORDER BY f.parent_object_id, f.name, k.constraint_column_id`),

  triggers: (ids) =>
    compile(sql`
      SELECT g.parent_id AS id, g.name, 'trigger' AS kind, CASE g.is_disabled WHEN 1 THEN 'off' ELSE 'on' END AS state,
        m.definition AS [text]
      FROM sys.triggers AS g
      LEFT JOIN sys.sql_modules AS m ON m.object_id = g.object_id
      WHERE g.parent_id IN ${listed(ids)} ORDER BY g.parent_id, g.name`),

  policies: (ids) =>
    compile(sql`
      SELECT DISTINCT d.target_object_id AS id
      FROM sys.security_predicates AS d
      JOIN sys.security_policies AS p ON p.object_id = d.object_id
      WHERE p.is_enabled = 1 AND d.target_object_id IN ${listed(ids)}
      ORDER BY d.target_object_id`),

  // Only views that are bound to their tables have rows of their own; the server keeps those right by itself.
  views: (ids) =>
    compile(sql`
      SELECT DISTINCT d.referenced_id AS id, s.name AS [schema], v.name AS [view],
        CASE WHEN i.index_id IS NULL THEN 'view' ELSE 'indexed' END AS kind, 1 AS is_filled, 1 AS depth
      FROM sys.sql_expression_dependencies AS d
      JOIN sys.views AS v ON v.object_id = d.referencing_id
      JOIN sys.schemas AS s ON s.schema_id = v.schema_id
      LEFT JOIN sys.indexes AS i ON i.object_id = v.object_id AND i.index_id = 1
      WHERE d.referenced_id IN ${listed(ids)} ORDER BY d.referenced_id, s.name, v.name`),
};
