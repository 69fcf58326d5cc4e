import type { z } from 'zod';
import { isRefusal } from './faults.ts';
import type { Line } from './line.ts';
import type { Statement } from './statements/statement.ts';

/** @returns undefined when the server refuses the question: a right is missing, or its version has no such view. */
export async function askIfAllowed<Row>(
  line: Line,
  statement: Statement,
  row: z.ZodType<Row>,
  doing: string,
): Promise<readonly Row[] | undefined> {
  try {
    return await line.ask(statement, row, { doing });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return undefined;
  }
}
