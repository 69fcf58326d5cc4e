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
 * Statements with their own parameters, in one transaction. HOLDLOCK keeps the row of the fence as it was read until the
 * transaction ends: raising it waits for that. Without a guard the fence lies elsewhere and is compared first. Counted, the batch ends with one row: how many rows each of them changed.
 */
export function guardedTransaction(
  guard: Guard | undefined,
  statements: readonly Statement[],
  { isCounted = false } = {},
): Statement {
  const own = statements.map(withOwnParameters);
  const counts = statements.map((_, index) => `rows${String(index)}`);
  return {
    text: [
      'SET XACT_ABORT ON;',
      ...(isCounted ? [`DECLARE ${counts.map((name) => `@${name} bigint = 0`).join(', ')};`] : []),
      'BEGIN TRANSACTION;',
      ...(guard === undefined
        ? []
        : [
            `IF (SELECT fence FROM ${fenceTable(guard)} WITH (HOLDLOCK) WHERE target = @target) > @fence`,
            `  THROW ${String(FENCED)}, N'Another worker has taken this target over', 1;`,
          ]),
      ...own.flatMap(({ text }, index) => [
        `${text};`,
        ...(isCounted ? [`SET @${counts[index] ?? ''} = @@ROWCOUNT;`] : []),
      ]),
      'COMMIT TRANSACTION;',
      ...(isCounted ? [`SELECT ${counts.map((name) => `@${name} AS ${name}`).join(', ')};`] : []),
    ].join('\n'),
    parameters: {
      ...Object.fromEntries(own.flatMap(({ parameters = {} }) => Object.entries(parameters))),
      ...(guard === undefined ? {} : { target: guard.target, fence: guard.fence }),
    },
  };
}

/** Each statement counts its parameters from @1; in one batch the later ones get names of their own. */
function withOwnParameters({ text, parameters = {} }: Statement, index: number): Statement {
  if (index === 0 || Object.keys(parameters).length === 0) return { text, parameters };
  const own = (name: string) => `s${String(index)}_${name}`;
  return {
    text: text.replaceAll(/@(\d+)\b/g, (_, name: string) => `@${own(name)}`),
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [own(name), value])),
  };
}

export const fenceTable = ({ controlDatabase }: Pick<Guard, 'controlDatabase'>): string =>
  controlDatabase === undefined ? 'dbo.fence' : `${quoteName(controlDatabase)}.dbo.fence`;
