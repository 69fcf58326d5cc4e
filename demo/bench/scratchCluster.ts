import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { systemClock } from '../../engine/clock.ts';
import { fenceOf } from '../../engine/environments/postgres/fence.ts';
import { openReadSession, openSession } from '../../engine/environments/postgres/sessions.ts';
import type { ReadSession, Session } from '../../engine/environments/provider.ts';
import { createCluster, startCluster, stopCluster } from '../clusters/cluster.ts';
import { closeServer, listenOnLoopback } from '../loopbackServer.ts';

/** A cluster with the company's settings that is gone afterwards. */
export interface ScratchCluster extends AsyncDisposable {
  readonly folder: string;
  /** To the database `postgres`. */
  readonly main: Client;
  connect(database: string): Promise<Client & AsyncDisposable>;
  /** As a worker writes to a copy. */
  session(database: string): Promise<Session>;
  readSession(database: string): Promise<ReadSession>;
  /** Does something with a copy of the database `origin`, which is dropped then. @returns what `work` has told, and its seconds */
  onCopy<Result>(
    work: (client: Client) => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly seconds: number }>;
}

const [superuser, password] = ['postgres', 'for this bench only'];

export async function startScratchCluster(): Promise<ScratchCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'rewind-bench-sanitization-'));
  const port = await freePort();
  await createCluster({ folder, port, superuser, password });
  await startCluster({ folder });
  const address = { host: '127.0.0.1', port, user: superuser, password };
  const signal = new AbortController().signal;
  const connect = async (database: string) => {
    const client = new Client({ ...address, database });
    await client.connect();
    return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
  };
  const main = await connect('postgres');
  return {
    ...{ folder, main, connect },
    session: (database) =>
      openSession(address, database, { fence: fenceOf({ name: 'bench', settings: { folder } }, 1), signal }),
    readSession: (database) => openReadSession(address, database),
    async onCopy(work) {
      await main.query('CREATE DATABASE copy TEMPLATE origin STRATEGY file_copy');
      await main.query('CHECKPOINT');
      try {
        await using client = await connect('copy');
        const from = systemClock.elapsedMs();
        const result = await work(client);
        return { result, seconds: (systemClock.elapsedMs() - from) / 1000 };
      } finally {
        await main.query('DROP DATABASE copy WITH (FORCE)');
      }
    },
    async [Symbol.asyncDispose]() {
      await main.end();
      await stopCluster({ folder, mode: 'immediate' });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = new URL(await listenOnLoopback(server));
  await closeServer(server);
  return Number(port);
}
