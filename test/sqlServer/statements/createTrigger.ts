import type { Run, StatementFamily } from '../execute/context.ts';
import { findTable, resolve } from '../execute/surroundings.ts';
import { readNameParts } from '../sql/cursor.ts';
import { sqlError } from '../sql/sqlError.ts';
import { connectionOf } from '../state/sessions.ts';
import { requireOwner } from './principals.ts';

/** CREATE TRIGGER, alone in its batch: a row of sys.triggers that can be switched. What it would do does not happen here. */
export const createTriggerFamily: StatementFamily = {
  starts: [
    ['CREATE', 'TRIGGER'],
    ['CREATE', 'OR', 'ALTER', 'TRIGGER'],
  ],
  read(cursor): Run {
    cursor.expect('CREATE');
    cursor.accept('OR', 'ALTER');
    cursor.expect('TRIGGER');
    const name = readNameParts(cursor).at(-1) ?? '';
    cursor.expect('ON');
    const parts = readNameParts(cursor);
    while (!cursor.isAtEnd()) cursor.next();
    return async (context) => {
      const { session } = context;
      requireOwner(context);
      const { place, schema, name: table } = resolve(session, session.database, parts);
      const found = findTable(connectionOf(session, place), schema, table);
      if (!found)
        throw sqlError(
          4902,
          `Cannot find the object "${parts.join('.')}" because it does not exist or you do not have permissions.`,
        );
      const rows = session.database.ownRows.get('sys.triggers') ?? [];
      const others = rows.filter((row) => row['name'] !== name);
      const row = { name, object_id: found.id + 1 + others.length, parent_id: found.id, is_disabled: 0 };
      session.database.ownRows.set('sys.triggers', [...others, row]);
      context.reply.done();
    };
  },
};
