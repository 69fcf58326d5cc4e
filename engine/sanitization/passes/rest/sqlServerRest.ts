import { quoteName } from '../../../databases/sqlServer/quote.ts';
import { FOREIGN_KEY, type Resting } from './resting.ts';

/**
 * Triggers of tables and of the database, security policies (they hide rows from their owner too), versioning (history
 * cannot be changed while it is on, and would keep what is taken away) and change tracking (keys of deleted rows).
 */
export const AWAKE = `
SELECT 'trigger' AS kind, s.name AS [schema], t.name AS [table], r.name AS name, '' AS state
  FROM sys.triggers AS r JOIN sys.tables AS t ON t.object_id = r.parent_id JOIN sys.schemas AS s ON s.schema_id = t.schema_id
 WHERE r.is_disabled = 0
UNION ALL
SELECT 'database trigger', '', '', r.name, ''
  FROM sys.triggers AS r WHERE r.parent_class = 0 AND r.is_disabled = 0
UNION ALL
SELECT 'security policy', s.name, '', p.name, ''
  FROM sys.security_policies AS p JOIN sys.schemas AS s ON s.schema_id = p.schema_id WHERE p.is_enabled = 1
UNION ALL
SELECT 'change tracking', s.name, t.name, '', CASE WHEN c.is_track_columns_updated_on = 1 THEN 'ON' ELSE 'OFF' END
  FROM sys.change_tracking_tables AS c JOIN sys.tables AS t ON t.object_id = c.object_id JOIN sys.schemas AS s ON s.schema_id = t.schema_id
UNION ALL
SELECT 'versioning', s.name, t.name, '',
       CONCAT('HISTORY_TABLE = ', QUOTENAME(hs.name), '.', QUOTENAME(h.name), ', DATA_CONSISTENCY_CHECK = ON',
              CASE WHEN t.history_retention_period > 0
                   THEN CONCAT(', HISTORY_RETENTION_PERIOD = ', t.history_retention_period, ' ', t.history_retention_period_unit_desc)
                   ELSE '' END)
  FROM sys.tables AS t JOIN sys.schemas AS s ON s.schema_id = t.schema_id
  JOIN sys.tables AS h ON h.object_id = t.history_table_id JOIN sys.schemas AS hs ON hs.schema_id = h.schema_id
 WHERE t.temporal_type = 2`;

export function putToRest({ kind, schema, table, name }: Resting): string {
  switch (kind) {
    case 'trigger':
      return `DISABLE TRIGGER ${placed(schema, name)} ON ${placed(schema, table)}`;
    case 'database trigger':
      return `DISABLE TRIGGER ${quoteName(name)} ON DATABASE`;
    case 'security policy':
      return `ALTER SECURITY POLICY ${placed(schema, name)} WITH (STATE = OFF)`;
    case 'change tracking':
      return `ALTER TABLE ${placed(schema, table)} DISABLE CHANGE_TRACKING`;
    case FOREIGN_KEY:
      return `ALTER TABLE ${placed(schema, table)} NOCHECK CONSTRAINT ${quoteName(name)}`;
    default:
      return `ALTER TABLE ${placed(schema, table)} SET (SYSTEM_VERSIONING = OFF)`;
  }
}

export function wake({ kind, schema, table, name, state }: Resting): string {
  switch (kind) {
    case 'trigger':
      return `ENABLE TRIGGER ${placed(schema, name)} ON ${placed(schema, table)}`;
    case 'database trigger':
      return `ENABLE TRIGGER ${quoteName(name)} ON DATABASE`;
    case 'security policy':
      return `ALTER SECURITY POLICY ${placed(schema, name)} WITH (STATE = ON)`;
    case 'change tracking':
      return `ALTER TABLE ${placed(schema, table)} ENABLE CHANGE_TRACKING WITH (TRACK_COLUMNS_UPDATED = ${state})`;
    case FOREIGN_KEY:
      return `ALTER TABLE ${placed(schema, table)} WITH CHECK CHECK CONSTRAINT ${quoteName(name)}`;
    default:
      return `ALTER TABLE ${placed(schema, table)} SET (SYSTEM_VERSIONING = ON (${state}))`;
  }
}

const placed = (schema: string, name: string) => `${quoteName(schema)}.${quoteName(name)}`;
