import type { Context, StatementFamily } from '../execute/context.ts';
import { findTable, resolve, surroundingsOf } from '../execute/surroundings.ts';
import { compileQuery } from '../sql/compileQuery.ts';
import { readNameParts } from '../sql/cursor.ts';
import { readQuery } from '../sql/readQuery.ts';
import { newScope, quote } from '../sql/scope.ts';
import { notEmulated, sqlError } from '../sql/sqlError.ts';
import type { Query } from '../sql/syntaxTree.ts';
import { change } from '../state/connection.ts';
import { mayUseTables } from '../state/permissions.ts';
import { changeTables, connectionOf } from '../state/sessions.ts';

/** CREATE VIEW, alone in its batch. */
export const viewFamily: StatementFamily = {
  starts: [
    ['CREATE', 'VIEW'],
    ['CREATE', 'OR', 'ALTER', 'VIEW'],
  ],
  read(cursor) {
    if (cursor.source.slice(0, cursor.peek().start).trim() !== '')
      throw sqlError(111, "'CREATE VIEW' must be the first statement in a query batch.", { severity: 15 });
    cursor.expect('CREATE');
    const mayAlter = cursor.accept('OR', 'ALTER');
    cursor.expect('VIEW');
    const parts = readNameParts(cursor);
    cursor.expect('AS');
    const query = readQuery(cursor);
    if (!cursor.isAtEnd() && !cursor.isAt(';')) throw cursor.incorrect();
    return (context) => define(context, parts, query, mayAlter);
  },
};

async function define(context: Context, parts: readonly string[], query: Query, mayAlter: boolean): Promise<void> {
  const { session, signal } = context;
  const { place, schema, name } = resolve(session, session.database, parts);
  if (parts.length > 2)
    throw sqlError(
      166,
      "'CREATE/ALTER VIEW' does not allow specifying the database name as a prefix to the object name.",
      {
        severity: 15,
      },
    );
  if (schema.toLowerCase() !== 'dbo') throw notEmulated('views outside of dbo');
  if (!mayUseTables(place, session.login, 'ALTER'))
    throw sqlError(262, `CREATE VIEW permission denied in database '${place.name}'.`, { severity: 14 });
  const found = findTable(connectionOf(session, place), schema, name);
  if (found && !(found.isView && mayAlter))
    throw sqlError(2714, `There is already an object named '${name}' in the database.`, { state: 3 });
  await changeTables(session, place, signal, (connection, record) => {
    const scope = newScope(surroundingsOf(context, place));
    const { text } = compileQuery(query, scope);
    if (scope.parameters.size > 0) throw notEmulated('a view with values bound to it');
    for (const statement of [`DROP VIEW IF EXISTS main.${quote(name)}`, `CREATE VIEW main.${quote(name)} AS ${text}`]) {
      record(statement, {});
      change(connection, statement, {});
    }
  });
  context.reply.done();
}
