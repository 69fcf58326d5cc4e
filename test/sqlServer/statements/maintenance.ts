import type { StatementFamily } from '../execute/context.ts';
import { findTable, requireAccess, resolve } from '../execute/surroundings.ts';
import { readName, readNameParts } from '../sql/cursor.ts';
import { sqlError } from '../sql/sqlError.ts';
import { connectionOf } from '../state/sessions.ts';

/** Nothing here is kept in memory alone. */
const checkpointFamily: StatementFamily = {
  starts: [['CHECKPOINT']],
  read(cursor) {
    cursor.expect('CHECKPOINT');
    return async ({ reply }) => reply.done();
  },
};

/** There are no statistics; the statement only has to name a table that is there. */
const updateStatisticsFamily: StatementFamily = {
  starts: [['UPDATE', 'STATISTICS']],
  read(cursor) {
    cursor.expect('UPDATE', 'STATISTICS');
    const parts = readNameParts(cursor);
    if (cursor.accept('WITH')) readName(cursor);
    return async ({ session, reply }) => {
      const { place, schema, name } = resolve(session, session.database, parts);
      requireAccess(session, place, parts);
      if (!findTable(connectionOf(session, place), schema, name))
        throw sqlError(
          4902,
          `Cannot find the object "${parts.join('.')}" because it does not exist or you do not have permissions.`,
        );
      reply.done();
    };
  },
};

/** A row of sys.stats that a test has put into `database.ownRows`. */
const dropStatisticsFamily: StatementFamily = {
  starts: [['DROP', 'STATISTICS']],
  read(cursor) {
    cursor.expect('DROP', 'STATISTICS');
    const name = readNameParts(cursor).at(-1) ?? '';
    return async ({ session: { database }, reply }) => {
      const rows = database.ownRows.get('sys.stats') ?? [];
      database.ownRows.set(
        'sys.stats',
        rows.filter((row) => row['name'] !== name),
      );
      reply.done();
    };
  },
};

export const maintenanceFamilies: readonly StatementFamily[] = [
  checkpointFamily,
  updateStatisticsFamily,
  dropStatisticsFamily,
];
