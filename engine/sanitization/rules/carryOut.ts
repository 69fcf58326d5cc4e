import type { Session } from '../../environments/provider.ts';
import type { CompiledRule } from './compileRule.ts';
import { countRows } from './prepareRules.ts';

/** Small enough that the log of a database in simple recovery stays small, large enough that scanning does not dominate. */
export const BATCH_ROWS = 20_000;

export interface BatchContext {
  readonly session: Session;
  readonly signal: AbortSignal | undefined;
  readonly batchRows: number;
  readonly progress: (share: number) => void;
}

/**
 * Runs the batches of one rule. Their number is bounded by the rows counted first, so that a trigger which puts rows
 * back cannot keep it going for ever; the post-condition tells.
 */
export async function carryOut(
  compiled: CompiledRule,
  { session, signal, batchRows, progress }: BatchContext,
): Promise<number> {
  progress(0);
  const pending = await countRows(session, compiled.pending);
  if (pending === 0) return 0;
  const batches = compiled.isWhole ? 1 : Math.ceil(pending / batchRows);
  let rows = 0;

  for (let batch = 1; batch <= batches; batch++) {
    signal?.throwIfAborted();
    const { rowCount } = await session.execute(compiled.batch);
    if (rowCount === 0) break;
    rows += rowCount;
    progress(batch / batches);
  }
  return rows;
}
