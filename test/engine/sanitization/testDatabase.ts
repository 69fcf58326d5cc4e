import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createCluster, startCluster, stopCluster } from '../../../demo/clusters/cluster.ts';
import { createLendingSocket } from '../../../engine/databases/postgres/lendingSocket.ts';
import { pour } from '../../../engine/databases/postgres/pour.ts';
import type { Session } from '../../../engine/environments/provider.ts';

export interface TestServer extends AsyncDisposable {
  /** Of the cluster; the server reaches it. */
  readonly folder: string;
  /** A database of its own: a copy of `base`, changed by `script`. */
  database(script?: string): Promise<TestDatabase>;
  /** A database of its own, made by `script` alone. */
  emptyDatabase(script: string): Promise<TestDatabase>;
}

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly client: Client;
  readonly session: Session;
  /** Another connection to it. */
  connect(): Promise<Client>;
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
}

/** A real PostgreSQL in a temporary folder, with one database that others are copied from. */
export async function startTestServer(base: string): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'rewind-sanitization-'));
  const port = await freePort();
  const [superuser, password] = ['postgres', 'for this test only'];
  await createCluster({ folder, port, superuser, password });
  await startCluster({ folder });
  const connect = async (database: string) => {
    // As the providers connect.
    const stream = createLendingSocket;
    const client = new Client({ host: '127.0.0.1', port, user: superuser, password, database, stream });
    await client.connect();
    return client;
  };
  const main = await connect('postgres');
  const open = async (name: string, template: string, script: string): Promise<TestDatabase> => {
    await main.query(`create database ${name} template ${template} strategy file_copy`);
    const client = await connect(name);
    await client.query(script);
    return {
      client,
      url: `postgres://${superuser}:${encodeURIComponent(password)}@127.0.0.1:${String(port)}/${name}`,
      session: sessionOf(client),
      connect: () => connect(name),
      rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
      [Symbol.asyncDispose]: () => client.end(),
    };
  };
  const template = await open('base', 'template0', base);
  await template[Symbol.asyncDispose]();
  let count = 0;
  return {
    folder,
    database: (script = '') => open(`test_${String((count += 1))}`, 'base', script),
    emptyDatabase: (script) => open(`test_${String((count += 1))}`, 'template0', script),
    [Symbol.asyncDispose]: async () => {
      await main.end();
      await stopCluster({ folder, mode: 'immediate' });
      await rm(folder, { recursive: true });
    },
  };
}

/** Does `work` and leaves the database as it was. */
export async function inTransaction<Result>(database: TestDatabase, work: () => Promise<Result>): Promise<Result> {
  await database.rows('begin');
  try {
    return await work();
  } finally {
    await database.rows('rollback');
  }
}

export function sessionOf(client: Client): Session {
  const run = async (query: { sql: string; parameters: readonly unknown[] }) =>
    (await client.query(query.sql, [...query.parameters])).rowCount ?? 0;
  return {
    dialect: 'postgres',
    // The row type is the statement's own, as kysely has compiled it.
    select: async <Row>(query: { sql: string; parameters: readonly unknown[] }) =>
      (await client.query(query.sql, [...query.parameters])).rows as Row[],
    pour: (query, sink) => pour(client, query, sink),
    execute: async (query) => ({ rowCount: await run(query) }),
    async executeTogether(queries) {
      // Inside of a transaction of the test's own, a part of it.
      const isInside = client.getTransactionStatus() === 'T';
      await client.query(isInside ? 'savepoint together' : 'begin');
      try {
        const counts: number[] = [];
        for (const query of queries) counts.push(await run(query));
        await client.query(isInside ? 'release together' : 'commit');
        return counts;
      } catch (error) {
        await client.query(isInside ? 'rollback to together' : 'rollback').catch(() => undefined);
        throw error;
      }
    },
    async maintain(query) {
      if (client.getTransactionStatus() !== 'T') await run(query);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}
