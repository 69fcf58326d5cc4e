import { DatabaseError, type Client } from 'pg';
import { isSqlState, RetryableError, TerminalError } from '../../errors.ts';
import { PostgresDiskFullError } from './faults.ts';
import { readServerMessage } from './messageShapes.ts';

interface Refused {
  readonly text: string;
  readonly isWithheld: boolean;
  /** `SQLSTATE 23505, ERROR, while writing to AxDB on 127.0.0.1:5432` */
  readonly tail: string;
  readonly server: string;
  /** As the server gave it. */
  readonly code: string;
}

const messageOf = ({ text, tail }: Refused) => `PostgreSQL refused a statement: ${text} (${tail})`;
const textsOf = ({ isWithheld, server }: Refused) =>
  isWithheld ? { withheldTextIn: `the error log of PostgreSQL on ${server}` } : {};

/** Number, severity, and what its text may say: the values, the detail, the hint and the context stay on the server. */
export class PostgresRefusedError extends TerminalError {
  override readonly code = 'postgres-refused';
  readonly sqlState: string;

  constructor(refused: Refused) {
    super(messageOf(refused), {
      remedy: 'Look the SQLSTATE up: a constraint, a trigger or a right of the database is in the way.',
      ...textsOf(refused),
    });
    this.sqlState = refused.code;
  }
}

/** A deadlock, a lock that was not to be had, a connection that the server ended. */
export class PostgresInterruptedError extends RetryableError {
  override readonly code = 'postgres-interrupted';

  constructor(refused: Refused) {
    super(messageOf(refused), {
      remedy:
        'It is tried again. When that does not help, look who holds the locks, or why the server ends connections.',
      ...textsOf(refused),
    });
  }
}

const PASSES = /^(?:40001|40P01|55P03|57P0[123]|08...)$/;

/** Where and at what, for the message: `writing to AxDB`, `127.0.0.1:5432`. */
export interface Doing {
  readonly doing: string;
  readonly server: string;
}

/** Which of these names may be repeated. */
export type KnownNames = (names: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * One of our errors of what the server said; anything else is handed on as it is. A trigger may raise any SQLSTATE, any text
 * and any names with it, so a name is repeated only when the catalogue of the database has it.
 */
export async function translate(error: unknown, known: KnownNames, { doing, server }: Doing): Promise<unknown> {
  if (!(error instanceof DatabaseError)) return error;
  const { code = '', message, severity = '' } = error;
  // A trigger may raise that number with a text of its own, which is withheld as any other.
  if (code === '53100' && message.endsWith(': No space left on device'))
    return new PostgresDiskFullError({ doing: `${doing} on ${server}`, code: `SQLSTATE ${code}` });
  const quoted = readServerMessage(code, message, () => true)?.names ?? [];
  const names = quoted.length === 0 ? new Set<string>() : await known(quoted);
  const shown = readServerMessage(code, message, (name) => names.has(name));
  const state = isSqlState(code) ? `SQLSTATE ${code}` : 'SQLSTATE withheld';
  const refused = {
    text: shown?.text ?? 'text withheld: it may hold data',
    isWithheld: shown === undefined,
    tail: [state, ...(/^[A-Z]{3,10}$/.test(severity) ? [severity] : []), `while ${doing} on ${server}`].join(', '),
    server,
    code,
  };
  return PASSES.test(code) ? new PostgresInterruptedError(refused) : new PostgresRefusedError(refused);
}

export const namesInCatalogue =
  (client: Client): KnownNames =>
  async (names) => {
    try {
      const { rows } = await client.query<{ name: string }>(NAMES, [names]);
      return new Set(rows.map(({ name }) => name));
    } catch {
      // The connection is gone, or stands in a transaction that takes no more statements: no name is known.
      return new Set();
    }
  };

const NAMES = `
SELECT relname::text AS name FROM pg_class WHERE relname::text = ANY($1)
UNION SELECT conname::text FROM pg_constraint WHERE conname::text = ANY($1)
UNION SELECT attname::text FROM pg_attribute WHERE attname::text = ANY($1)
UNION SELECT nspname::text FROM pg_namespace WHERE nspname::text = ANY($1)
UNION SELECT datname::text FROM pg_database WHERE datname::text = ANY($1)
UNION SELECT rolname::text FROM pg_roles WHERE rolname::text = ANY($1)`;
