import { inform, type Run, type StatementFamily } from '../execute/context.ts';
import { readInteger, readName } from '../sql/cursor.ts';
import { sqlError } from '../sql/sqlError.ts';
import { hasServerPermission, isSysadmin } from '../state/permissions.ts';
import { databaseNamed, enterDatabase, killSession } from '../state/sessions.ts';

const useFamily: StatementFamily = {
  starts: [['USE']],
  read(cursor) {
    cursor.expect('USE');
    const name = readName(cursor);
    return async (context) => {
      const { session, server, reply } = context;
      const from = session.database.name;
      enterDatabase(session, databaseNamed(server, name));
      reply.changeDatabase(session.database.name, from);
      inform(context, 5701, `Changed database context to '${session.database.name}'.`, 1, 0);
      reply.done();
    };
  },
};

const killFamily: StatementFamily = {
  starts: [['KILL']],
  read(cursor) {
    cursor.expect('KILL');
    if (cursor.accept('STATS', 'JOB')) return killJob(readInteger(cursor));
    const id = readInteger(cursor);
    return async ({ session, server, reply }) => {
      if (!hasServerPermission(session.login, 'ALTER ANY CONNECTION'))
        throw sqlError(6102, 'User does not have permission to use the KILL statement.', { severity: 14 });
      if (id === session.id) throw sqlError(6104, 'Cannot use KILL to kill your own process.');
      const other = server.sessions.get(id);
      if (!other) throw sqlError(6106, `Process ID ${id} is not an active process ID.`);
      killSession(other);
      reply.done();
    };
  },
};

/** "KILL STATS JOB": for members of sysadmin and processadmin, and not to be granted. */
const killJob =
  (id: number): Run =>
  async ({ session, server, reply }) => {
    if (!isSysadmin(session.login) && !session.login.roles.has('processadmin'))
      throw sqlError(6102, 'User does not have permission to use the KILL statement.', { severity: 14 });
    const at = server.statisticsJobs.findIndex((job) => job.id === id && job.until > Date.now());
    if (at === -1) throw sqlError(6121, `The job ${String(id)} is not in the queue.`);
    server.statisticsJobs.splice(at, 1);
    reply.done();
  };

export const sessionFamilies: readonly StatementFamily[] = [useFamily, killFamily];
