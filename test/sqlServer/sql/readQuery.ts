import { readList, readName, readNameParts, type Cursor } from './cursor.ts';
import { createExpressionReader } from './readExpression.ts';
import type { CommonTable, Expression, FromItem, Order, Query, Select, SelectItem, Source } from './syntaxTree.ts';

export const { readExpression, readOrder, readValue } = createExpressionReader(readQuery);

/** A whole query, with its common tables, set operators and order. */
export function readQuery(cursor: Cursor): Query {
  const tables = cursor.accept('WITH') ? readList(cursor, () => readCommonTable(cursor)) : [];
  const selects = [readSelect(cursor)];
  const operators: Query['operators'][number][] = [];
  for (;;) {
    if (cursor.accept('UNION', 'ALL')) operators.push('UNION ALL');
    else if (cursor.accept('UNION')) operators.push('UNION');
    else if (cursor.accept('EXCEPT')) operators.push('EXCEPT');
    else if (cursor.accept('INTERSECT')) operators.push('INTERSECT');
    else break;
    selects.push(readSelect(cursor));
  }
  const orderBy: Order[] = cursor.accept('ORDER', 'BY') ? readList(cursor, () => readOrder(cursor)) : [];
  let page = {};
  if (orderBy.length > 0 && cursor.accept('OFFSET')) {
    const offset = readExpression(cursor);
    if (!cursor.accept('ROWS')) cursor.expect('ROW');
    page = { offset };
    if (cursor.accept('FETCH')) {
      if (!cursor.accept('NEXT')) cursor.expect('FIRST');
      page = { offset, fetch: readExpression(cursor) };
      if (!cursor.accept('ROWS')) cursor.expect('ROW');
      cursor.expect('ONLY');
    }
  }
  if (cursor.accept('OPTION')) {
    cursor.expect('(');
    while (!cursor.accept(')')) cursor.next();
  }
  return { tables, selects, operators, orderBy, ...page };
}

function readCommonTable(cursor: Cursor): CommonTable {
  const name = readName(cursor);
  const columns = readColumnList(cursor);
  cursor.expect('AS', '(');
  const query = readQuery(cursor);
  cursor.expect(')');
  return { name, query, ...(columns ? { columns } : {}) };
}

function readColumnList(cursor: Cursor): readonly string[] | undefined {
  if (!cursor.accept('(')) return undefined;
  const names = readList(cursor, () => readName(cursor));
  cursor.expect(')');
  return names;
}

function readSelect(cursor: Cursor): Select {
  cursor.expect('SELECT');
  const isDistinct = cursor.accept('DISTINCT');
  if (!isDistinct) cursor.accept('ALL');
  const top = readTop(cursor);
  const isWithTies = top !== undefined && cursor.accept('WITH', 'TIES');
  const items = readList(cursor, () => readSelectItem(cursor));
  const from = cursor.accept('FROM') ? readFrom(cursor) : [];
  const where = cursor.accept('WHERE') ? { where: readExpression(cursor) } : {};
  const groupBy = cursor.accept('GROUP', 'BY') ? readList(cursor, () => readExpression(cursor)) : [];
  const having = cursor.accept('HAVING') ? { having: readExpression(cursor) } : {};
  return { isDistinct, isWithTies, items, from, groupBy, ...(top ? { top } : {}), ...where, ...having };
}

/** `TOP (n)` or, in a SELECT, `TOP n`. */
export function readTop(cursor: Cursor): Expression | undefined {
  if (!cursor.accept('TOP')) return undefined;
  const isBare = !cursor.accept('(');
  if (isBare && cursor.peek().kind !== 'number') throw cursor.incorrect();
  const top = readExpression(cursor);
  if (!isBare) cursor.expect(')');
  return top;
}

/** Words that go on behind an item of a SELECT list, so that they are no alias. */
const afterItem = new Set(
  'FROM WHERE GROUP ORDER UNION EXCEPT INTERSECT FOR OPTION HAVING INTO IF ELSE END BEGIN SELECT INSERT UPDATE DELETE EXEC EXECUTE DECLARE SET PRINT RETURN THROW RAISERROR DROP ALTER CREATE RESTORE USE KILL WHILE COMMIT ROLLBACK GRANT DENY REVOKE DBCC TRUNCATE OUTPUT VALUES'.split(
    ' ',
  ),
);

export function readSelectItem(cursor: Cursor): SelectItem {
  if (cursor.accept('*')) return { kind: 'star' };
  const [first, second, third] = [cursor.peek(), cursor.peek(1), cursor.peek(2)];
  if (first.kind === 'variable' && second.text === '=') {
    cursor.next();
    cursor.next();
    return { kind: 'assign', variable: first.value, value: readExpression(cursor) };
  }
  if (second.text === '.' && third.text === '*') {
    const table = readName(cursor);
    cursor.next();
    cursor.next();
    return { kind: 'star', table };
  }
  const value = readExpression(cursor);
  if (cursor.accept('AS'))
    return { kind: 'value', value, alias: cursor.peek().kind === 'string' ? cursor.next().value : readName(cursor) };
  const next = cursor.peek();
  const isAlias = next.kind === 'quoted' || (next.kind === 'word' && !afterItem.has(next.value));
  return isAlias ? { kind: 'value', value, alias: readName(cursor) } : { kind: 'value', value };
}

export function readFrom(cursor: Cursor): FromItem[] {
  const items: FromItem[] = [{ join: 'none', source: readSource(cursor) }];
  for (;;) {
    if (cursor.accept(',')) items.push({ join: 'cross', source: readSource(cursor) });
    else if (cursor.accept('CROSS', 'JOIN')) items.push({ join: 'cross', source: readSource(cursor) });
    else if (cursor.accept('CROSS', 'APPLY')) items.push({ join: 'apply', source: readSource(cursor) });
    else if (cursor.accept('OUTER', 'APPLY')) items.push({ join: 'outerApply', source: readSource(cursor) });
    else {
      const isLeft = cursor.accept('LEFT', 'OUTER', 'JOIN') || cursor.accept('LEFT', 'JOIN');
      if (!isLeft && !cursor.accept('INNER', 'JOIN') && !cursor.accept('JOIN')) return items;
      const source = readSource(cursor);
      cursor.expect('ON');
      items.push({ join: isLeft ? 'left' : 'inner', source, on: readExpression(cursor) });
    }
  }
}

function readSource(cursor: Cursor): Source {
  if (cursor.accept('(')) {
    if (cursor.accept('VALUES')) {
      const rows = readList(cursor, () => readValuesRow(cursor));
      cursor.expect(')');
      return { kind: 'values', rows, ...readDerivedName(cursor), columns: readColumnList(cursor) ?? [] };
    }
    const query = readQuery(cursor);
    cursor.expect(')');
    const name = readDerivedName(cursor);
    const columns = readColumnList(cursor);
    return { kind: 'query', query, ...name, ...(columns ? { columns } : {}) };
  }
  const parts = readNameParts(cursor);
  if (cursor.accept('(')) {
    const operands = cursor.isAt(')') ? [] : readList(cursor, () => readFunctionOperand(cursor));
    cursor.expect(')');
    return { kind: 'function', parts, operands, ...readAlias(cursor) };
  }
  const alias = readAlias(cursor);
  return { kind: 'table', parts, ...alias, isLocking: readHints(cursor) };
}

/** `DEFAULT` as an operand is the function's own, which is NULL for those known here. */
function readFunctionOperand(cursor: Cursor): Expression {
  if (cursor.accept('DEFAULT')) return { kind: 'literal', value: null, type: { name: 'int' } };
  return readExpression(cursor);
}

export function readValuesRow(cursor: Cursor): readonly Expression[] {
  cursor.expect('(');
  const row = readList(cursor, () => readExpression(cursor));
  cursor.expect(')');
  return row;
}

function readDerivedName(cursor: Cursor): { readonly alias: string } {
  cursor.accept('AS');
  return { alias: readName(cursor) };
}

const afterSource = new Set([
  ...afterItem,
  ...'ON INNER LEFT RIGHT FULL JOIN CROSS OUTER WITH OFFSET SET WHEN'.split(' '),
]);

function readAlias(cursor: Cursor): { readonly alias?: string } {
  if (cursor.accept('AS')) return { alias: readName(cursor) };
  const { kind, value } = cursor.peek();
  return kind === 'quoted' || (kind === 'word' && !afterSource.has(value)) ? { alias: readName(cursor) } : {};
}

const hints =
  'UPDLOCK HOLDLOCK ROWLOCK READPAST XLOCK NOLOCK TABLOCK TABLOCKX SERIALIZABLE READCOMMITTEDLOCK PAGLOCK'.split(' ');

/** `WITH (UPDLOCK, …)`; @returns whether rows are locked for a change to come. */
export function readHints(cursor: Cursor): boolean {
  if (!cursor.isAt('WITH', '(')) return false;
  cursor.expect('WITH', '(');
  const found = readList(cursor, () => {
    const hint = hints.find((each) => cursor.accept(each));
    if (hint === undefined) throw cursor.incorrect();
    return hint;
  });
  cursor.expect(')');
  return found.some((hint) => ['UPDLOCK', 'XLOCK', 'TABLOCKX', 'HOLDLOCK', 'SERIALIZABLE'].includes(hint));
}
