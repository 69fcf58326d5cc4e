import { Client, DatabaseError } from 'pg';
import { noConnectionOf } from '../../databases/noConnection.ts';
import { translate, type Doing } from '../../databases/postgres/refusal.ts';

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

export const doing = (what: string, { host, port }: Address): Doing => ({
  doing: what,
  server: `${host}:${String(port)}`,
});
