import type { Statement } from '../../../databases/sqlServer/statement.ts';

/** What one session of the server is busy with; needs VIEW SERVER STATE. */
export const readProgress = (session: number): Statement => ({
  text: [
    'SELECT r.command, r.percent_complete AS percentComplete, r.wait_type AS waitType',
    'FROM sys.dm_exec_requests AS r',
    'WHERE r.session_id = @session;',
  ].join('\n'),
  parameters: { session },
});
