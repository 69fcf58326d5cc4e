import type { CompiledQuery } from 'kysely';
import type { Client } from 'pg';
import { pour } from '../../databases/postgres/pour.ts';
import { namesInCatalogue, translate, type Doing } from '../../databases/postgres/refusal.ts';
import type { ReadSession, Session } from '../provider.ts';
import type { Fence } from './fence.ts';
import { type Address, doing, openClient, type OpenClient } from './client.ts';
import { openWriter } from './writer.ts';

/** Writing is refused by the type here, by the server through `default_transaction_read_only`, and by the role's rights. */
export async function openReadSession(
  address: Address,
  database: string,
  signal: AbortSignal = NEVER,
): Promise<ReadSession> {
  const open = await openClient(address, database, { options: '-c default_transaction_read_only=on' });
  return readSession(endedBy(signal, open, address, database), address, database);
}

const NEVER = new AbortController().signal;

/** Every statement is a transaction of its own that a worker with a stale fence cannot commit. @throws FencedError */
export async function openSession(
  address: Address,
  database: string,
  { fence, signal }: { readonly fence: Fence; readonly signal: AbortSignal },
): Promise<Session> {
  const writer = await openWriter(address, database, fence);
  const open = endedBy(signal, writer, address, database);
  const what = doing(`writing to ${database}`, address);
  const executeTogether: Session['executeTogether'] = (queries) =>
    open.run(
      () =>
        writer.change(async () => {
          const counts: number[] = [];
          for (const query of queries) counts.push((await send(open.client, query)).rowCount ?? 0);
          return counts;
        }),
      what,
    );
  return {
    ...readSession(open, address, database),
    executeTogether,
    execute: async (query) => ({ rowCount: (await executeTogether([query]))[0] ?? 0 }),
    async maintain(query) {
      await open.run(async () => {
        await fence.check();
        await send(open.client, query);
      }, what);
    },
  };
}

interface Running extends OpenClient {
  /** @throws one of our errors; the reason of the signal once it is aborted. */
  run<Result>(work: () => Promise<Result>, what: Doing): Promise<Result>;
}

/** A session whose statements end at the server with the signal. */
function endedBy(signal: AbortSignal, open: OpenClient, address: Address, database: string): Running {
  const { client } = open;
  const ready = client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid').then(({ rows }) => rows[0]?.pid ?? 0);
  ready.catch(() => undefined);
  const end = async (): Promise<void> => {
    try {
      await using other = await openClient(address, database);
      await other.client.query('SELECT pg_terminate_backend($1, 5000)', [await ready]);
    } catch {
      // A server that answers nobody rolls back when it finds the connection gone.
    } finally {
      await client.end();
    }
  };
  return {
    ...open,
    async run(work, what) {
      signal.throwIfAborted();
      const stop = () => void end().catch(() => undefined);
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        throw await translate(error, namesInCatalogue(client), what);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

function readSession(open: Running, address: Address, database: string): ReadSession {
  return {
    dialect: 'postgres',
    select: async <Row>(query: CompiledQuery<Row>) => {
      const { rows } = await open.run(() => send(open.client, query), doing(`reading from ${database}`, address));
      // kysely has typed the rows from the query itself.
      return rows as Row[];
    },
    pour: (query, sink) => open.run(() => pour(open.client, query, sink), doing(`reading from ${database}`, address)),
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

/** `extended` admits one statement per call: nothing can be smuggled in behind a semicolon. */
const send = (client: Client, { sql, parameters }: CompiledQuery) => {
  const query = { text: sql, values: [...parameters], queryMode: 'extended' };
  return client.query<Record<string, unknown>>(query);
};
