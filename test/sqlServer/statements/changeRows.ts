import type { Context, StatementFamily } from '../execute/context.ts';
import { denied, findTable, requireAccess, resolve, surroundingsOf } from '../execute/surroundings.ts';
import { compileExpression, compileQuery } from '../sql/compileQuery.ts';
import { readList, readName, readNameParts, type Cursor } from '../sql/cursor.ts';
import {
  readExpression,
  readFrom,
  readHints,
  readQuery,
  readSelectItem,
  readTop,
  readValuesRow,
} from '../sql/readQuery.ts';
import { innerScope, newScope, quote, type Scope, type TypedColumn } from '../sql/scope.ts';
import { notEmulated, sqlError } from '../sql/sqlError.ts';
import type { Expression, FromItem, Query, SelectItem } from '../sql/syntaxTree.ts';
import { declare, familyOf, type SqlType } from '../sql/types.ts';
import { change, query } from '../state/connection.ts';
import { mayUseTables } from '../state/permissions.ts';
import { changeTables, connectionOf } from '../state/sessions.ts';
import type { UserTable } from '../state/tables.ts';
import { isTemporaryName } from '../state/temporaryTables.ts';
import { executeFamily } from './procedures.ts';
import { sendRows } from './query.ts';
import { insertFromExec } from './temporaryTables.ts';

type Action = 'INSERT' | 'UPDATE' | 'DELETE';

export const insertFamily: StatementFamily = {
  starts: [['INSERT']],
  read(cursor, readStatement) {
    cursor.expect('INSERT');
    cursor.accept('INTO');
    const parts = readNameParts(cursor);
    readHints(cursor);
    if (cursor.isAt('EXEC') || cursor.isAt('EXECUTE')) {
      const run = executeFamily.read(cursor, readStatement);
      if (!isTemporaryName(parts)) throw notEmulated('INSERT … EXEC into a table that is not temporary');
      return (context) => insertFromExec(context, parts, run);
    }
    let columns: readonly string[] | undefined;
    if (cursor.accept('(')) {
      columns = readList(cursor, () => readName(cursor));
      cursor.expect(')');
    }
    const output = readOutput(cursor, 'INSERTED');
    const rows = cursor.accept('VALUES') ? readList(cursor, () => readValuesRow(cursor)) : readQuery(cursor);
    return (context) =>
      changeTable(context, parts, 'INSERT', output, (table, scope) => writeInsert(table, scope, columns, rows));
  },
};

export const updateFamily: StatementFamily = {
  starts: [['UPDATE']],
  read(cursor) {
    cursor.expect('UPDATE');
    const top = readTop(cursor);
    const parts = readNameParts(cursor);
    readHints(cursor);
    cursor.expect('SET');
    const assignments = readList(cursor, () => {
      const name = readNameParts(cursor).at(-1) ?? '';
      cursor.expect('=');
      return { name, value: readExpression(cursor) };
    });
    const output = readOutput(cursor, 'INSERTED');
    const { target, where } = readRest(cursor, parts);
    return (context) =>
      changeTable(context, target.parts, 'UPDATE', output, (table, scope) => {
        const inner = within(scope, table, target.alias);
        const sets = assignments.map(({ name, value }) => {
          const column = columnOf(table, name);
          return `${quote(column.name)} = ${fitting(column, compileExpression(value, inner))}`;
        });
        return `UPDATE main.${quote(table.sqlite)} AS ${quote(target.alias ?? table.name)} SET ${sets.join(', ')}${chosen(table, inner, where, top, target.alias)}`;
      });
  },
};

export const deleteFamily: StatementFamily = {
  starts: [['DELETE']],
  read(cursor) {
    cursor.expect('DELETE');
    const top = readTop(cursor);
    cursor.accept('FROM');
    const parts = readNameParts(cursor);
    readHints(cursor);
    const output = readOutput(cursor, 'DELETED');
    const { target, where } = readRest(cursor, parts);
    return (context) =>
      changeTable(context, target.parts, 'DELETE', output, (table, scope) => {
        const inner = within(scope, table, target.alias);
        return `DELETE FROM main.${quote(table.sqlite)} AS ${quote(target.alias ?? table.name)}${chosen(table, inner, where, top, target.alias)}`;
      });
  },
};

interface Target {
  readonly parts: readonly string[];
  readonly alias?: string;
}

/** `FROM table AS alias` behind UPDATE alias or DELETE alias, then WHERE. */
function readRest(cursor: Cursor, parts: readonly string[]): { readonly target: Target; readonly where?: Expression } {
  let target: Target = { parts };
  if (cursor.accept('FROM')) {
    const [first, ...others]: readonly FromItem[] = readFrom(cursor);
    if (others.length > 0 || first?.source.kind !== 'table') throw notEmulated('UPDATE or DELETE with a join');
    target = { parts: first.source.parts, alias: first.source.alias ?? first.source.parts.at(-1) ?? '' };
  }
  return cursor.accept('WHERE') ? { target, where: readExpression(cursor) } : { target };
}

function readOutput(cursor: Cursor, from: string): readonly SelectItem[] | undefined {
  if (!cursor.accept('OUTPUT')) return undefined;
  const items = readList(cursor, () => readSelectItem(cursor));
  if (cursor.isAt('INTO')) throw notEmulated('OUTPUT INTO');
  const isUnderstood = items.every((item) =>
    item.kind === 'star'
      ? item.table?.toUpperCase() === from
      : item.kind === 'value' && item.value.kind === 'column' && item.value.parts[0]?.toUpperCase() === from,
  );
  if (!isUnderstood) throw notEmulated(`OUTPUT of anything but columns of ${from}`);
  return items;
}

async function changeTable(
  context: Context,
  parts: readonly string[],
  action: Action,
  output: readonly SelectItem[] | undefined,
  write: (table: UserTable, scope: Scope) => string,
): Promise<void> {
  const { session, signal } = context;
  const { place, schema, name } = resolve(session, session.database, parts);
  requireAccess(session, place, parts);
  const found = findTable(connectionOf(session, place), schema, name);
  if (!found) throw sqlError(208, `Invalid object name '${parts.join('.')}'.`);
  if (!mayUseTables(place, session.login, action, { schema: found.schema, object: found.name }))
    throw denied(action, found.schema, found.name, place);
  if (place.options.flags['is_read_only'] === 1)
    throw sqlError(3906, `Failed to update database "${place.name}" because the database is read-only.`);
  await changeTables(session, place, signal, (connection, record) => {
    const scope = newScope(surroundingsOf(context, place));
    const text = write(found, scope);
    const parameters = Object.fromEntries(scope.parameters);
    record(text, parameters);
    if (output) {
      const columns = outputColumns(found, output);
      const returning = columns.map((column) => `${quote(column.source)} AS ${quote(column.name)}`).join(', ');
      sendRows(context, columns, query(connection, `${text} RETURNING ${returning}`, parameters));
      return;
    }
    const rows = change(connection, text, parameters);
    context.counters.rowCount = rows;
    context.reply.done({ rows });
  });
}

function outputColumns(
  table: UserTable,
  items: readonly SelectItem[],
): readonly (TypedColumn & { readonly source: string })[] {
  return items.flatMap((item) => {
    if (item.kind !== 'value' || item.value.kind !== 'column')
      return table.columns.map(({ name, type }) => ({ name, type, source: name }));
    const column = columnOf(table, item.value.parts.at(-1) ?? '');
    return [{ name: item.alias ?? column.name, type: column.type, source: column.name }];
  });
}

function columnOf(table: UserTable, name: string): UserTable['columns'][number] {
  const found = table.columns.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!found) throw sqlError(207, `Invalid column name '${name}'.`);
  return found;
}

/** With the table that is changed in sight. */
function within(scope: Scope, table: UserTable, alias: string | undefined): Scope {
  return innerScope(scope, { tables: [{ alias: alias ?? table.name, columns: table.columns }] });
}

function chosen(
  table: UserTable,
  scope: Scope,
  where: Expression | undefined,
  top: Expression | undefined,
  alias = table.name,
): string {
  const condition = where === undefined ? '' : ` WHERE ${compileExpression(where, scope).text}`;
  if (top === undefined) return condition;
  const limit = compileExpression(top, scope).text;
  return ` WHERE rowid IN (SELECT ${quote(alias)}.rowid FROM main.${quote(table.sqlite)} AS ${quote(alias)}${condition} LIMIT ${limit})`;
}

function writeInsert(
  table: UserTable,
  scope: Scope,
  names: readonly string[] | undefined,
  rows: readonly (readonly Expression[])[] | Query,
): string {
  const columns = names ? names.map((name) => columnOf(table, name)) : table.columns;
  const list = columns.map(({ name }) => quote(name)).join(', ');
  const into = `INSERT INTO main.${quote(table.sqlite)} (${list})`;
  if ('selects' in rows) return `${into} ${compileQuery(rows, scope).text}`;
  const values = rows.map((row) => {
    if (row.length !== columns.length)
      throw sqlError(
        row.length > columns.length ? 110 : 109,
        'There are not as many columns in the INSERT statement as values in its VALUES clause.',
        { severity: 15 },
      );
    return `(${row.map((value, at) => fitting(columns[at], compileExpression(value, scope))).join(', ')})`;
  });
  return `${into} VALUES ${values.join(', ')}`;
}

/** What goes into a column takes its type, as far as SQLite would not do so itself. */
function fitting(
  column: TypedColumn | undefined,
  { text, type }: { readonly text: string; readonly type: SqlType },
): string {
  if (!column || text === 'NULL') return text;
  const [from, to] = [familyOf(type), familyOf(column.type)];
  if (from === 'text' && to === 'binary')
    throw sqlError(
      257,
      `Implicit conversion from data type ${type.name} to ${column.type.name} is not allowed. Use the CONVERT function to run this query.`,
    );
  const isPlain = from === to && !['date', 'integer'].includes(to ?? '') && (column.type.length ?? -1) === -1;
  if (isPlain) return text;
  if (from === to && to === 'text')
    return `tsql_fit(${text}, '${declare(column.type)}', '${column.name.replaceAll("'", "''")}')`;
  return `tsql_cast(${text}, '${declare(type)}', '${declare(column.type)}', 0, 0)`;
}
