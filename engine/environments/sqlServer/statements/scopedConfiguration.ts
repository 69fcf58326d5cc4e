import { quoteName, quoteText } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';

export const readScopedConfiguration = (database: string): Statement => ({
  text: [
    'SELECT c.name, CAST(c.value AS nvarchar(60)) AS value',
    `FROM ${quoteName(database)}.sys.database_scoped_configurations AS c`,
    'ORDER BY c.name;',
  ].join('\n'),
});

/** `name` and `value` were checked against the forms that the server's catalogue has. */
export function setScopedConfiguration(database: string, name: string, value: string): string {
  const inside = `ALTER DATABASE SCOPED CONFIGURATION SET ${name} = ${value}`;
  return `EXEC ${quoteName(database)}.sys.sp_executesql ${quoteText(inside)}`;
}

export const readChangeTracking = (): Statement => ({
  text: [
    'SELECT DB_NAME(c.database_id) AS name, c.is_auto_cleanup_on AS isAutoCleanup,',
    '       c.retention_period AS period, c.retention_period_units_desc AS unit',
    'FROM sys.change_tracking_databases AS c',
    'ORDER BY c.database_id;',
  ].join('\n'),
});
