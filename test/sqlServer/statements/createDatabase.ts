import { outsideTransaction, type StatementFamily } from '../execute/context.ts';
import { readList, readName } from '../sql/cursor.ts';
import { notEmulated, sqlError, sqlErrors } from '../sql/sqlError.ts';
import { addDatabase, removeDatabase } from '../state/databases.ts';
import { hasServerPermission, mayAlterDatabase } from '../state/permissions.ts';
import { findDatabase } from '../state/sessions.ts';

const createFamily: StatementFamily = {
  starts: [['CREATE', 'DATABASE']],
  read(cursor) {
    cursor.expect('CREATE', 'DATABASE');
    const name = readName(cursor);
    if (cursor.accept('COLLATE')) readName(cursor);
    if (!cursor.isAtEnd() && !cursor.isAt(';')) throw notEmulated('CREATE DATABASE with options');
    return async (context) => {
      const { server, session, reply } = context;
      outsideTransaction(context, () =>
        sqlError(226, 'CREATE DATABASE statement not allowed within multi-statement transaction.'),
      );
      if (!hasServerPermission(session.login, 'CREATE ANY DATABASE'))
        throw sqlError(262, "CREATE DATABASE permission denied in database 'master'.", { severity: 14 });
      if (findDatabase(server, name))
        throw sqlError(1801, `Database '${name}' already exists. Choose a different database name.`, { state: 3 });
      addDatabase(server, { name, owner: session.login.name });
      reply.done();
    };
  },
};

const dropFamily: StatementFamily = {
  starts: [['DROP', 'DATABASE']],
  read(cursor) {
    cursor.expect('DROP', 'DATABASE');
    const isTolerant = cursor.accept('IF', 'EXISTS');
    const names = readList(cursor, () => readName(cursor));
    return async (context) => {
      const { server, session, reply } = context;
      outsideTransaction(context, () =>
        sqlError(226, 'DROP DATABASE statement not allowed within multi-statement transaction.'),
      );
      for (const name of names) {
        const database = findDatabase(server, name);
        const missing = sqlError(
          3701,
          `Cannot drop the database '${name}', because it does not exist or you do not have permission.`,
          { severity: 11 },
        );
        if (!database && isTolerant) continue;
        if (!database || database.isSystem || !mayAlterDatabase(database, session.login)) throw missing;
        const isHeld =
          database.userAccess === 'SINGLE_USER' && database.holder !== undefined && database.holder !== session.id;
        const isUsed = [...server.sessions.values()].some((each) => each.database === database);
        if (isHeld || isUsed)
          throw sqlErrors([3702, `Cannot drop database "${database.name}" because it is currently in use.`]);
        removeDatabase(server, database);
      }
      reply.done();
    };
  },
};

export const databaseFamilies: readonly StatementFamily[] = [createFamily, dropFamily];
