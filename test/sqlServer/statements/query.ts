import type { Context, StatementFamily } from '../execute/context.ts';
import { assign } from '../execute/context.ts';
import { surroundingsOf } from '../execute/surroundings.ts';
import { compileQuery } from '../sql/compileQuery.ts';
import { readQuery } from '../sql/readQuery.ts';
import { newScope } from '../sql/scope.ts';
import type { Query } from '../sql/syntaxTree.ts';
import type { Value } from '../sql/types.ts';
import { query } from '../state/connection.ts';
import { changeTables, connectionOf } from '../state/sessions.ts';

/** SELECT, with WITH before it. */
export const queryFamily: StatementFamily = {
  starts: [['SELECT'], ['WITH']],
  read(cursor) {
    const tree = readQuery(cursor);
    return (context) => select(context, tree);
  },
};

async function select(context: Context, tree: Query): Promise<void> {
  const { session, signal } = context;
  const { database } = session;
  // A lock for a change to come: this session's turn begins here, so that what it reads stays so.
  if (session.transaction && isLocking(tree)) await changeTables(session, database, signal, () => undefined);
  const scope = newScope(surroundingsOf(context, database));
  const { text, columns } = compileQuery(tree, scope);
  const rows = query(connectionOf(session, database), text, Object.fromEntries(scope.parameters));
  if (!tree.selects[0]?.items.some(({ kind }) => kind === 'assign')) {
    sendRows(context, columns, rows);
    return;
  }
  const last = rows.at(-1);
  if (last) columns.forEach(({ name, type }, at) => assign(context, name, last[at] ?? null, type));
  context.reply.done();
}

export function sendRows(
  { reply }: Context,
  columns: Parameters<Context['reply']['columns']>[0],
  rows: readonly (readonly Value[])[],
): void {
  reply.columns(columns);
  for (const row of rows) reply.row(columns, row);
  reply.done({ rows: rows.length });
}

function isLocking({ selects }: Query): boolean {
  return selects.some(({ from }) => from.some(({ source }) => source.kind === 'table' && source.isLocking));
}
