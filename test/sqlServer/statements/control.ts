import { BatchEnd, inform, type Run, type Statement, type StatementFamily } from '../execute/context.ts';
import { runAll, runOne } from '../execute/runStatement.ts';
import { evaluate } from '../execute/evaluate.ts';
import { readList, type Cursor } from '../sql/cursor.ts';
import { readExpression } from '../sql/readQuery.ts';
import { SqlError, sqlError } from '../sql/sqlError.ts';
import type { Value } from '../sql/types.ts';

type ReadStatement = (cursor: Cursor) => Statement;

function readBlock(cursor: Cursor, readStatement: ReadStatement, ...end: readonly string[]): readonly Statement[] {
  const statements: Statement[] = [];
  for (;;) {
    while (cursor.accept(';'));
    if (cursor.accept(...end)) return statements;
    statements.push(readStatement(cursor));
  }
}

const blockFamily: StatementFamily = {
  starts: [['BEGIN']],
  isControl: true,
  read(cursor, readStatement) {
    cursor.expect('BEGIN');
    const statements = readBlock(cursor, readStatement, 'END');
    return (context) => runAll(statements, context);
  },
};

const ifFamily: StatementFamily = {
  starts: [['IF']],
  isControl: true,
  read(cursor, readStatement) {
    cursor.expect('IF');
    const condition = readExpression(cursor);
    const then = readStatement(cursor);
    cursor.accept(';');
    const otherwise = cursor.accept('ELSE') ? readStatement(cursor) : undefined;
    return async (context) => {
      const branch = isTrue(await evaluate(context, condition)) ? then : otherwise;
      if (branch) await runOne(branch, context);
    };
  },
};

const whileFamily: StatementFamily = {
  starts: [['WHILE']],
  isControl: true,
  read(cursor, readStatement) {
    cursor.expect('WHILE');
    const condition = readExpression(cursor);
    const body = readStatement(cursor);
    return async (context) => {
      while (isTrue(await evaluate(context, condition))) await runOne(body, context);
    };
  },
};

const returnFamily: StatementFamily = {
  starts: [['RETURN']],
  isControl: true,
  read(cursor) {
    cursor.expect('RETURN');
    return async () => {
      throw new BatchEnd();
    };
  },
};

const printFamily: StatementFamily = {
  starts: [['PRINT']],
  read(cursor) {
    cursor.expect('PRINT');
    const text = readExpression(cursor);
    return async (context) => inform(context, 0, String(await evaluate(context, text)), 1, 0);
  },
};

const throwFamily: StatementFamily = {
  starts: [['THROW']],
  read(cursor) {
    cursor.expect('THROW');
    const [number, message, state] = readList(cursor, () => readExpression(cursor));
    if (!number || !message || !state) throw cursor.incorrect();
    return async (context) => {
      const values = [
        await evaluate(context, number),
        await evaluate(context, message),
        await evaluate(context, state),
      ];
      throw new SqlError(
        [{ number: Number(values[0]), severity: 16, state: Number(values[2]), message: String(values[1]) }],
        true,
      );
    };
  },
};

/** `RAISERROR ('text', severity, state [, values]) [WITH NOWAIT]`. */
const raiseFamily: StatementFamily = {
  starts: [['RAISERROR']],
  read(cursor): Run {
    cursor.expect('RAISERROR');
    cursor.expect('(');
    const operands = readList(cursor, () => readExpression(cursor));
    cursor.expect(')');
    if (cursor.accept('WITH')) readList(cursor, () => cursor.next());
    return async (context) => {
      const values: Value[] = [];
      for (const operand of operands) values.push(await evaluate(context, operand));
      const [text = '', severity = 16, state = 1, ...more] = values;
      const message = String(text).replaceAll(/%[sdiu]/g, () => String(more.shift() ?? '(null)'));
      if (Number(severity) <= 10) inform(context, 50_000, message, Number(state), Number(severity));
      else throw sqlError(50_000, message, { severity: Number(severity), state: Number(state) });
      context.reply.flush();
    };
  },
};

function isTrue(value: Value): boolean {
  return value !== null && Number(value) !== 0;
}

export const controlFamilies: readonly StatementFamily[] = [
  blockFamily,
  ifFamily,
  whileFamily,
  returnFamily,
  printFamily,
  throwFamily,
  raiseFamily,
];
