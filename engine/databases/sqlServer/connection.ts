import type { z } from 'zod';
import { whileAlive } from '../../bounded.ts';
import type { ServerAddress } from './address.ts';
import { ConnectionLostError, LoginRefusedError } from './login/errors.ts';
import { untilAdmitted } from './patience.ts';
import { openPool } from './pool.ts';
import { type Info, runStatement } from './runStatement.ts';
import type { Statement } from './statement.ts';
import { translate, translateLogin } from './translate.ts';

export interface SendOptions {
  /** For messages: `restoring uat__incoming_R-1042`. */
  readonly doing: string;
  readonly signal?: AbortSignal;
  readonly onInfo?: (info: Info) => void;
  /** For questions about media, on a share or behind a URL, and about a long history: they take minutes. */
  readonly isSlow?: boolean;
  /** Takes the rows one by one instead of all together. */
  readonly onRow?: (values: readonly unknown[]) => void;
  /** When there is a session, which may have taken minutes: what has to be so as the statement is sent. */
  readonly atLast?: () => Promise<void>;
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
  database = 'master',
): Promise<Connection> => openConnection(address, { database, most: 4, requestTimeoutMs });

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
  const { title, config, bounds, patience } = address;
  const nowMs = patience && (() => Date.parse(patience.clock.now()));
  const pool = openPool(
    {
      ...config,
      options: {
        ...{ ...config.options, database, requestTimeout: requestTimeoutMs, connectTimeout: bounds.connectMs },
        // The driver would knock three times on its own, a few hundred milliseconds apart.
        ...(patience === undefined ? {} : { maxRetriesOnTransientErrors: 0 }),
      },
    },
    { most, nowMs, idleTimeoutMs: requestTimeoutMs === 0 ? 86_400_000 : 30_000 },
  );
  let isOpen = true;

  /** A session of the pool, which is nobody else's until it is released. */
  const borrow = (doing: string, signal?: AbortSignal) =>
    patience === undefined
      ? takeOne(doing, signal)
      : untilAdmitted(patience, () => takeOne(doing, signal), { signal, isOpen: () => isOpen });

  async function takeOne(doing: string, signal?: AbortSignal) {
    if (!isOpen) throw new ConnectionLostError(title, doing);
    const waiting = pool.acquire();
    const stop = () => waiting.abort();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await waiting.promise;
    } catch (error) {
      signal?.throwIfAborted();
      throw translateLogin(error, address, doing);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** The session is given back when the server has answered, which may be after whoever asked has gone. */
  async function answer(
    statement: Statement,
    { doing, onInfo, onRow, atLast }: SendOptions,
    timeoutMs: number,
    signal?: AbortSignal,
  ) {
    const session = await borrow(doing, signal);
    try {
      await atLast?.();
      signal?.throwIfAborted();
      return await runStatement(session, statement, { timeoutMs, signal, onInfo, onRow });
    } finally {
      pool.release(session);
    }
  }

  async function run(statement: Statement, options: SendOptions) {
    const { doing, signal, isSlow } = options;
    signal?.throwIfAborted();
    const timeoutMs = isSlow ? 0 : requestTimeoutMs;
    try {
      if (timeoutMs > 0) return await answer(statement, options, timeoutMs, signal);
      return await whileServerLives(address, (silent) =>
        answer(statement, options, timeoutMs, signal ? AbortSignal.any([signal, silent]) : silent),
      );
    } catch (error) {
      signal?.throwIfAborted();
      throw translate(error, address, doing);
    }
  }

  async function close() {
    isOpen = false;
    await pool.destroy();
  }

  try {
    pool.release(await borrow(`connecting to ${database}`));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    title,
    async ask(statement, row, options) {
      const { rows } = await run(statement, options);
      return rows.map((found) => row.parse(found));
    },
    async send(statement, options) {
      const { rowsAffected } = await run(statement, { ...options, isSlow: true });
      return rowsAffected;
    },
    [Symbol.asyncDispose]: close,
  };
}

/**
 * A statement without a limit ends with its server: a login that is answered is the sign that there still is one. The statement's own
 * connection is cut off when nobody answers the cancellation either.
 */
function whileServerLives<Answer>(
  address: ServerAddress,
  answer: (silent: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const { title, bounds, patience: _patience, ...once } = address;
  const look = async (): Promise<void> => {
    try {
      await using _ = await openShortConnection({ ...once, title, bounds });
    } catch (error) {
      // A server that refuses is there; whoever changes a password ends no restore.
      if (!(error instanceof LoginRefusedError)) throw error;
    }
  };
  return whileAlive(answer, look, { whom: title, everyMs: bounds.everyMs, withinMs: bounds.connectMs });
}
