import type { StatementFamily } from '../execute/context.ts';
import { surroundingsOf } from '../execute/surroundings.ts';
import { compileExpression } from '../sql/compileQuery.ts';
import { readList, readName, readNameParts, type Cursor } from '../sql/cursor.ts';
import { readExpression } from '../sql/readQuery.ts';
import { newScope, quote } from '../sql/scope.ts';
import { SqlError, sqlError } from '../sql/sqlError.ts';
import { describeIndex } from '../state/tables.ts';
import { define } from './tables.ts';

/** `CREATE [UNIQUE] INDEX name ON table (columns) [INCLUDE (columns)] [WHERE condition]`. */
export const createIndexFamily: StatementFamily = {
  starts: [
    ['CREATE', 'INDEX'],
    ['CREATE', 'UNIQUE', 'INDEX'],
  ],
  read(cursor) {
    cursor.expect('CREATE');
    const isUnique = cursor.accept('UNIQUE');
    cursor.expect('INDEX');
    const name = readName(cursor);
    cursor.expect('ON');
    const parts = readNameParts(cursor);
    const keys = readNames(cursor);
    const included = cursor.accept('INCLUDE') ? readNames(cursor) : [];
    const { start } = cursor.peek();
    const where = cursor.accept('WHERE') ? readExpression(cursor) : undefined;
    const filter = where && `(${cursor.source.slice(start + 'WHERE'.length, cursor.peek().start).trim()})`;
    const written = (context: Parameters<ReturnType<StatementFamily['read']>>[0]) =>
      define(context, parts, 'CREATE INDEX', (sqlite, table) => {
        const access = (column: string) => quote(column);
        const tables = [{ alias: table?.name ?? sqlite, columns: table?.columns ?? [], access }];
        const scope = { ...newScope(surroundingsOf(context, context.session.database)), tables };
        const condition = where === undefined ? '' : ` WHERE ${compileExpression(where, scope).text}`;
        // Two NULLs are one value; an expression has no collation of its own.
        const values = keys.map((key) => (isUnique ? `ifnull(${quote(key)}, x'00') COLLATE NOCASE` : quote(key)));
        const described = describeIndex({ keys, included, ...(filter === undefined ? {} : { filter }) });
        return `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX main.${quote(`${sqlite}.${name}`)} ON ${quote(sqlite)} (${described} ${values.join(', ')})${condition}`;
      });
    return (context) =>
      written(context).catch((error: unknown) => {
        throw error instanceof SqlError && error.last.number === 2627 ? hasDuplicates(parts, name) : error;
      });
  },
};

function readNames(cursor: Cursor): readonly string[] {
  cursor.expect('(');
  const names = readList(cursor, () => {
    const name = readName(cursor);
    if (!cursor.accept('ASC')) cursor.accept('DESC');
    return name;
  });
  cursor.expect(')');
  return names;
}

const hasDuplicates = (parts: readonly string[], index: string) =>
  sqlError(
    1505,
    `The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name 'dbo.${parts.at(-1) ?? ''}' and the index name '${index}'.`,
  );
