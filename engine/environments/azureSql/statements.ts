import { z } from 'zod';
import { quoteName } from '../../databases/sqlServer/quote.ts';
import type { Statement } from '../../databases/sqlServer/statement.ts';

/** Asked of master, which alone sees all databases of a logical server. */
export const readAccessOf = (): Statement => ({
  text: 'SELECT d.name, d.user_access_desc AS userAccess FROM sys.databases AS d;',
});

/** Whoever is in the database that the session is in. */
export const readOthersHere = (): Statement => ({
  text: [
    'SELECT s.session_id AS session',
    'FROM sys.dm_exec_sessions AS s',
    'WHERE s.database_id = DB_ID() AND s.session_id <> @@SPID AND s.is_user_process = 1',
    'ORDER BY s.session_id;',
  ].join('\n'),
});

/** Who the service is in the database that the session is in: `dbo`, or a user of its own. */
export const readUserHere = (): Statement => ({
  text: 'SELECT p.name FROM sys.database_principals AS p WHERE p.principal_id = DATABASE_PRINCIPAL_ID();',
});

export const userRow = z.object({ name: z.string().nullable() });

export const openToAll = (database: string): string =>
  `ALTER DATABASE ${quoteName(database)} SET MULTI_USER WITH ROLLBACK IMMEDIATE`;

/** Members of db_owner in the database that the session is in. */
export const readOwnersHere = (): Statement => ({
  text: [
    'SELECT m.name',
    'FROM sys.database_role_members AS rm',
    'JOIN sys.database_principals AS r ON r.principal_id = rm.role_principal_id',
    'JOIN sys.database_principals AS m ON m.principal_id = rm.member_principal_id',
    "WHERE r.name = N'db_owner' AND m.name <> N'dbo';",
  ].join('\n'),
});
