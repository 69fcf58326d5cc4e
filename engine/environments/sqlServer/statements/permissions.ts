import { quoteName } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** What the service may do on the target's server: 1, 0, or NULL where the server does not know the name. */
export const readPermissions = (): Statement => ({
  text: [
    "SELECT IS_SRVROLEMEMBER('sysadmin') AS sysadmin,",
    "       IS_SRVROLEMEMBER('dbcreator') AS dbcreator,",
    "       HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') AS viewServerState,",
    "       HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DEFINITION') AS viewAnyDefinition,",
    "       HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY CONNECTION') AS alterAnyConnection;",
  ].join('\n'),
});

/** What else works with the databases of a server stands in these. */
export const MSDB_TABLES = [
  'sysjobs',
  'sysjobsteps',
  'sysmaintplan_plans',
  'log_shipping_primary_databases',
  'log_shipping_secondary_databases',
] as const;

/** 1 where the service may read the table. */
export const readMsdbPermissions = (): Statement => ({
  text: `SELECT ${MSDB_TABLES.map((table) => `HAS_PERMS_BY_NAME('msdb.dbo.${table}', 'OBJECT', 'SELECT') AS ${table}`).join(',\n       ')};`,
});

/** Whether the service may do anything in this database; ALTER alone, which dbcreator brings, does not let it in. */
export const readDatabasePermissions = (database: string): Statement => ({
  text: "SELECT HAS_PERMS_BY_NAME(@database, 'DATABASE', 'CONTROL') AS control;",
  parameters: { database: isRegular(database) ? database : quoteName(database) },
});

/** The function takes a name apart at dots and brackets, unless it is quoted. */
const isRegular = (name: string) => /^[A-Za-z_][\w@$#]*$/.test(name);
