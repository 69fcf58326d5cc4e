import { Client, DatabaseError } from 'pg';
import { answerWhileAlive, answerWithin, KEEPALIVE } from '../../databases/postgres/answering.ts';
import { noConnectionOf } from '../../databases/noConnection.ts';
import { createLendingSocket } from '../../databases/postgres/lendingSocket.ts';
import { translate, type Doing } from '../../databases/postgres/refusal.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Shorter ones are for tests. */
  readonly bounds?: Bounds;
}

/** How long a connection may take, and how often a server that is silent is asked whether it still has the session. */
export interface Bounds {
  readonly connectMs: number;
  readonly everyMs: number;
}

const BOUNDS: Bounds = { connectMs: 10_000, everyMs: 15_000 };

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
  const { bounds = BOUNDS, ...whereAndWho } = address;
  const client = new Client({
    ...whereAndWho,
    ...KEEPALIVE,
    database,
    application_name: title,
    stream: createLendingSocket,
    connectionTimeoutMillis: bounds.connectMs,
    ...(options === undefined ? {} : { options }),
  });
  // A connection that dies while nobody waits for an answer: the next statement says so.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    // What the server itself answers (login, database) is no matter of the connection, and trying again changes nothing.
    const unreachable = error instanceof DatabaseError ? undefined : noConnectionOf(error, serverOf(address));
    if (unreachable !== undefined) throw unreachable;
    // There is nobody to ask for names; these two are ours.
    const known = () => Promise.resolve(new Set([address.user, database]));
    throw await translate(error, known, doing(`connecting to ${database}`, address));
  }
  answerWhileAlive(client, (text) => countRows(address, database, text), {
    whom: serverOf(address),
    everyMs: bounds.everyMs,
    withinMs: bounds.connectMs,
  });
  return { client, [Symbol.asyncDispose]: () => client.end() };
}

/** One question on a connection of its own. */
async function countRows(address: Address, database: string, text: string): Promise<number> {
  const { bounds = BOUNDS, ...whereAndWho } = address;
  const client = new Client({ ...whereAndWho, database, connectionTimeoutMillis: bounds.connectMs });
  client.on('error', () => undefined);
  answerWithin(client, serverOf(address), bounds.connectMs);
  try {
    await client.connect();
    return (await client.query(text)).rows.length;
  } finally {
    await client.end();
  }
}

export const doing = (what: string, address: Address): Doing => ({ doing: what, server: serverOf(address) });

const serverOf = ({ host, port }: Address): string => `${host}:${String(port)}`;
