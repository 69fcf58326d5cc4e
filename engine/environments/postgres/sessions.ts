import type { CompiledQuery } from 'kysely';
import { Client } from 'pg';
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
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.end() };
}

/** Writing is refused by the type here, by the server through `default_transaction_read_only`, and by the role's rights. */
export async function openReadSession(address: Address, database: string): Promise<ReadSession> {
  return readSession(await openClient(address, database, '-c default_transaction_read_only=on'));
}

export async function openSession(address: Address, database: string): Promise<Session> {
  const open = await openClient(address, database);
  return {
    ...readSession(open),
    execute: async (query) => ({ rowCount: (await run(open.client, query)).rowCount ?? 0 }),
  };
}

function readSession(open: OpenClient): ReadSession {
  return {
    dialect: 'postgres',
    select: async <Row>(query: CompiledQuery<Row>) => {
      const { rows } = await run(open.client, query);
      // kysely has typed the rows from the query itself.
      return rows as Row[];
    },
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

/** `extended` admits one statement per call: nothing can be smuggled in behind a semicolon. */
function run(client: Client, { sql, parameters }: CompiledQuery) {
  const query = { text: sql, values: [...parameters], queryMode: 'extended' };
  return client.query<Record<string, unknown>>(query);
}
