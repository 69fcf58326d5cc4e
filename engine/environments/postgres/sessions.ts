import type { CompiledQuery } from 'kysely';
import { Client, DatabaseError } from 'pg';
import { noConnectionOf } from '../../databases/noConnection.ts';
import { namesInCatalogue, translate, type Doing } from '../../databases/postgres/refusal.ts';
import type { ReadSession, Session } from '../provider.ts';
import type { Fence } from './fence.ts';
import { openWriter } from './writer.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export function addressOf(url: string, port?: number): Address {
  const { hostname, port: ownPort, username, password } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ?? Number(ownPort || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}

export interface OpenClient extends AsyncDisposable {
  readonly client: Client;
}

export async function openClient(
  address: Address,
  database: string,
  { title = 'rewind', options }: { readonly title?: string; readonly options?: string } = {},
): Promise<OpenClient> {
  const client = new Client({
    ...address,
    database,
    application_name: title,
    connectionTimeoutMillis: 10_000,
    ...(options === undefined ? {} : { options }),
  });
  // A connection that dies while nobody waits for an answer: the next statement says so.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    // What the server itself answers (login, database) is no matter of the connection, and trying again changes nothing.
    const unreachable =
      error instanceof DatabaseError ? undefined : noConnectionOf(error, `${address.host}:${String(address.port)}`);
    if (unreachable !== undefined) throw unreachable;
    // There is nobody to ask for names; these two are ours.
    const known = () => Promise.resolve(new Set([address.user, database]));
    throw await translate(error, known, doing(`connecting to ${database}`, address));
  }
  return { client, [Symbol.asyncDispose]: () => client.end() };
}

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
  return {
    ...readSession(open, address, database),
    execute: async (query) => {
      const what = doing(`writing to ${database}`, address);
      const { rowCount } = await open.run(() => writer.change(() => send(open.client, query)), what);
      return { rowCount: rowCount ?? 0 };
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
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

/** `extended` admits one statement per call: nothing can be smuggled in behind a semicolon. */
const send = (client: Client, { sql, parameters }: CompiledQuery) => {
  const query = { text: sql, values: [...parameters], queryMode: 'extended' };
  return client.query<Record<string, unknown>>(query);
};

const doing = (what: string, { host, port }: Address): Doing => ({ doing: what, server: `${host}:${String(port)}` });
