import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** Who is inside a database; needs VIEW SERVER STATE. Tasks of the server itself cannot be killed (6107). */
export const readSessionsIn = (database: string): Statement => ({
  text: [
    'SELECT s.session_id AS session',
    'FROM sys.dm_exec_sessions AS s',
    'WHERE s.database_id = DB_ID(@database) AND s.session_id <> @@SPID AND s.is_user_process = 1',
    'ORDER BY s.session_id;',
  ].join('\n'),
  parameters: { database },
});

/** For a session that sits on the single place of a database that is being swapped. */
export const killSession = (session: number): string => `KILL ${String(Math.trunc(session))}`;
