import { SqlError } from '../sql/sqlError.ts';
import { rollback } from '../state/sessions.ts';
import { BatchEnd, type Context, type Statement } from './context.ts';

/** Runs the statements of a batch, or of a block in it, one after the other. */
export async function runAll(statements: readonly Statement[], context: Context): Promise<void> {
  for (const statement of statements) await runOne(statement, context);
}

export async function runOne({ text, isControl, run }: Statement, context: Context): Promise<void> {
  context.signal.throwIfAborted();
  try {
    await (isControl ? run(context) : context.observed(text, () => run(context)));
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const { session } = context;
    // A deadlock's victim loses its transaction.
    if (error.last.number === 1205 && session.transaction) {
      context.reply.changeTransaction('rollback', session.transaction.descriptor);
      rollback(session);
    }
    for (const message of error.messages) context.reply.message(message);
    context.reply.done({ isError: true });
    if (session.isXactAbort && session.transaction) rollback(session);
    if (error.endsBatch || session.isXactAbort) throw new BatchEnd();
  }
}
