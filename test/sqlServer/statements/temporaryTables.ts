import type { Context, Run } from '../execute/context.ts';
import { cast } from '../sql/casts.ts';
import { readList, readName, readSqlType, type Cursor } from '../sql/cursor.ts';
import { notEmulated, sqlError } from '../sql/sqlError.ts';
import type { TypedColumn } from '../sql/scope.ts';
import type { Value } from '../sql/types.ts';
import { keyOf, temporaryTable, type TemporaryTable } from '../state/temporaryTables.ts';
import type { Reply } from '../tds/reply.ts';

/** `CREATE TABLE #name (…)`, behind the name: columns that may be NULL, and nothing else. */
export function readTemporaryTable(cursor: Cursor, parts: readonly string[]): Run {
  cursor.expect('(');
  const columns = readList(cursor, (): TypedColumn => {
    const column = { name: readName(cursor), type: readSqlType(cursor) };
    cursor.accept('NULL');
    if (!cursor.isAt(',') && !cursor.isAt(')')) throw notEmulated('constraints of a temporary table');
    return column;
  });
  cursor.expect(')');
  return async ({ session, reply }) => {
    if (session.temporaryTables.has(keyOf(parts)))
      throw sqlError(2714, `There is already an object named '${parts[0] ?? ''}' in the database.`, { state: 6 });
    session.temporaryTables.set(keyOf(parts), { columns, rows: [] });
    reply.done();
  };
}

export async function dropTemporaryTable(
  { session, reply }: Context,
  parts: readonly string[],
  isTolerant: boolean,
): Promise<void> {
  if (!session.temporaryTables.delete(keyOf(parts)) && !isTolerant)
    throw sqlError(
      3701,
      `Cannot drop the table '${parts[0] ?? ''}', because it does not exist or you do not have permission.`,
      { severity: 11, state: 5 },
    );
  reply.done();
}

/** `INSERT INTO #name EXEC …`: what the statement would have sent to the client goes into the table. */
export async function insertFromExec(context: Context, parts: readonly string[], run: Run): Promise<void> {
  const { reply, session } = context;
  const table = temporaryTable(session.temporaryTables, parts);
  if (!table) throw sqlError(208, `Invalid object name '${parts.join('.')}'.`);
  const taken: (readonly Value[])[] = [];
  await run({ ...context, reply: intoTable(reply, table, taken) });
  table.rows.push(...taken);
  reply.done({ rows: taken.length });
}

/** Messages still go to the client. */
function intoTable(reply: Reply, table: TemporaryTable, taken: (readonly Value[])[]): Reply {
  return {
    ...reply,
    columns(columns) {
      if (columns.length !== table.columns.length)
        throw sqlError(213, 'Column name or number of supplied values does not match table definition.', { state: 7 });
    },
    row(columns, values) {
      taken.push(table.columns.map(({ type }, at) => cast(values[at] ?? null, columns[at]?.type ?? type, type, 0)));
    },
    done: ({ isError = false } = {}) => (isError ? reply.done({ isError }) : undefined),
  };
}
