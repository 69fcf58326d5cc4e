import type { CompiledQuery } from 'kysely';
import { Client, DatabaseError } from 'pg';
import { noConnectionOf } from '../../databases/noConnection.ts';
import { namesInCatalogue, translate, type Doing } from '../../databases/postgres/refusal.ts';
import type { ReadSession, Session } from '../provider.ts';

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

export async function openClient(address: Address, database: string, options?: string): Promise<OpenClient> {
  const client = new Client({
    ...address,
    database,
    application_name: 'rewind',
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
export async function openReadSession(address: Address, database: string): Promise<ReadSession> {
  return readSession(await openClient(address, database, '-c default_transaction_read_only=on'), address, database);
}

export async function openSession(address: Address, database: string): Promise<Session> {
  const open = await openClient(address, database);
  return {
    ...readSession(open, address, database),
    execute: async (query) => {
      const { rowCount } = await run(open.client, query, doing(`writing to ${database}`, address));
      return { rowCount: rowCount ?? 0 };
    },
  };
}

function readSession(open: OpenClient, address: Address, database: string): ReadSession {
  return {
    dialect: 'postgres',
    select: async <Row>(query: CompiledQuery<Row>) => {
      const { rows } = await run(open.client, query, doing(`reading from ${database}`, address));
      // kysely has typed the rows from the query itself.
      return rows as Row[];
    },
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

/** `extended` admits one statement per call: nothing can be smuggled in behind a semicolon. */
async function run(client: Client, { sql, parameters }: CompiledQuery, what: Doing) {
  const query = { text: sql, values: [...parameters], queryMode: 'extended' };
  try {
    return await client.query<Record<string, unknown>>(query);
  } catch (error) {
    throw await translate(error, namesInCatalogue(client), what);
  }
}

const doing = (what: string, { host, port }: Address): Doing => ({ doing: what, server: `${host}:${String(port)}` });
