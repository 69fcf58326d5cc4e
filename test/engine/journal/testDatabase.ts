import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createCluster, startCluster, stopCluster } from '../../../demo/clusters/cluster.ts';

/** A server that a journal can lie on, for one test file. */
export interface TestServer extends AsyncDisposable {
  /** A new, empty database; its address. */
  newDatabase(): Promise<string>;
  /** One statement on a connection of its own, past the journal. */
  query(url: string, text: string): Promise<readonly Record<string, unknown>[]>;
  readonly dialect: {
    /** Milliseconds since 1970, by the server's clock. */
    readonly nowMs: string;
    /** The names of all tables as `name`, in order. */
    readonly tableNames: string;
    /** Where nothing listens. */
    readonly unreachable: string;
    /** Whether a connection of the pool is looked at before its next use, so that one that broke meanwhile is replaced. */
    readonly replacesBrokenConnections: boolean;
  };
}

/** A real PostgreSQL. */
export async function startTestServer(): Promise<TestServer> {
  const root = await mkdtemp(join(tmpdir(), 'rewind-journal-'));
  const folder = join(root, 'journal');
  const port = await freePort();
  await createCluster({ folder, port, superuser: 'journal', password: 'journal' });
  await startCluster({ folder });
  const dialect = {
    nowMs: 'extract(epoch FROM clock_timestamp()) * 1000',
    tableNames: `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    unreachable: 'postgres://nobody:secret@127.0.0.1:1/none',
    replacesBrokenConnections: false,
  };
  const address = (database: string) => `postgres://journal:journal@127.0.0.1:${port}/${database}`;
  let databases = 0;
  return {
    dialect,
    query,
    async newDatabase() {
      const name = `journal_${++databases}`;
      await query(address('postgres'), `CREATE DATABASE ${name} STRATEGY file_copy`);
      return address(name);
    },
    async [Symbol.asyncDispose]() {
      await stopCluster({ folder, mode: 'immediate' });
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
