import type { z } from 'zod';
import { isRefusal, isServerError } from './faults.ts';
import type { Connection, SendOptions } from './connection.ts';
import type { Statement } from './statement.ts';

/** @returns undefined where there is no answer: a right is missing, the version has no such view, another session holds the database alone. */
export async function askIfAllowed<Row>(
  connection: Connection,
  statement: Statement,
  row: z.ZodType<Row>,
  doing: string,
  options: Pick<SendOptions, 'isSlow'> = {},
): Promise<readonly Row[] | undefined> {
  try {
    return await connection.ask(statement, row, { doing, ...options });
  } catch (error) {
    if (!isRefusal(error) && !isServerError(error, 'database-in-use')) throw error;
    return undefined;
  }
}
