import { BatchEnd, assign, type Context, type StatementFamily } from '../execute/context.ts';
import { evaluateTyped } from '../execute/evaluate.ts';
import type { ProcedureOperand } from '../procedures/operands.ts';
import { procedures } from '../procedures/procedures.ts';
import { readList, readNameParts, type Cursor } from '../sql/cursor.ts';
import { readExpression } from '../sql/readQuery.ts';
import { notEmulated, sqlError } from '../sql/sqlError.ts';
import type { Expression } from '../sql/syntaxTree.ts';
import { int } from '../sql/types.ts';
import { databaseNamed, enterDatabase } from '../state/sessions.ts';

interface WrittenOperand {
  readonly name: string;
  readonly value: Expression;
  readonly isOutput: boolean;
}

/** `EXEC [@status =] [database..]procedure @name = value [OUTPUT], …` and `EXEC ('text')`. */
export const executeFamily: StatementFamily = {
  starts: [['EXEC'], ['EXECUTE']],
  read(cursor) {
    cursor.next();
    if (cursor.accept('(')) {
      const text = readExpression(cursor);
      cursor.expect(')');
      return (context) => runInside(context, String(evaluateTyped(context, text).value), context.variables);
    }
    let status: string | undefined;
    if (cursor.peek().kind === 'variable' && cursor.peek(1).text === '=') {
      status = cursor.next().value;
      cursor.next();
    }
    const parts = readNameParts(cursor);
    const ends =
      cursor.isAtEnd() || cursor.isAt(';') || (cursor.peek().kind === 'word' && cursor.peek().value !== 'NULL');
    const written = ends ? [] : readList(cursor, () => readOperand(cursor));
    return (context) => execute(context, parts, written, status);
  },
};

function readOperand(cursor: Cursor): WrittenOperand {
  let name = '';
  if (cursor.peek().kind === 'variable' && cursor.peek(1).text === '=') {
    name = cursor.next().value;
    cursor.next();
  }
  const { kind, text } = cursor.peek();
  // A bare word is a text: EXEC sp_who active.
  const isBare = kind === 'word' && cursor.peek().value !== 'NULL';
  const value: Expression = isBare
    ? { kind: 'literal', value: text, type: { name: 'nvarchar', length: 128 } }
    : readExpression(cursor);
  if (isBare) cursor.next();
  return { name, value, isOutput: cursor.accept('OUTPUT') || cursor.accept('OUT') };
}

async function execute(
  context: Context,
  parts: readonly string[],
  written: readonly WrittenOperand[],
  status: string | undefined,
): Promise<void> {
  const { session } = context;
  const operands: ProcedureOperand[] = written.map(({ name, value, isOutput }) => {
    const result = evaluateTyped(context, value);
    const target = isOutput && value.kind === 'variable' ? value.name : undefined;
    return {
      name,
      ...result,
      setOutput: (given, type) => target !== undefined && assign(context, target, given, type),
    };
  });
  const name = parts.at(-1)?.toLowerCase() ?? '';
  const before = session.database;
  // `[uat]..sp_addextendedproperty` and `[uat].sys.sp_executesql` work in the database that they name.
  const place = parts.length === 3 ? databaseNamed(session.server, parts[0] ?? '') : before;
  if (place !== before) enterDatabase(session, place);
  try {
    const result = await runProcedure(context, name, operands);
    if (status !== undefined) assign(context, status, result, int);
  } finally {
    if (place !== before && session.server.sessions.has(session.id)) enterDatabase(session, before);
  }
}

/** @returns its return status. @throws SqlError 2812 */
export async function runProcedure(
  context: Context,
  name: string,
  operands: readonly ProcedureOperand[],
): Promise<number> {
  if (name === 'sp_executesql') {
    await executeText(context, operands);
    return 0;
  }
  const procedure = procedures[name];
  if (!procedure) {
    if (/^x?[sp]{2}_/.test(name)) throw notEmulated(`the procedure ${name}`);
    throw sqlError(2812, `Could not find stored procedure '${name}'.`, { state: 62 });
  }
  return procedure(context, operands);
}

async function executeText(
  context: Context,
  [statement, declaration, ...values]: readonly ProcedureOperand[],
): Promise<void> {
  const variables: Context['variables'] = new Map();
  const declared = String(declaration?.value ?? '').match(/@[\w#$@]+/g) ?? [];
  values.forEach(({ name, type, value }, at) => {
    variables.set((name || declared[at] || '').toLowerCase(), { type, value, isOutput: false });
  });
  await runInside(context, String(statement?.value ?? ''), variables);
}

/** What is run by EXEC or sp_executesql leaves the database and the options of its caller as they were. */
async function runInside(context: Context, text: string, variables: Context['variables']): Promise<void> {
  const { session, reply } = context;
  const before = session.database;
  const known = new Set(session.temporaryTables.keys());
  const wasXactAbort = session.isXactAbort;
  try {
    await context.runText(text, { ...context, variables });
  } catch (error) {
    if (!(error instanceof BatchEnd)) throw error;
  } finally {
    session.isXactAbort = wasXactAbort;
    for (const name of session.temporaryTables.keys()) if (!known.has(name)) session.temporaryTables.delete(name);
    if (session.database !== before && session.server.sessions.has(session.id)) {
      reply.changeDatabase(before.name, session.database.name);
      enterDatabase(session, before);
    }
  }
}
