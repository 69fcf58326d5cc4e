import { createCursor, type Cursor } from '../sql/cursor.ts';
import { SqlError } from '../sql/sqlError.ts';
import { families } from '../statements/families.ts';
import { BatchEnd, type Context, type Statement } from './context.ts';
import { runAll } from './runStatement.ts';

/** Understands a whole batch before any of it runs, as SQL Server does. @throws SqlError 102, … */
export function readBatch(text: string): readonly Statement[] {
  const cursor = createCursor(text);
  const statements: Statement[] = [];
  for (;;) {
    while (cursor.accept(';'));
    if (cursor.isAtEnd()) return statements;
    statements.push(readStatement(cursor));
  }
}

function readStatement(cursor: Cursor): Statement {
  let best: { readonly family: (typeof families)[number]; readonly length: number } | undefined;
  for (const family of families) {
    for (const start of family.starts) {
      if (start.length > (best?.length ?? 0) && cursor.isAt(...start)) best = { family, length: start.length };
    }
  }
  if (!best) throw cursor.incorrect();
  const from = cursor.peek().start;
  const run = best.family.read(cursor, readStatement);
  const text = cursor.source.slice(from, cursor.peek().start).trim().replace(/;$/, '').trim();
  cursor.accept(';');
  return { text, isControl: best.family.isControl === true, run };
}

/** A batch, or the text of sp_executesql: errors of its syntax come before anything of it has run. */
export const runText: (text: string, context: Context) => Promise<void> = async (text, context) => {
  let statements: readonly Statement[];
  try {
    statements = readBatch(text);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    await context
      .observed(text, async () => {
        throw error;
      })
      .catch((reported: unknown) => {
        if (!(reported instanceof SqlError)) throw reported;
        for (const message of reported.messages) context.reply.message(message);
        context.reply.done({ isError: true });
      });
    throw new BatchEnd();
  }
  await runAll(statements, context);
};
