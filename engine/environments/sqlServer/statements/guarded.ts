import { quoteName } from '../../../databases/sqlServer/quote.ts';
import { FENCED, type Guard, type Statement } from '../../../databases/sqlServer/statement.ts';

/**
 * The statements in one batch that a stale worker cannot get into.
 * XACT_ABORT ends the batch at its first error; inside sp_executesql it ends with the batch, so no later user of the
 * connection inherits it. TRY/CATCH would hand on only the last error of a statement, which is never the cause.
 */
export function guarded(guard: Guard, statements: readonly string[]): Statement {
  return {
    text: [
      'SET XACT_ABORT ON;',
      `IF EXISTS (SELECT 1 FROM ${fenceTable(guard)} WHERE target = @target AND fence > @fence)`,
      `  THROW ${String(FENCED)}, N'Another worker has taken this target over', 1;`,
      ...statements.map((statement) => `${statement};`),
    ].join('\n'),
    parameters: { target: guard.target, fence: guard.fence },
  };
}

/**
 * One statement with its own parameters, in a transaction. HOLDLOCK keeps the row of the fence as it was read until the
 * transaction ends: raising it waits for that.
 */
export function guardedTransaction(guard: Guard, { text, parameters }: Statement): Statement {
  return {
    text: [
      'SET XACT_ABORT ON;',
      'BEGIN TRANSACTION;',
      `IF (SELECT fence FROM ${fenceTable(guard)} WITH (HOLDLOCK) WHERE target = @target) > @fence`,
      `  THROW ${String(FENCED)}, N'Another worker has taken this target over', 1;`,
      `${text};`,
      'COMMIT TRANSACTION;',
    ].join('\n'),
    parameters: { ...parameters, target: guard.target, fence: guard.fence },
  };
}

export const fenceTable = ({ controlDatabase }: Pick<Guard, 'controlDatabase'>): string =>
  `${quoteName(controlDatabase)}.dbo.fence`;
