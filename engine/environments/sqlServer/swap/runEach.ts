import { isStatementRefused } from '../../../databases/sqlServer/faults.ts';

export type Run = (texts: readonly string[]) => Promise<void>;

/** Statements that belong together and concern one principal. */
export interface Part {
  readonly statements: readonly string[];
}

/**
 * All parts in one batch; when the server refuses one of them, what is still to be done each in a batch of its own, so that
 * one principal holds up no other. `refused` is told which ones it said no to, and with what number.
 * @param find Looks at the database: a batch that ended early has done a part of it.
 */
export async function runEach<One extends Part>(
  run: Run,
  find: () => Promise<readonly One[]>,
  refused: (part: One, number: number) => void,
): Promise<void> {
  const parts = await find();
  if (parts.length === 0) return;
  try {
    return await run(parts.flatMap(({ statements }) => statements));
  } catch (error) {
    if (!isStatementRefused(error)) throw error;
  }
  for (const part of await find()) {
    try {
      await run(part.statements);
    } catch (error) {
      if (!isStatementRefused(error)) throw error;
      refused(part, error.number);
    }
  }
}
