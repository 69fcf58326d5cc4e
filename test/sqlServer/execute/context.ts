import type { ErrorNumber } from '../sql/errorNumbers.ts';
import { sqlError, type SqlError } from '../sql/sqlError.ts';
import type { Cursor } from '../sql/cursor.ts';
import { cast } from '../sql/casts.ts';
import type { SqlType, Value } from '../sql/types.ts';
import type { Reply } from '../tds/reply.ts';
import type { Server, Session } from '../state/model.ts';

/** What a running batch knows. */
export interface Context {
  readonly server: Server;
  readonly session: Session;
  readonly reply: Reply;
  readonly signal: AbortSignal;
  readonly variables: Map<string, { type: SqlType; value: Value; isOutput: boolean }>;
  readonly counters: { returnStatus: number; rowCount: number };
  /** Runs a statement under the faults that tests have set, and writes it down. */
  readonly observed: (text: string, run: () => Promise<void>) => Promise<void>;
  /** Runs a batch inside this one: EXEC('…') and sp_executesql. */
  readonly runText: (text: string, context: Context) => Promise<void>;
  /** Faults that wait for a restore to have come so far. */
  readonly reached: (percent: number) => Promise<void>;
}

/** A statement that was understood and waits for its turn. */
export interface Statement {
  readonly text: string;
  /** IF, TRY and their like are no statements of their own: what they hold is observed. */
  readonly isControl: boolean;
  readonly run: Run;
}

export type Run = (context: Context) => Promise<void>;

/** One shape of statement: how it begins, how it goes on, what it does. */
export interface StatementFamily {
  /** The words that it begins with; the longest that fit win. */
  readonly starts: readonly (readonly string[])[];
  readonly isControl?: boolean;
  /** Reads the rest, from the first of those words on. */
  read(cursor: Cursor, readStatement: (cursor: Cursor) => Statement): Run;
}

/** Thrown to end a batch without an error: RETURN. */
export class BatchEnd extends Error {}

export function variableNamed(context: Context, name: string): { type: SqlType; value: Value } {
  const found = context.variables.get(name);
  if (!found) throw sqlError(137, `Must declare the scalar variable "${name}".`, { severity: 15, state: 2 });
  return found;
}

export function assign(context: Context, name: string, value: Value, from: SqlType): void {
  const variable = variableNamed(context, name);
  variable.value = cast(value, from, variable.type, 0);
}

/** Resolves after `ms`, or rejects when the request is cancelled or its session ended. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Error('cancelled'));
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(new Error('cancelled'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** 0 is what PRINT says. */
export function inform(context: Context, number: ErrorNumber | 0, message: string, state = 1, severity = 10): void {
  context.reply.message({ number, severity, state, message });
}

/** ALTER DATABASE, BACKUP and RESTORE are not allowed inside a transaction. */
export function outsideTransaction(context: Context, refusal: () => SqlError): void {
  if (context.session.transaction) throw refusal();
}
