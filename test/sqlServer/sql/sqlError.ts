import type { ErrorNumber } from './errorNumbers.ts';
import type { ServerMessage } from '../tds/reply.ts';

/** What SQL Server would answer to a statement: one or several errors, of which the last is often the least telling. */
export class SqlError extends Error {
  readonly messages: readonly ServerMessage[];
  /** Ends the batch, not only the statement. */
  readonly endsBatch: boolean;

  constructor(messages: readonly ServerMessage[], endsBatch = false) {
    super(messages.map(({ number, message }) => `${number}: ${message}`).join('; '));
    this.messages = messages;
    this.endsBatch = endsBatch;
  }

  get last(): ServerMessage {
    return this.messages.at(-1) ?? { number: 50_000, severity: 16, state: 1, message: 'no message' };
  }
}

export function sqlError(
  number: ErrorNumber,
  message: string,
  more: { severity?: number; state?: number } = {},
): SqlError {
  return new SqlError(
    [{ number, severity: more.severity ?? 16, state: more.state ?? 1, message }],
    endsBatch.has(number),
  );
}

/** Several errors of one statement, in the order in which they are sent. */
export function sqlErrors(...errors: readonly (readonly [number: ErrorNumber, message: string])[]): SqlError {
  return new SqlError(errors.map(([number, message]) => ({ number, severity: 16, state: 1, message })));
}

/** A statement or option that this test double does not model: loud, and never mistaken for an answer of SQL Server. */
export function notEmulated(what: string): SqlError {
  return new SqlError([{ number: 50_000, severity: 16, state: 255, message: `not emulated: ${what}` }], true);
}

/** Names that do not resolve, conversions and deadlocks end the batch; most other errors only their statement. */
const endsBatch = new Set([102, 137, 207, 208, 241, 245, 1205, 4121, 8114]);
