import { readName, readNameParts, readSqlType, type Cursor } from './cursor.ts';
import type { Branch, Expression, Modifier, Order, Query } from './syntaxTree.ts';
import { bigint, int, nvarchar, type SqlType, type Value } from './types.ts';

export interface ExpressionReader {
  /** A value or a condition. */
  readExpression(cursor: Cursor): Expression;
  readOrder(cursor: Cursor): Order;
  /** Without AND, OR, NOT and comparisons: what may stand behind DEFAULT. */
  readValue(cursor: Cursor): Expression;
}

/** Words that end an expression, and so are no column names. */
const reserved = new Set(
  'FROM WHERE GROUP HAVING ORDER UNION EXCEPT INTERSECT AND OR NOT AS ON INNER LEFT RIGHT FULL JOIN CROSS OUTER THEN ELSE WHEN END SET VALUES SELECT INTO OFFSET FETCH OPTION WITH BY IN IS LIKE BETWEEN OUTPUT'.split(
    ' ',
  ),
);
/** Reserved, and all the same called like functions. */
const isKeywordFunction = (cursor: Cursor) =>
  ['LEFT', 'RIGHT', 'COALESCE', 'NULLIF'].some((word) => cursor.isAt(word)) && cursor.peek(1).text === '(';
const comparisons = ['=', '<>', '!=', '<=', '>=', '<', '>'];

export function createExpressionReader(readQuery: (cursor: Cursor) => Query): ExpressionReader {
  function readExpression(cursor: Cursor): Expression {
    let left = readConjunction(cursor);
    while (cursor.accept('OR')) left = { kind: 'binary', operator: 'OR', left, right: readConjunction(cursor) };
    return left;
  }

  function readConjunction(cursor: Cursor): Expression {
    let left = readNegation(cursor);
    while (cursor.accept('AND')) left = { kind: 'binary', operator: 'AND', left, right: readNegation(cursor) };
    return left;
  }

  function readNegation(cursor: Cursor): Expression {
    if (cursor.accept('NOT')) return { kind: 'unary', operator: 'NOT', operand: readNegation(cursor) };
    return readPredicate(cursor);
  }

  function readPredicate(cursor: Cursor): Expression {
    if (cursor.accept('EXISTS')) {
      cursor.expect('(');
      const query = readQuery(cursor);
      cursor.expect(')');
      return { kind: 'exists', query };
    }
    const operand = readSum(cursor);
    for (const operator of comparisons) {
      if (cursor.accept(operator))
        return { kind: 'binary', operator: operator === '!=' ? '<>' : operator, left: operand, right: readSum(cursor) };
    }
    if (cursor.accept('IS')) {
      const isNot = cursor.accept('NOT');
      cursor.expect('NULL');
      return { kind: 'isNull', operand, isNot };
    }
    const isNot = cursor.accept('NOT');
    if (cursor.accept('IN')) {
      cursor.expect('(');
      const among = cursor.isAt('SELECT') ? readQuery(cursor) : readOperands(cursor);
      cursor.expect(')');
      return { kind: 'in', operand, isNot, among };
    }
    if (cursor.accept('LIKE')) {
      const pattern = readSum(cursor);
      const escape = cursor.accept('ESCAPE') ? { escape: readSum(cursor) } : {};
      return { kind: 'like', operand, isNot, pattern, ...escape };
    }
    if (cursor.accept('BETWEEN')) {
      const low = readSum(cursor);
      cursor.expect('AND');
      return { kind: 'between', operand, isNot, low, high: readSum(cursor) };
    }
    if (isNot) throw cursor.incorrect();
    return operand;
  }

  function readSum(cursor: Cursor): Expression {
    let left = readProduct(cursor);
    for (;;) {
      const operator = ['+', '-', '&', '|', '^'].find((each) => cursor.isAt(each));
      if (operator === undefined) return left;
      cursor.next();
      left = { kind: 'binary', operator, left, right: readProduct(cursor) };
    }
  }

  function readProduct(cursor: Cursor): Expression {
    let left = readUnary(cursor);
    for (;;) {
      const operator = ['*', '/', '%'].find((each) => cursor.isAt(each));
      if (operator === undefined) return left;
      cursor.next();
      left = { kind: 'binary', operator, left, right: readUnary(cursor) };
    }
  }

  function readUnary(cursor: Cursor): Expression {
    if (cursor.accept('-')) return { kind: 'unary', operator: '-', operand: readUnary(cursor) };
    if (cursor.accept('+')) return readUnary(cursor);
    const operand = readPrimary(cursor);
    // A collation changes no comparison here: all text is compared as in SQL_Latin1_General_CP1_CI_AS. One of UTF-8 changes the bytes.
    if (cursor.accept('COLLATE') && readName(cursor).toUpperCase().endsWith('_UTF8'))
      return { kind: 'inUtf8', operand };
    return operand;
  }

  function readPrimary(cursor: Cursor): Expression {
    const { kind, value } = cursor.peek();
    if (cursor.accept('(')) {
      const inner: Expression = cursor.isAt('SELECT')
        ? { kind: 'subquery', query: readQuery(cursor) }
        : readExpression(cursor);
      cursor.expect(')');
      return inner;
    }
    switch (kind) {
      case 'number':
      case 'string':
      case 'binary':
        cursor.next();
        return readLiteral(kind, value);
      case 'variable':
        cursor.next();
        return { kind: 'variable', name: value };
      case 'word':
        return readWord(cursor, value);
      case 'quoted':
        return readReference(cursor);
      case 'symbol':
      case 'end':
        throw cursor.incorrect();
    }
  }

  function readWord(cursor: Cursor, word: string): Expression {
    switch (word) {
      case 'NULL':
        cursor.next();
        return literal(null, int);
      case 'CASE':
        return readCase(cursor);
      case 'CAST':
      case 'TRY_CAST': {
        cursor.next();
        cursor.expect('(');
        const operand = readExpression(cursor);
        cursor.expect('AS');
        const type = readSqlType(cursor);
        cursor.expect(')');
        return { kind: 'cast', operand, type, isTry: word === 'TRY_CAST' };
      }
      case 'CONVERT':
      case 'TRY_CONVERT': {
        cursor.next();
        cursor.expect('(');
        const type = readSqlType(cursor);
        cursor.expect(',');
        const operand = readExpression(cursor);
        const style = cursor.accept(',') ? { style: readExpression(cursor) } : {};
        cursor.expect(')');
        return { kind: 'cast', operand, type, isTry: word === 'TRY_CONVERT', ...style };
      }
      default:
        if (isKeywordFunction(cursor)) return readCall(cursor, cursor.next().text);
        if (reserved.has(word)) throw cursor.incorrect();
        return readReference(cursor);
    }
  }

  function readReference(cursor: Cursor): Expression {
    const parts = readNameParts(cursor);
    return cursor.isAt('(') ? readCall(cursor, parts.join('.')) : { kind: 'column', parts };
  }

  function readCall(cursor: Cursor, called: string): Expression {
    cursor.expect('(');
    const name = called.toUpperCase();
    let modifier: Modifier = 'none';
    let operands: Expression[] = [];
    if (cursor.accept('*')) modifier = 'star';
    else if (!cursor.isAt(')')) {
      if (cursor.accept('DISTINCT')) modifier = 'distinct';
      // DATEADD and its like name their unit without quotes.
      if (/^DATE(ADD|DIFF|DIFF_BIG|PART|NAME)$/.test(name)) {
        operands.push(literal(readName(cursor).toLowerCase(), nvarchar(20)));
        cursor.expect(',');
      }
      operands = [...operands, ...readOperands(cursor)];
    }
    cursor.expect(')');
    const call: Expression = { kind: 'call', name, operands, modifier };
    return cursor.accept('OVER') ? readWindow(cursor, call) : call;
  }

  function readWindow(cursor: Cursor, call: Expression): Expression {
    cursor.expect('(', 'ORDER', 'BY');
    const order = [readOrder(cursor)];
    while (cursor.accept(',')) order.push(readOrder(cursor));
    cursor.expect(')');
    return { kind: 'window', call, order };
  }

  function readOrder(cursor: Cursor): Order {
    const by = readExpression(cursor);
    const isDescending = cursor.accept('DESC');
    if (!isDescending) cursor.accept('ASC');
    return { by, isDescending };
  }

  function readCase(cursor: Cursor): Expression {
    cursor.expect('CASE');
    const subject = cursor.isAt('WHEN') ? {} : { subject: readExpression(cursor) };
    const branches: Branch[] = [];
    while (cursor.accept('WHEN')) {
      const when = readExpression(cursor);
      cursor.expect('THEN');
      branches.push({ when, result: readExpression(cursor) });
    }
    const otherwise = cursor.accept('ELSE') ? { otherwise: readExpression(cursor) } : {};
    cursor.expect('END');
    return { kind: 'case', branches, ...subject, ...otherwise };
  }

  function readOperands(cursor: Cursor): Expression[] {
    const operands = [readExpression(cursor)];
    while (cursor.accept(',')) operands.push(readExpression(cursor));
    return operands;
  }

  return { readExpression, readOrder, readValue: readSum };
}

function literal(value: Value, type: SqlType): Expression {
  return { kind: 'literal', value, type };
}

function readLiteral(kind: 'number' | 'string' | 'binary', value: string): Expression {
  if (kind === 'string') return literal(value, nvarchar(Math.max(value.length, 1)));
  if (kind === 'binary') return literal(Buffer.from(value, 'hex'), { name: 'varbinary', length: 8000 });
  if (!/^\d+$/.test(value)) {
    const scale = value.split('.')[1]?.length ?? 0;
    return /e/i.test(value)
      ? literal(Number(value), { name: 'float' })
      : literal(Number(value), { name: 'numeric', precision: 38, scale });
  }
  return Number(value) < 2 ** 31 ? literal(Number(value), int) : literal(BigInt(value), bigint);
}
