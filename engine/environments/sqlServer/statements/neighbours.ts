import { quoteName } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';

const parameters = (databases: readonly string[]) =>
  Object.fromEntries(databases.map((name, index) => [`database${String(index)}`, name]));
const variables = (databases: readonly string[]) => databases.map((_, index) => `@database${String(index)}`);

/**
 * Enabled jobs of the Agent with a step in one of these databases, with their names in its command, or with a command over
 * all databases (Ola Hallengren's words for it). The command itself stays there: people write passwords into it.
 */
export const readJobs = (databases: readonly string[]): Statement => {
  const isIn = `s.database_name IN (${variables(databases).join(', ')})`;
  const isNamed = variables(databases)
    .map((variable) => `CHARINDEX(${variable}, s.command) > 0`)
    .join(' OR ');
  const isOverAll = "CHARINDEX(N'USER_DATABASES', s.command) > 0 OR CHARINDEX(N'ALL_DATABASES', s.command) > 0";
  return {
    text: [
      'SELECT DISTINCT j.name, s.database_name AS databaseName,',
      `       CASE WHEN ${isIn} THEN 'in' WHEN ${isNamed} THEN 'named' ELSE 'all' END AS relation`,
      'FROM msdb.dbo.sysjobs AS j',
      'JOIN msdb.dbo.sysjobsteps AS s ON s.job_id = j.job_id',
      `WHERE j.enabled = 1 AND (${isIn} OR ${isNamed} OR ${isOverAll})`,
      'ORDER BY j.name;',
    ].join('\n'),
    parameters: parameters(databases),
  };
};

/** Maintenance plans keep their databases in a package that T-SQL cannot read. */
export const readMaintenancePlans = (): Statement => ({
  text: 'SELECT p.name FROM msdb.dbo.sysmaintplan_plans AS p ORDER BY p.name;',
});

export const readLinkedServers = (): Statement => ({
  text: [
    'SELECT s.name, s.data_source AS dataSource, s.catalog',
    'FROM sys.servers AS s',
    'WHERE s.is_linked = 1',
    'ORDER BY s.name;',
  ].join('\n'),
});

export const readSynonyms = (database: string): Statement => ({
  text: [
    'SELECT h.name AS schemaName, s.name, s.base_object_name AS leadsTo',
    `FROM ${quoteName(database)}.sys.synonyms AS s`,
    `JOIN ${quoteName(database)}.sys.schemas AS h ON h.schema_id = s.schema_id`,
    'ORDER BY h.name, s.name;',
  ].join('\n'),
});

export const readExternalDataSources = (database: string): Statement => ({
  text: [
    'SELECT e.name, e.location AS leadsTo',
    `FROM ${quoteName(database)}.sys.external_data_sources AS e`,
    'ORDER BY e.name;',
  ].join('\n'),
});

/** Names alone: the identity may be a person's, and the secret cannot be read. */
export const readScopedCredentials = (database: string): Statement => ({
  text: `SELECT c.name FROM ${quoteName(database)}.sys.database_scoped_credentials AS c ORDER BY c.name;`,
});
