import type { Context, StatementFamily } from '../execute/context.ts';
import { findTable, requireAccess, resolve } from '../execute/surroundings.ts';
import { readList, readName, readNameParts, readSqlType, type Cursor } from '../sql/cursor.ts';
import { compileExpression } from '../sql/compileQuery.ts';
import { readValue } from '../sql/readQuery.ts';
import { newScope, quote } from '../sql/scope.ts';
import { notEmulated, sqlError } from '../sql/sqlError.ts';
import { change } from '../state/connection.ts';
import { mayUseTables } from '../state/permissions.ts';
import { changeTables, connectionOf } from '../state/sessions.ts';
import { declareColumn, type UserTable } from '../state/tables.ts';
import { isTemporaryName } from '../state/temporaryTables.ts';
import { surroundingsOf } from '../execute/surroundings.ts';
import { readTableSwitch } from './resting.ts';
import { dropTemporaryTable, readTemporaryTable } from './temporaryTables.ts';

/** What stands between the brackets of CREATE TABLE, in SQLite's words; DEFAULT waits for the moment it runs. */
type Part = (context: Context) => string;

export const createTableFamily: StatementFamily = {
  starts: [['CREATE', 'TABLE']],
  read(cursor) {
    cursor.expect('CREATE', 'TABLE');
    const parts = readNameParts(cursor);
    if (isTemporaryName(parts)) return readTemporaryTable(cursor, parts);
    cursor.expect('(');
    const columns = readList(cursor, () => readPart(cursor));
    cursor.expect(')');
    return (context) =>
      define(
        context,
        parts,
        'CREATE TABLE',
        (name) => `CREATE TABLE main.${quote(name)} (${columns.map((part) => part(context)).join(', ')})`,
      );
  },
};

function readPart(cursor: Cursor): Part {
  if (cursor.isAt('CONSTRAINT') || cursor.isAt('PRIMARY') || cursor.isAt('UNIQUE') || cursor.isAt('FOREIGN')) {
    const constraint = readConstraint(cursor, true);
    return () => constraint;
  }
  const name = readName(cursor);
  const type = readSqlType(cursor);
  const more: Part[] = [];
  for (;;) {
    if (cursor.isAt('NOT', 'NULL') || cursor.isAt('NULL')) {
      const isRequired = cursor.accept('NOT');
      cursor.expect('NULL');
      if (isRequired) more.push(() => 'NOT NULL');
    } else if (cursor.accept('DEFAULT')) {
      const value = readValue(cursor);
      more.push(
        (context) =>
          `DEFAULT (${compileExpression(value, newScope(surroundingsOf(context, context.session.database))).text})`,
      );
    } else if (cursor.accept('COLLATE')) {
      readName(cursor);
    } else if (cursor.isAt('IDENTITY')) {
      throw notEmulated('IDENTITY');
    } else {
      const constraint = readConstraint(cursor, false);
      if (constraint === '') break;
      more.push(() => constraint);
    }
  }
  return (context) => [quote(name), declareColumn(type), ...more.map((part) => part(context))].join(' ');
}

/** PRIMARY KEY, UNIQUE, REFERENCES, CHECK-free; '' when none follows. */
function readConstraint(cursor: Cursor, isOfTable: boolean): string {
  const name = cursor.accept('CONSTRAINT') ? `CONSTRAINT ${quote(readName(cursor))} ` : '';
  for (const kind of [['PRIMARY', 'KEY'], ['UNIQUE']] as const) {
    if (!cursor.accept(...kind)) continue;
    if (!cursor.accept('CLUSTERED')) cursor.accept('NONCLUSTERED');
    return `${name}${kind.join(' ')}${isOfTable ? ` (${readColumns(cursor)})` : ''}`;
  }
  let own = '';
  if (isOfTable && cursor.accept('FOREIGN', 'KEY')) own = `FOREIGN KEY (${readColumns(cursor)}) `;
  if (cursor.accept('REFERENCES')) {
    const table = readNameParts(cursor).at(-1) ?? '';
    return `${name}${own}REFERENCES ${quote(table)} (${readColumns(cursor)})`;
  }
  if (name !== '' || own !== '' || isOfTable) throw cursor.incorrect();
  return '';
}

export function readColumns(cursor: Cursor): string {
  cursor.expect('(');
  const columns = readList(cursor, () => {
    const column = readName(cursor);
    if (!cursor.accept('ASC')) cursor.accept('DESC');
    return quote(column);
  });
  cursor.expect(')');
  return columns.join(', ');
}

export const dropTableFamily: StatementFamily = {
  starts: [['DROP', 'TABLE']],
  read(cursor) {
    cursor.expect('DROP', 'TABLE');
    const isTolerant = cursor.accept('IF', 'EXISTS');
    const parts = readNameParts(cursor);
    if (isTemporaryName(parts)) return (context) => dropTemporaryTable(context, parts, isTolerant);
    return (context) =>
      define(context, parts, isTolerant ? 'DROP IF EXISTS' : 'DROP TABLE', (name) => `DROP TABLE main.${quote(name)}`);
  },
};

export const truncateFamily: StatementFamily = {
  starts: [['TRUNCATE', 'TABLE']],
  read(cursor) {
    cursor.expect('TRUNCATE', 'TABLE');
    const parts = readNameParts(cursor);
    return (context) => define(context, parts, 'TRUNCATE TABLE', (name) => `DELETE FROM main.${quote(name)}`);
  },
};

export const alterTableFamily: StatementFamily = {
  starts: [['ALTER', 'TABLE']],
  read(cursor) {
    cursor.expect('ALTER', 'TABLE');
    const parts = readNameParts(cursor);
    const switched = readTableSwitch(cursor, parts);
    if (switched) return switched;
    if (cursor.accept('ADD')) {
      const check = readCheck(cursor);
      if (check) return (context) => define(context, parts, 'ALTER TABLE', check);
      const part = readPart(cursor);
      return (context) =>
        define(context, parts, 'ALTER TABLE', (name) => `ALTER TABLE main.${quote(name)} ADD COLUMN ${part(context)}`);
    }
    cursor.expect('DROP', 'COLUMN');
    const column = readName(cursor);
    return (context) =>
      define(context, parts, 'ALTER TABLE', (name) => `ALTER TABLE main.${quote(name)} DROP COLUMN ${quote(column)}`);
  },
};

/** SQLite adds no constraint to a table that is there; a trigger refuses the same rows. */
function readCheck(cursor: Cursor): ((sqlite: string) => string) | undefined {
  const isCheck = cursor.isAt('CONSTRAINT') && cursor.peek(2).value === 'CHECK';
  if (!isCheck) return undefined;
  cursor.expect('CONSTRAINT');
  const name = readName(cursor);
  cursor.expect('CHECK');
  cursor.expect('(');
  const column = readName(cursor);
  cursor.expect('IS', 'NOT', 'NULL', ')');
  const refuse = `SELECT RAISE(ABORT, 'CHECK constraint failed: ${name.replaceAll("'", "''")}')`;
  return (sqlite) =>
    `CREATE TRIGGER main.${quote(name)} BEFORE INSERT ON ${quote(sqlite)} WHEN new.${quote(column)} IS NULL BEGIN ${refuse}; END`;
}

export async function define(
  context: Context,
  parts: readonly string[],
  what: string,
  write: (sqlite: string, table?: UserTable) => string | undefined,
): Promise<void> {
  const { session, signal } = context;
  const { place, schema, name } = resolve(session, session.database, parts);
  requireAccess(session, place, parts);
  if (!mayUseTables(place, session.login, 'ALTER'))
    throw sqlError(262, `${what === 'CREATE TABLE' ? what : 'ALTER'} permission denied in database '${place.name}'.`, {
      severity: 14,
    });
  const found = findTable(connectionOf(session, place), schema, name);
  if (what === 'DROP IF EXISTS' && !found) return;
  if (what.startsWith('DROP') && !found)
    throw sqlError(3701, `Cannot drop the table '${name}', because it does not exist or you do not have permission.`, {
      severity: 11,
      state: 5,
    });
  if (!found && what !== 'CREATE TABLE')
    throw sqlError(
      4902,
      `Cannot find the object "${parts.join('.')}" because it does not exist or you do not have permissions.`,
    );
  if (found && what === 'CREATE TABLE')
    throw sqlError(2714, `There is already an object named '${name}' in the database.`, { state: 6 });
  const sqlite = found?.sqlite ?? (schema.toLowerCase() === 'dbo' ? name : `${schema}.${name}`);
  await changeTables(session, place, signal, (connection, record) => {
    const text = write(sqlite, found);
    if (text === undefined) return;
    record(text, {});
    change(connection, text, {});
  });
  context.reply.done();
}
