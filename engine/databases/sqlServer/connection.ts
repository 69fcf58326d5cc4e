import type { ConnectionPool, Request } from 'mssql';
import type { z } from 'zod';
import { whileAlive } from '../../bounded.ts';
import type { ServerAddress } from './address.ts';
import { loadMssql } from './drivers.ts';
import { LoginRefusedError } from './login/errors.ts';
import { keepLoginNumber } from './login/refusal.ts';
import type { Statement, StatementValue } from './statement.ts';
import { translate } from './translate.ts';

/** A message that is no error: progress of a RESTORE, a warning. */
export interface Info {
  readonly number: number;
  readonly message: string;
}

export interface SendOptions {
  /** For messages: `restoring uat__incoming_R-1042`. */
  readonly doing: string;
  readonly signal?: AbortSignal;
  readonly onInfo?: (info: Info) => void;
  /** For questions about media, on a share or behind a URL, and about a long history: they take minutes. */
  readonly isSlow?: boolean;
}

/** Connections to one server. Rows are parsed where they come in. */
export interface Connection extends AsyncDisposable {
  readonly title: string;
  ask<Row>(statement: Statement, row: z.ZodType<Row>, options: SendOptions): Promise<readonly Row[]>;
  /**
   * Without a time limit: a rollback, a new broker, a drop take what they take, and giving up in the middle undoes nothing.
   * @returns the number of rows of the last statement.
   */
  send(statement: Statement, options: SendOptions): Promise<number>;
}

/** Short questions, several at once: 15 s are enough, or the server is not well. */
export const openShortConnection = (
  address: ServerAddress,
  requestTimeoutMs = address.bounds.answerMs,
): Promise<Connection> => openConnection(address, { database: 'master', most: 4, requestTimeoutMs });

/** Folders and headers of backups, a few files at once: on a slow share one of them may take minutes. */
export const openReadingConnection = (address: ServerAddress): Promise<Connection> =>
  openConnection(address, { database: 'master', most: FILES_AT_ONCE, requestTimeoutMs: 300_000 });

export const FILES_AT_ONCE = 4;

/** One session for statements of any length. What it holds (SINGLE_USER) it holds until it is disposed of. */
export const openLongConnection = (address: ServerAddress, database = 'master'): Promise<Connection> =>
  openConnection(address, { database, most: 1, requestTimeoutMs: 0 });

interface LineOptions {
  readonly database: string;
  readonly most: number;
  readonly requestTimeoutMs: number;
}

async function openConnection(
  address: ServerAddress,
  { database, most, requestTimeoutMs }: LineOptions,
): Promise<Connection> {
  const { title } = address;
  const { ConnectionPool } = loadMssql();
  const pool = new ConnectionPool({
    ...address.config,
    database,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: address.bounds.connectMs,
    pool: { min: 0, max: most, idleTimeoutMillis: requestTimeoutMs === 0 ? 86_400_000 : 30_000 },
    validateConnection: 'socket',
    beforeConnect: keepLoginNumber,
  });
  // A connection that dies while nobody waits for an answer: the next statement says so.
  pool.on('error', () => undefined);
  try {
    await pool.connect();
  } catch (error) {
    throw translate(error, address, `connecting to ${database}`);
  }

  async function run(statement: Statement, { doing, signal, onInfo, isSlow }: SendOptions) {
    signal?.throwIfAborted();
    const request = isSlow ? withoutLimit(pool) : pool.request();
    for (const [name, value] of Object.entries(statement.parameters ?? {})) addInput(request, name, value);
    if (onInfo) request.on('info', onInfo);
    const stop = () => request.cancel();
    signal?.addEventListener('abort', stop, { once: true });
    const isUnlimited = isSlow === true || requestTimeoutMs === 0;
    try {
      const answer = () => request.query<unknown>(statement.text);
      return await (isUnlimited ? answeredWhileAlive(address, answer, stop) : answer());
    } catch (error) {
      signal?.throwIfAborted();
      throw translate(error, address, doing);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  return {
    title,
    async ask(statement, row, options) {
      const { recordset } = await run(statement, options);
      return [...(recordset ?? [])].map((found) => row.parse(found));
    },
    async send(statement, options) {
      const { rowsAffected } = await run(statement, { ...options, isSlow: true });
      return rowsAffected.at(-1) ?? 0;
    },
    async [Symbol.asyncDispose]() {
      await pool.close().catch(() => undefined);
    },
  };
}

/**
 * A statement without a limit ends with its server: a login that is answered is the sign that there still is one. The statement's own
 * connection is cut off when nobody answers the cancellation either.
 */
async function answeredWhileAlive<Answer>(
  address: ServerAddress,
  answer: () => Promise<Answer>,
  cancel: () => void,
): Promise<Answer> {
  const { title, bounds } = address;
  const look = async (): Promise<void> => {
    try {
      await using _ = await openShortConnection(address);
    } catch (error) {
      // A server that refuses is there; whoever changes a password ends no restore.
      if (!(error instanceof LoginRefusedError)) throw error;
    }
  };
  const work = (silent: AbortSignal) => {
    silent.addEventListener('abort', cancel, { once: true });
    return answer();
  };
  return whileAlive(work, look, { whom: title, everyMs: bounds.everyMs, withinMs: bounds.connectMs });
}

function withoutLimit(pool: ConnectionPool): Request {
  // mssql takes a limit per request since 12.7; the types of it do not know yet.
  const request = pool.request as (own: { readonly requestTimeout: number }) => Request;
  return request.call(pool, { requestTimeout: 0 });
}

function addInput(request: Request, name: string, value: StatementValue): void {
  const { DateTime2, VarBinary, MAX } = loadMssql();
  // The driver would send datetime, which rounds to 1/300 s and knows no year before 1753.
  if (value instanceof Date) request.input(name, DateTime2(7), value);
  else if (Buffer.isBuffer(value)) request.input(name, VarBinary(MAX), value);
  // Numbers beyond 32 bits would travel as float.
  else request.input(name, typeof value === 'number' && !(Math.abs(value) < 2 ** 31) ? BigInt(value) : value);
}
