import { quoteName } from '../../../databases/sqlServer/quote.ts';
import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** CONTROL SERVER is as much as sysadmin, but for being kept out by a DENY. */
export const readControllers = (): Statement => ({
  text: [
    'SELECT m.name',
    'FROM sys.server_permissions AS p',
    'JOIN sys.server_principals AS m ON m.principal_id = p.grantee_principal_id',
    "WHERE p.permission_name = N'CONTROL SERVER' AND p.state IN ('G', 'W') AND m.is_disabled = 0",
    'ORDER BY m.name;',
  ].join('\n'),
});

/** The owner of a database, and the members of its db_owner; `dbo` is the owner under another name. */
export const readOwners = (database: string): Statement => ({
  text: [
    'SELECT SUSER_SNAME(d.owner_sid) AS name',
    'FROM sys.databases AS d',
    'WHERE d.name = @database AND SUSER_SNAME(d.owner_sid) IS NOT NULL',
    'UNION ALL',
    'SELECT m.name',
    `FROM ${quoteName(database)}.sys.database_role_members AS rm`,
    `JOIN ${quoteName(database)}.sys.database_principals AS r ON r.principal_id = rm.role_principal_id`,
    `JOIN ${quoteName(database)}.sys.database_principals AS m ON m.principal_id = rm.member_principal_id`,
    "WHERE r.name = N'db_owner' AND m.name <> N'dbo';",
  ].join('\n'),
  parameters: { database },
});
