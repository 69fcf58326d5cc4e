import type { Socket } from 'node:net';
import { type ClientBase, DatabaseError } from 'pg';
import { bounded, endsWithin, type Life, NoAnswerError, whileAlive } from '../../bounded.ts';

/** TCP asks a silent other side whether it is still there: what a firewall has forgotten is noticed while nobody sends. */
export const KEEPALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 30_000 } as const;

/** Every statement of this connection ends within that time: answered, or with the connection cut off. */
export function answerWithin(client: ClientBase, whom: string, withinMs: number): void {
  watchStatements(client, (answer) => bounded(() => answer, { whom, withinMs }));
  partWithin(client, withinMs);
}

/**
 * A statement of this connection may take hours, for as long as the server says that it still has the session.
 * `ask` sends a statement on a connection of its own, ends it, and gives the number of rows.
 */
export function answerWhileAlive(client: ClientBase, ask: (text: string) => Promise<number>, life: Life): void {
  const look = async () => {
    const text = `SELECT 1 FROM pg_stat_activity WHERE pid = ${String(insideOf(client).processID)}`;
    const rows = await ask(text).catch((error: unknown) => {
      // A server that refuses (a password was changed, it has no connection left) is there.
      if (!(error instanceof DatabaseError)) throw error;
    });
    if (rows === 0) throw new Error('the server no longer has the session');
  };
  watchStatements(client, (answer) => whileAlive(() => answer, look, life));
  partWithin(client, life.withinMs);
}

function watchStatements(client: ClientBase, watched: (answer: Promise<unknown>) => Promise<unknown>): void {
  const send = client.query.bind(client) as (...operands: readonly unknown[]) => unknown;
  const query = (...operands: readonly unknown[]): unknown => {
    const answer = send(...operands);
    // With a callback there is no promise; nothing here sends one.
    return answer instanceof Promise ? watched(answer).catch((error: unknown) => given(answer, error)) : answer;
  };
  let silence: NoAnswerError | undefined;
  const given = async (answer: Promise<unknown>, error: unknown): Promise<never> => {
    if (error instanceof NoAnswerError) {
      silence ??= error;
      cutOff(client);
      // The driver has noticed by then: no pool hands the connection out again.
      await answer.catch(() => undefined);
    }
    // Of what else waits on the connection, the driver knows only that it was cut off.
    throw silence ?? error;
  };
  client.query = query as typeof client.query;
}

const GOODBYE_MS = 2_000;

/** The driver's own goodbye waits until the other side hangs up. */
function partWithin(client: ClientBase, withinMs: number): void {
  const inside = insideOf(client);
  const end = inside.end.bind(client);
  const part = async (): Promise<void> => {
    const parted = Promise.resolve(end());
    if (!(await endsWithin(Math.min(GOODBYE_MS, withinMs), parted))) cutOff(client);
    await parted;
  };
  inside.end = (done) => {
    const parted = part();
    // The pool of the driver wants to be called back.
    if (done !== undefined) void parted.finally(() => done()).catch(() => undefined);
    return parted;
  };
}

const cutOff = (client: ClientBase): void => void insideOf(client).connection.stream.destroy();

interface Inside {
  end(done?: () => void): Promise<void> | void;
  readonly processID: number;
  readonly connection: { readonly stream: Socket };
}

/** What every client of the driver has and its types do not tell; pg-pool uses the same. */
const insideOf = (client: ClientBase) => client as unknown as Inside;
