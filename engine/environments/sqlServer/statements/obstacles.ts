import type { Statement } from './statement.ts';

/** Certificates of the target's server, by whose thumbprints encrypted backups are opened. */
export const readCertificates = (): Statement => ({
  text: 'SELECT c.name, CONVERT(varchar(42), c.thumbprint, 1) AS thumbprint FROM master.sys.certificates AS c ORDER BY c.name;',
});

/** Log shipping writes into, or reads from, databases of these names. */
export const readLogShipping = (): Statement => ({
  text: [
    'SELECT p.primary_database AS name FROM msdb.dbo.log_shipping_primary_databases AS p',
    'UNION',
    'SELECT s.secondary_database AS name FROM msdb.dbo.log_shipping_secondary_databases AS s;',
  ].join('\n'),
});

/** Jobs of the Agent with a step in one of these databases; maintenance plans are jobs. */
export const readJobs = (databases: readonly string[]): Statement => ({
  text: [
    'SELECT DISTINCT j.name, s.database_name AS databaseName',
    'FROM msdb.dbo.sysjobs AS j',
    'JOIN msdb.dbo.sysjobsteps AS s ON s.job_id = j.job_id',
    `WHERE j.enabled = 1 AND s.database_name IN (${databases.map((_, index) => `@database${String(index)}`).join(', ')})`,
    'ORDER BY j.name;',
  ].join('\n'),
  parameters: Object.fromEntries(databases.map((name, index) => [`database${String(index)}`, name])),
});
