import { addressOf } from '../../../../engine/databases/sqlServer/address.ts';
import { type Client, openClient } from '../../../sqlServer/client.ts';

type Row = Readonly<Record<string, unknown>>;

export interface Admin extends AsyncDisposable {
  /** Runs one batch in `database`, as the login of `url`. */
  query(database: string, text: string): Promise<readonly Row[]>;
}

/** An administrator of the test server: sets the scene, never part of what is tested. */
export function openAdmin(url: string): Admin {
  const clients = new Map<string, Promise<Client>>();
  return {
    async query(database, text) {
      const client = clients.get(database) ?? connect(url, database);
      clients.set(database, client);
      try {
        return await query(await client, text);
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : 'failed'} in ${database}: ${text}`, {
          cause: error,
        });
      }
    },
    async [Symbol.asyncDispose]() {
      for (const client of await Promise.allSettled(clients.values())) {
        if (client.status === 'fulfilled') await client.value.close();
      }
    },
  };
}

export function connect(url: string, database: string): Promise<Client> {
  const { config } = addressOf(url);
  return openClient({ ...config, options: { ...config.options, database, requestTimeout: 60_000 } });
}

/** Runs one batch. @throws Error with the last error of the server */
export async function query(client: Client, text: string): Promise<readonly Row[]> {
  const { rows, messages } = await client.batch(text);
  if (messages.length > 0) throw new Error(messages.at(-1));
  return rows;
}

/** The same server, another login. */
export function asLogin(url: string, login: string, password: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(login);
  changed.password = encodeURIComponent(password);
  return changed.href;
}
