import { assign, type Run, type StatementFamily } from '../execute/context.ts';
import { evaluateTyped } from '../execute/evaluate.ts';
import { cast } from '../sql/casts.ts';
import { readList, readName, readSqlType, type Cursor } from '../sql/cursor.ts';
import { readExpression } from '../sql/readQuery.ts';
import { notEmulated } from '../sql/sqlError.ts';

function readVariable(cursor: Cursor): string {
  if (cursor.peek().kind !== 'variable') throw cursor.incorrect();
  return cursor.next().value;
}

const declareFamily: StatementFamily = {
  starts: [['DECLARE']],
  read(cursor) {
    cursor.expect('DECLARE');
    const declared = readList(cursor, () => {
      const name = readVariable(cursor);
      cursor.accept('AS');
      if (cursor.isAt('TABLE')) throw notEmulated('table variables');
      const type = readSqlType(cursor);
      return { name, type, initial: cursor.accept('=') ? readExpression(cursor) : undefined };
    });
    return async (context) => {
      for (const { name, type, initial } of declared) {
        const given = initial && evaluateTyped(context, initial);
        const value = given ? cast(given.value, given.type, type, 0) : null;
        context.variables.set(name, { type, value, isOutput: false });
      }
    };
  },
};

/** Options that change nothing here, as every client of this double sends them. NOCOUNT is not among them: nobody may send it. */
const ignored = new Set(
  'ANSI_NULLS ANSI_NULL_DFLT_ON ANSI_PADDING ANSI_WARNINGS ARITHABORT CONCAT_NULL_YIELDS_NULL DATEFIRST DATEFORMAT IMPLICIT_TRANSACTIONS LANGUAGE NUMERIC_ROUNDABORT QUOTED_IDENTIFIER TEXTSIZE LOCK_TIMEOUT DEADLOCK_PRIORITY'.split(
    ' ',
  ),
);

const setFamily: StatementFamily = {
  starts: [['SET']],
  read(cursor): Run {
    cursor.expect('SET');
    if (cursor.peek().kind === 'variable') {
      const name = readVariable(cursor);
      cursor.expect('=');
      const value = readExpression(cursor);
      return async (context) => {
        const given = evaluateTyped(context, value);
        assign(context, name, given.value, given.type);
      };
    }
    if (cursor.accept('TRANSACTION', 'ISOLATION', 'LEVEL')) {
      const isKnown = ['READ COMMITTED', 'READ UNCOMMITTED', 'REPEATABLE READ', 'SERIALIZABLE', 'SNAPSHOT'].some(
        (level) => cursor.accept(...level.split(' ')),
      );
      if (!isKnown) throw cursor.incorrect();
      return async ({ reply }) => reply.done();
    }
    const option = readName(cursor).toUpperCase();
    if (option === 'XACT_ABORT') {
      const isOn = cursor.accept('ON');
      if (!isOn) cursor.expect('OFF');
      return async ({ session, reply }) => {
        session.isXactAbort = isOn;
        reply.done();
      };
    }
    if (!ignored.has(option)) throw notEmulated(`SET ${option}`);
    cursor.next();
    return async ({ reply }) => reply.done();
  },
};

export const variableFamilies: readonly StatementFamily[] = [declareFamily, setFamily];
