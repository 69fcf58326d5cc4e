import { compileExpression } from '../sql/compileQuery.ts';
import { newScope } from '../sql/scope.ts';
import type { Expression } from '../sql/syntaxTree.ts';
import type { SqlType, Value } from '../sql/types.ts';
import { query } from '../state/connection.ts';
import { connectionOf } from '../state/sessions.ts';
import type { Context } from './context.ts';
import { surroundingsOf } from './surroundings.ts';

/** The value of an expression that stands outside of any query. */
export async function evaluate(context: Context, expression: Expression): Promise<Value> {
  return evaluateTyped(context, expression).value;
}

export function evaluateTyped(
  context: Context,
  expression: Expression,
): { readonly value: Value; readonly type: SqlType } {
  const { session } = context;
  const scope = newScope(surroundingsOf(context, session.database));
  const { text, type } = compileExpression(expression, scope);
  const rows = query(connectionOf(session, session.database), `SELECT ${text}`, Object.fromEntries(scope.parameters));
  return { value: rows[0]?.[0] ?? null, type };
}
