import mssql from 'mssql';
import { addressOf } from '../../../../engine/databases/sqlServer/address.ts';

type Row = Readonly<Record<string, unknown>>;

export interface Admin extends AsyncDisposable {
  /** Runs one batch in `database`, as the login of `url`. */
  query(database: string, text: string): Promise<readonly Row[]>;
}

/** An administrator of the test server: sets the scene, never part of what is tested. */
export function openAdmin(url: string): Admin {
  const pools = new Map<string, Promise<mssql.ConnectionPool>>();
  return {
    async query(database, text) {
      const pool = pools.get(database) ?? connect(url, database);
      pools.set(database, pool);
      try {
        const { recordset } = await (await pool).request().batch<Row>(text);
        return [...(recordset ?? [])];
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : 'failed'} in ${database}: ${text}`, {
          cause: error,
        });
      }
    },
    async [Symbol.asyncDispose]() {
      for (const pool of await Promise.allSettled(pools.values())) {
        if (pool.status === 'fulfilled') await pool.value.close().catch(() => undefined);
      }
    },
  };
}

export async function connect(url: string, database: string): Promise<mssql.ConnectionPool> {
  const pool = new mssql.ConnectionPool({
    ...addressOf(url).config,
    database,
    requestTimeout: 60_000,
    pool: { min: 0, max: 1 },
    validateConnection: 'socket',
  });
  pool.on('error', () => undefined);
  return pool.connect();
}

/** The same server, another login. */
export function asLogin(url: string, login: string, password: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(login);
  changed.password = encodeURIComponent(password);
  return changed.href;
}
